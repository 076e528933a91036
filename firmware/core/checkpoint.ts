import type { Memory } from "./bytes"
import { type Channel, stepTime_ms, testTime_ms } from "./channel"
import { MONITOR_BYTES } from "./cycleMonitor"
import {
  CHECKPOINT_AT,
  CHECKPOINT_STRIDE,
  STEP_CHECKPOINT_AT,
  STEP_CHECKPOINT_STRIDE,
  ZEROS_AT,
  ZEROS_STRIDE,
} from "./framMap"
import type { Fram } from "./ports"
import { LOOP_SLOTS } from "./step"
import { NO_STEP } from "./stepEngine"
import { TWIN_TAIL_BYTES, Twin } from "./twin"

/** Where the monitor's state begins in a step's checkpoint; before it 24 bytes and 6 a loop. */
const MONITOR_AT = 24 + 6 * LOOP_SLOTS
export const CHECKPOINT_BYTES = 60 + TWIN_TAIL_BYTES
/** A twin is whole words: three bytes are left over. */
export const STEP_CHECKPOINT_BYTES = MONITOR_AT + MONITOR_BYTES + 3 + TWIN_TAIL_BYTES

/** In memory, where there is no step, and where no scan is under way. */
const NO_INDEX = 255
const NO_SCAN = -0x80000000

/** Time between two checkpoints: as much of the charge is uncertain after a cut. */
export const CHECKPOINT_ms = 1000

/** Writes in a row that may fail before the memory counts as lost. */
const FAILED_WRITES = 3

/**
 * Where each test stands, in FRAM: a checkpoint each second, with what moves within a step; another at
 * each step, with what does not; and the zeros that the last full zeroing found. A test that a power cut
 * ends begins again from them (`restart.ts`).
 */
export class Checkpoints {
  /** The FRAM does not answer: no test could survive a power cut. */
  isLost = false
  private failed = 0
  private readonly checkpoint: Twin
  private readonly stepCheckpoint: Twin
  private readonly zeros: Twin

  /**
   * @param bytes, stepBytes memory of `CHECKPOINT_BYTES` and `STEP_CHECKPOINT_BYTES`, for every channel
   */
  constructor(
    fram: Fram,
    private readonly bytes: Memory,
    private readonly stepBytes: Memory,
  ) {
    this.checkpoint = new Twin(fram, bytes)
    this.zeros = new Twin(fram, bytes)
    this.stepCheckpoint = new Twin(fram, stepBytes)
  }

  /**
   * Keeps what moves within a step, and what does not if that is still to be written: only with its step's
   * does a checkpoint mean anything.
   * @returns false when it was not written
   */
  save(channel: Channel, now_ms: number): boolean {
    if (!channel.isStepKept) channel.isStepKept = this.saveStep(channel, now_ms)
    if (!channel.isStepKept) return false
    const bytes = this.bytes
    bytes.setAt(0, "u16", channel.test)
    bytes.setAt(2, "u8", channel.state)
    bytes.setAt(3, "u8", channel.fault)
    bytes.setAt(4, "u32", channel.engine.stepCount)
    bytes.setAt(8, "f64", testTime_ms(channel, now_ms))
    bytes.setAt(16, "f64", stepTime_ms(channel, now_ms))
    bytes.setAt(24, "f64", channel.stepCharge_mAs)
    bytes.setAt(32, "f64", channel.stepEnergy_mWs)
    const scanned_V = channel.scanned_V
    bytes.setAt(40, "i32", scanned_V < Infinity ? Math.round(scanned_V * 1e6) : NO_SCAN)
    // What flows until the next one: at a step's beginning that is not what was read, perhaps the other way.
    const target_A = channel.regulator.target_A
    const isNew = channel.isFirstReading || Math.abs(target_A) > Math.abs(channel.current_A)
    const flows_A = isNew ? target_A : channel.current_A
    bytes.setAt(44, "i32", Math.round(flows_A * 1e9))
    bytes.setAt(48, "i32", Math.round(channel.openCircuit_V * 1e6))
    bytes.setAt(52, "u8", channel.pauseReason)
    bytes.setAt(53, "u8", channel.endReason)
    bytes.setAt(54, "u8", channel.hasBegun ? 1 : 0)
    bytes.setAt(55, "u8", channel.isTold ? 0 : 1)
    bytes.setAt(56, "i32", Math.round(channel.loaded_V * 1e6))
    return this.count(this.checkpoint.save(CHECKPOINT_AT + channel.index * CHECKPOINT_STRIDE))
  }

  /** Keeps where the test stands in its program. @returns false when it was not written */
  private saveStep(channel: Channel, now_ms: number): boolean {
    const bytes = this.stepBytes
    const engine = channel.engine
    bytes.setAt(0, "u16", channel.test)
    bytes.setAt(2, "u8", engine.index === NO_STEP ? NO_INDEX : engine.index)
    bytes.setAt(3, "u8", engine.cycleHasCurrent ? 1 : 0)
    bytes.setAt(4, "u32", engine.stepCount)
    bytes.setAt(8, "i32", channel.program.checksum)
    bytes.setAt(12, "u32", engine.cycle)
    bytes.setAt(16, "f64", testTime_ms(channel, now_ms))
    for (let i = 0; i < LOOP_SLOTS; ++i) {
      bytes.setAt(24 + 4 * i, "u32", engine.passes[i])
      bytes.setAt(24 + 4 * LOOP_SLOTS + i, "u8", engine.loopFrom[i])
      bytes.setAt(24 + 5 * LOOP_SLOTS + i, "u8", engine.loopAt[i])
    }
    channel.monitor.save(bytes, MONITOR_AT)
    return this.count(
      this.stepCheckpoint.save(STEP_CHECKPOINT_AT + channel.index * STEP_CHECKPOINT_STRIDE),
    )
  }

  /**
   * Reads both back into a channel, after a start of the board and once for each channel.
   * @returns the checksum of the program that they belong to; NaN when there is none, `state` being idle
   */
  load(channel: Channel): number {
    const index = channel.index
    const bytes = this.bytes
    const step = this.stepBytes
    const engine = channel.engine
    const hasStep = this.stepCheckpoint.load(STEP_CHECKPOINT_AT + index * STEP_CHECKPOINT_STRIDE)
    const isThere = this.checkpoint.load(CHECKPOINT_AT + index * CHECKPOINT_STRIDE)
    if (!isThere || !hasStep) return NaN
    channel.state = bytes.getAt(2, "u8")
    channel.fault = bytes.getAt(3, "u8")
    channel.test = bytes.getAt(0, "u16")
    channel.pauseReason = bytes.getAt(52, "u8")
    channel.endReason = bytes.getAt(53, "u8")
    channel.current_A = bytes.getAt(44, "i32") / 1e9
    channel.openCircuit_V = bytes.getAt(48, "i32") / 1e6
    channel.loaded_V = bytes.getAt(56, "i32") / 1e6
    engine.index = step.getAt(2, "u8")
    if (engine.index === NO_INDEX) engine.index = NO_STEP
    engine.cycleHasCurrent = step.getAt(3, "u8") === 1
    engine.stepCount = step.getAt(4, "u32")
    engine.cycle = step.getAt(12, "u32")
    for (let i = 0; i < LOOP_SLOTS; ++i) {
      engine.passes[i] = step.getAt(24 + 4 * i, "u32")
      engine.loopFrom[i] = step.getAt(24 + 4 * LOOP_SLOTS + i, "u8")
      engine.loopAt[i] = step.getAt(24 + 5 * LOOP_SLOTS + i, "u8")
    }
    channel.hasBegun = bytes.getAt(54, "u8") === 1
    channel.isTold = bytes.getAt(55, "u8") === 0
    // A cut right at a step's begin leaves the step's checkpoint alone: nothing of it has run.
    const hasRun = bytes.getAt(4, "u32") === engine.stepCount
    channel.testTime_ms = hasRun ? bytes.getAt(8, "f64") : step.getAt(16, "f64")
    channel.stepTime_ms = hasRun ? bytes.getAt(16, "f64") : 0
    channel.stepCharge_mAs = hasRun ? bytes.getAt(24, "f64") : 0
    channel.stepEnergy_mWs = hasRun ? bytes.getAt(32, "f64") : 0
    const scanned_uV = bytes.getAt(40, "i32")
    channel.scanned_V = hasRun && scanned_uV !== NO_SCAN ? scanned_uV / 1e6 : Infinity
    channel.isStepKept = true
    return step.getAt(8, "i32")
  }

  /** Reads back the monitor of the channel that was loaded last, after its `begin`. */
  loadMonitor(channel: Channel): void {
    channel.monitor.load(this.stepBytes, MONITOR_AT)
  }

  /** Keeps a channel's zeros. */
  saveZeros(channel: Channel): void {
    const bytes = this.bytes
    const zeroing = channel.zeroing
    bytes.setAt(0, "f64", channel.regulator.zeroDrive)
    bytes.setAt(8, "f64", zeroing.voltageCode)
    for (let i = 0; i < zeroing.currentCode.length; ++i)
      bytes.setAt(16 + 8 * i, "f64", zeroing.currentCode[i])
    this.count(this.zeros.save(ZEROS_AT + channel.index * ZEROS_STRIDE))
  }

  /** Reads them back. @returns false when there are none: all offsets must be found anew */
  loadZeros(channel: Channel): boolean {
    const bytes = this.bytes
    const zeroing = channel.zeroing
    if (!this.zeros.load(ZEROS_AT + channel.index * ZEROS_STRIDE)) return false
    channel.regulator.reset(bytes.getAt(0, "f64"))
    zeroing.voltageCode = bytes.getAt(8, "f64")
    for (let i = 0; i < zeroing.currentCode.length; ++i)
      zeroing.currentCode[i] = bytes.getAt(16 + 8 * i, "f64")
    return true
  }

  private count(isWritten: boolean): boolean {
    this.failed = isWritten ? 0 : this.failed + 1
    if (this.failed >= FAILED_WRITES) this.isLost = true
    return isWritten
  }
}
