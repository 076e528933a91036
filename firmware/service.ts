import * as ds from "@devicescript/core"
import { Server } from "@devicescript/server"
import type { Board } from "./assemble"
import { manifest } from "./boards/manifest.generated"
import { CALIBRATION_BYTES, isPlausible } from "./core/calibration"
import {
  type Channel,
  latestCurrent_A,
  latestVoltage_V,
  REQUEST_NONE,
  stepTime_ms,
  testTime_ms,
} from "./core/channel"
import { askToPause, askToStop, resume, start } from "./core/commands"
import { POLICY_OVERWRITE } from "./core/logRing"
import { FLASH_COMMAND_BYTES, PAGE_BYTES } from "./core/ports"
import { KEY_NONE, MAX_PROGRAM_BYTES } from "./core/program"
import { STATE_FAULT, STATE_PAUSED } from "./core/states"
import { NO_STEP } from "./core/stepEngine"
import { KEY_UNREADABLE, NO_INDEX, ProgramCheck } from "./programCheck"

/** Jacdac's largest payload less the head of a `read_log` report. */
const MAX_LOG_BYTES = 224

/** How often a running test is looked at, every 20 ms, for what it was asked to do. */
const REQUEST_TRIES = 50

/** How often a busy flash is asked, every 2 ms: an erase takes 400 ms at most. */
const FLASH_TRIES = 300

/** Looks, every 20 ms, at a log that is written: a page takes some control periods, an erase 400 ms. */
const LOG_TRIES = 100

/** A clock that is off by less is left as it is: USB and the script take tens of milliseconds. */
const CLOCK_STEP_ms = 200

/** In a report, where the board's is not known; NaN is not above the other. */
const NO_TEMPERATURE = -32768
const COLDEST_degC = -273

/**
 * The host's side of the board: services/coincell.md. DeviceScript calls a method with all of a packet's
 * fields as one array.
 */
export class CoincellService extends Server {
  /** What keeps the board from testing; empty when all is well. */
  trouble = ""
  /** Unix time at board time 0, ms; 0 until a host has set it. */
  private epoch_ms = 0
  private readonly check: ProgramCheck

  constructor(
    private readonly board: Board,
    private readonly boardName: string,
  ) {
    super(ds.Coincell.spec)
    this.check = new ProgramCheck(board.memory)
  }

  channels() {
    return manifest.channels
  }

  bootCount() {
    return this.board.memory.bootCount
  }

  firmware() {
    return `${manifest.version} ${this.boardName} ${manifest.build}`
  }

  problem() {
    return this.trouble === "" && !this.isReady() ? "it is still starting" : this.trouble
  }

  logRange() {
    const log = this.board.tester.log
    return [log.first, log.next, log.downloaded, log.released, log.policy, log.isFull]
  }

  temperatureMdegc() {
    const temperature_degC = this.board.tester.board.temperature_degC
    return temperature_degC > COLDEST_degC ? Math.round(temperature_degC * 1000) : undefined
  }

  time() {
    const now_ms = ds.millis()
    return [now_ms, this.epoch_ms === 0 ? 0 : this.epoch_ms + now_ms]
  }

  async setTime(unix_ms: number) {
    while (!this.isReady() && this.trouble === "") await ds.sleep(20)
    const now_ms = ds.millis()
    const moved_ms = unix_ms - now_ms - this.epoch_ms
    // A host that connects often says nothing new, and each telling takes a page of the log.
    if (Math.abs(moved_ms) > CLOCK_STEP_ms) {
      this.epoch_ms = unix_ms - now_ms
      if (this.isReady()) this.board.recorder.clock(unix_ms, now_ms)
    }
    return now_ms
  }

  writeProgram(args: [offset: number, channel: number, data: Buffer]) {
    const offset = args[0]
    const index = args[1]
    const data = args[2]
    let result = this.refusal(index)
    if (result === ds.CoincellResult.Done) {
      if (offset + data.length > MAX_PROGRAM_BYTES) result = ds.CoincellResult.BadData
      else if (!this.board.memory.writeProgram(index, offset, data)) result = this.memoryLost()
    }
    return [offset, index, result]
  }

  async start(args: [program: number, test: number, channel: number]) {
    const result = await this.begin(args[0], args[1], args[2])
    const isRefused = result === ds.CoincellResult.BadProgram
    const step = isRefused ? this.check.refusedStep : 0
    return [args[0], args[1], args[2], result, step, isRefused ? this.check.refusedKey : 0]
  }

  async stop(index: number) {
    const channel = this.channel(index)
    if (channel === undefined) return [index, ds.CoincellResult.NoSuchChannel]
    askToStop(channel, ds.millis())
    await this.obeyed(channel)
    return [index, ds.CoincellResult.Done]
  }

  async pause(index: number) {
    const channel = this.channel(index)
    if (channel === undefined) return [index, ds.CoincellResult.NoSuchChannel]
    if (!channel.isBusy) return [index, ds.CoincellResult.NotRunning]
    askToPause(channel, ds.millis())
    await this.obeyed(channel)
    return [index, ds.CoincellResult.Done]
  }

  async resume(index: number) {
    const channel = this.channel(index)
    if (channel === undefined) return [index, ds.CoincellResult.NoSuchChannel]
    if (this.trouble !== "" || !this.isReady()) return [index, ds.CoincellResult.BoardProblem]
    if (this.board.tester.log.isFull) return [index, ds.CoincellResult.LogFull]
    await this.logIsIdle()
    return [index, resume(channel) ? ds.CoincellResult.Done : ds.CoincellResult.NotPaused]
  }

  status(index: number) {
    const channel = this.channel(index)
    if (channel === undefined) return [0, 0, 0, 0, 0, 0, 0, 0, index, 0, 0, 0, 0, NO_INDEX]
    const now_ms = ds.millis()
    const temperature_degC = this.board.tester.board.temperature_degC
    return [
      testTime_ms(channel, now_ms),
      stepTime_ms(channel, now_ms),
      channel.engine.cycle,
      Math.round(latestVoltage_V(channel) * 1e6),
      Math.round(latestCurrent_A(channel) * 1e9),
      Math.round(channel.stepCharge_mAs / 3.6e-3),
      temperature_degC > COLDEST_degC ? Math.round(temperature_degC * 100) : NO_TEMPERATURE,
      channel.test,
      index,
      channel.state,
      channel.fault,
      channel.pauseReason,
      channel.endReason,
      channel.engine.index === NO_STEP ? NO_INDEX : channel.engine.index,
    ]
  }

  async readLog(args: [page: number, offset: number, count: number]) {
    const page = args[0]
    const offset = args[1]
    const count = Math.min(args[2], MAX_LOG_BYTES)
    // A busy flash answers nothing but its status; an erase takes 45 ms.
    for (let tries = 0; tries < FLASH_TRIES && this.board.flash.isBusy(); ++tries) await ds.sleep(2)
    const place = page % manifest.chips.flash.pages
    const frame = this.board.tester.log.frame
    this.board.flash.read(place * PAGE_BYTES + offset, frame)
    return [page, offset, frame.slice(FLASH_COMMAND_BYTES, FLASH_COMMAND_BYTES + count)]
  }

  acknowledgeLog(next: number) {
    const log = this.board.tester.log
    const result = this.isReady()
      ? this.kept(log.acknowledge(next))
      : ds.CoincellResult.BoardProblem
    return [log.downloaded, result]
  }

  releaseLog(next: number) {
    const log = this.board.tester.log
    const result = this.isReady() ? this.kept(log.release(next)) : ds.CoincellResult.BoardProblem
    return [log.released, result]
  }

  logPolicy(policy: number) {
    if (policy > POLICY_OVERWRITE) return ds.CoincellResult.BadData
    if (!this.isReady()) return ds.CoincellResult.BoardProblem
    return this.kept(this.board.tester.log.setPolicy(policy))
  }

  writeCalibration(args: [channel: number, data: Buffer]) {
    const index = args[0]
    const data = args[1]
    let result = this.refusal(index)
    if (result === ds.CoincellResult.Done) {
      if (data.length !== CALIBRATION_BYTES || !isPlausible(data))
        result = ds.CoincellResult.BadData
      else if (!this.board.memory.writeCalibration(index, data)) result = this.memoryLost()
      else this.board.tester.channels[index].calibration.read(data)
    }
    return [index, result]
  }

  readCalibration(index: number) {
    if (this.channel(index) === undefined)
      return [index, ds.CoincellResult.NoSuchChannel, Buffer.alloc(0)]
    const bytes = this.board.memory.calibrationBytes(index)
    return bytes === undefined
      ? [index, ds.CoincellResult.NotCalibrated, Buffer.alloc(0)]
      : [index, ds.CoincellResult.Done, bytes]
  }

  /** Checks a channel's program, and starts it if it can be run and is the one that is meant. */
  private async begin(program: number, test: number, index: number): Promise<ds.CoincellResult> {
    await this.logIsIdle()
    // One check at a time; another channel's takes seconds at most.
    while (this.check.channel >= 0 && this.check.channel !== index) await ds.sleep(20)
    const refusal = this.refusal(index)
    if (refusal !== ds.CoincellResult.Done) return refusal
    if (this.board.tester.log.isFull) return ds.CoincellResult.LogFull
    const channel = this.board.tester.channels[index]
    const key = await this.check.run(channel)
    if (key === KEY_UNREADABLE) return this.memoryLost()
    if (key !== KEY_NONE) return ds.CoincellResult.BadProgram
    if (channel.program.checksum !== program) return ds.CoincellResult.OtherProgram
    if (!channel.calibration.isMeasured && !channel.program.mayRunUncalibrated)
      return ds.CoincellResult.NotCalibrated
    start(channel, test, ds.millis())
    return ds.CoincellResult.Done
  }

  /** Waits until a running test has done as it was asked: at the end of a period, or of a few. */
  private async obeyed(channel: Channel): Promise<void> {
    for (let tries = 0; tries < REQUEST_TRIES && channel.request !== REQUEST_NONE; ++tries)
      await ds.sleep(20)
  }

  /** Why a channel cannot be given anything new, or `Done` when it can. */
  private refusal(index: number): ds.CoincellResult {
    const channel = this.channel(index)
    if (channel === undefined) return ds.CoincellResult.NoSuchChannel
    if (this.trouble !== "" || !this.isReady()) return ds.CoincellResult.BoardProblem
    if (channel.isBusy || channel.state === STATE_PAUSED || index === this.check.channel)
      return ds.CoincellResult.ChannelBusy
    // It may be gone on with, so what it needs for that stays.
    return channel.state === STATE_FAULT ? ds.CoincellResult.FaultLatched : ds.CoincellResult.Done
  }

  /**
   * Waits, not for ever, until the flash has taken what was to be written: a test that has just ended may have
   * left both of its channel's pages full.
   */
  private async logIsIdle(): Promise<void> {
    const log = this.board.tester.log
    for (let tries = 0; tries < LOG_TRIES && log.hasWork; ++tries) await ds.sleep(20)
  }

  /** Whether the board knows what it was doing before it started. */
  private isReady(): boolean {
    return this.board.memory.bootCount > 0
  }

  /** The result of what FRAM has kept, or has not. */
  private kept(isKept: boolean): ds.CoincellResult {
    return isKept ? ds.CoincellResult.Done : this.memoryLost()
  }

  /** The FRAM no longer answers: that is the board's problem from now on, and stops no test here. */
  private memoryLost(): ds.CoincellResult {
    this.trouble = this.board.memory.fram.silence()
    return ds.CoincellResult.BoardProblem
  }

  private channel(index: number): Channel | undefined {
    return index < manifest.channels ? this.board.tester.channels[index] : undefined
  }
}
