import type { Memory } from "./core/bytes"
import { CALIBRATION_BYTES, type Calibration } from "./core/calibration"
import * as map from "./core/framMap"
import type { ProgramStore } from "./core/ports"
import { HEADER_BYTES, STEP_BYTES } from "./core/program"
import { TWIN_TAIL_BYTES, Twin } from "./core/twin"
import type { Mb85rc256v } from "./drivers/mb85rc256v"

const BOOT_BYTES = 32

/**
 * What the board remembers without power, apart from the log and its tests' checkpoints: boot count,
 * calibrations, programs. A method gives false when the FRAM does not answer.
 */
export class BoardMemory implements ProgramStore {
  /** Starts of this board, this one included; 0 until that is known, late in a start. */
  bootCount = 0
  private readonly boots = Buffer.alloc(BOOT_BYTES)
  private readonly bootTwin: Twin
  /** One calibration on its way, then the twin's own bytes. */
  private readonly calibration = Buffer.alloc(CALIBRATION_BYTES + TWIN_TAIL_BYTES)
  private readonly calibrationTwin: Twin

  constructor(readonly fram: Mb85rc256v) {
    this.bootTwin = new Twin(fram, this.boots)
    this.calibrationTwin = new Twin(fram, this.calibration)
  }

  /**
   * Counts this boot. Memory that holds no count begins anew, after the boots that the log knows of.
   * @param loggedBoot boot count of the log's newest page, 0 when it has none
   */
  begin(loggedBoot: number): boolean {
    const boots = this.boots
    if (!this.bootTwin.load(map.BOOT_AT)) boots.fillAt(0, BOOT_BYTES, 0)
    this.bootCount = Math.max(boots.getAt(0, "u32"), loggedBoot) + 1
    boots.setAt(0, "u32", this.bootCount)
    return this.bootTwin.save(map.BOOT_AT)
  }

  /** Reads a channel's calibration. @returns false, leaving it as it was, when there is no sound one */
  readCalibration(channel: number, calibration: Calibration): boolean {
    return this.loadCalibration(channel) && calibration.read(this.calibration)
  }

  /** A channel's calibration as it lies in FRAM; undefined when neither copy is sound. */
  calibrationBytes(channel: number): Buffer | undefined {
    if (!this.loadCalibration(channel)) return undefined
    return this.calibration.slice(0, CALIBRATION_BYTES)
  }

  /** @param bytes `CALIBRATION_BYTES` of a plausible calibration */
  writeCalibration(channel: number, bytes: Memory): boolean {
    // Only what was loaded once can be saved: see Twin.
    this.loadCalibration(channel)
    this.calibration.blitAt(0, bytes, 0, CALIBRATION_BYTES)
    return this.calibrationTwin.save(map.CALIBRATION_AT + channel * map.CALIBRATION_STRIDE)
  }

  /** Stores part of a program, which must fit. */
  writeProgram(channel: number, offset: number, bytes: Memory): boolean {
    return this.fram.write(programAt(channel) + offset, bytes, 0, bytes.length)
  }

  readHeader(channel: number, bytes: Memory): boolean {
    return this.fram.read(programAt(channel), bytes, 0, HEADER_BYTES)
  }

  readStep(channel: number, index: number, bytes: Memory): boolean {
    const at = programAt(channel) + HEADER_BYTES + index * STEP_BYTES
    return this.fram.read(at, bytes, 0, STEP_BYTES)
  }

  private loadCalibration(channel: number): boolean {
    return this.calibrationTwin.load(map.CALIBRATION_AT + channel * map.CALIBRATION_STRIDE)
  }
}

function programAt(channel: number): number {
  return map.PROGRAM_AT + channel * map.PROGRAM_STRIDE
}
