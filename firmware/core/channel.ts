import type { Calibration } from "./calibration"
import type { Checkpoints } from "./checkpoint"
import type { Circuit } from "./circuit"
import type { Cutoffs } from "./cutoffs"
import { CycleMonitor } from "./cycleMonitor"
import { HardShort } from "./hardShort"
import type { Log } from "./log"
import { FLAG_UNCALIBRATED, NOTHING } from "./logFormat"
import type { Converter, Outputs, SetpointDacs } from "./ports"
import { Potentiostat } from "./potentiostat"
import { ProgramHeader } from "./program"
import type { Recorder } from "./recorder"
import { Regulator } from "./regulator"
import { Slope } from "./slope"
import { END_OF_PROGRAM, FAULT_NONE, STATE_IDLE, STATE_RUNNING, STATE_ZEROING } from "./states"
import type { StepEngine } from "./stepEngine"
import { Zeroing } from "./zeroing"

/** What all channels of a board share. */
export interface Surroundings {
  readonly circuit: Circuit
  readonly period_ms: number
  readonly dacs: SetpointDacs
  readonly outputs: Outputs
  readonly checkpoints: Checkpoints
  /** Used by one channel at a time. */
  readonly cutoffs: Cutoffs
  readonly log: Log
  /** Nominal values, in force where no calibration is, or where a program asks for raw readings. */
  readonly nominal: Calibration
  /** NaN while it is not known. */
  temperature_degC: number
}

/** What the host asks of a running test. */
export const REQUEST_NONE = 0
export const REQUEST_STOP = 1
export const REQUEST_PAUSE = 2

/** Why a channel prepares: what it does once its zero is found. */
export const PREPARES_START = 0
/** On from where it was paused. */
export const PREPARES_RESUME = 1
/** On from its checkpoint, if the cell is still the one it was. */
export const PREPARES_RESTART = 2
/** Back to the rest in which its self-test fell. */
export const PREPARES_REST = 3

/**
 * All that one channel knows. What it does is told by the files that take one: `commands.ts` start and stop
 * it, `prepare.ts` brings it to its first current, `period.ts` and `attend.ts` run it, `steps.ts` lead it
 * from step to step, `ending.ts` lets the cell go, `restart.ts` brings it back after a power cut.
 *
 * What `runPeriod` uses stands first: DeviceScript looks a field up by walking the object.
 */
export class Channel {
  /** Drives a current: into the dummy while zeroing, into the cell while running. */
  isBusy = false
  readonly converter: Converter
  state = STATE_IDLE
  // What turns codes into volts and amperes.
  voltageScale = 0
  voltageZero_V = 0
  commonMode_ohm = 0
  currentScale = 0
  currentZero_A = 0
  readonly regulator: Regulator
  /** When charge and energy were last brought up to date. */
  updated_ms = 0
  stepCharge_mAs = 0
  stepEnergy_mWs = 0
  // While all of these hold, a period has nothing to decide: see `attend.ts`.
  quietBelow_V = 0
  quietAbove_V = 0
  quietUntil_ms = 0
  /** When the next checkpoint is due. */
  checkpoint_ms = 0
  /** Until then every reading is recorded. */
  burstEnds_ms = 0
  /** What the last look, or reading of a burst, is to be recorded as when the period's work is done: see `recording.ts`. */
  unrecorded = NOTHING
  /** A checkpoint is due then, too. */
  isUnkept = false
  regulationLimit_A = 0
  readonly fineCodes: number[]
  /** At the last full look: what the next is compared with, and what log and checkpoint keep. */
  voltage_V = 0
  current_A = 0

  /** Readings in a row that leapt, and are not believed. */
  leaps = 0
  /** How far the last of them leapt. */
  leapt_V = 0
  /** Periods in a row without fresh readings; with the current off its set-point; beyond a limit. */
  missed = 0
  unregulated = 0
  unsafe = 0
  /** When the limit was passed that `unsafe` counts. */
  unsafeSince_ms = 0
  request = REQUEST_NONE
  fault = FAULT_NONE
  pauseReason = 0
  endReason = END_OF_PROGRAM
  test = 0
  relayClosed = false
  /** By how much the voltage had moved then, since the look before. */
  moved_V = 0

  // Instants on the board's clock; while nothing runs, the times themselves wait in `testTime_ms` and
  // `stepTime_ms`.
  testStarted_ms = 0
  stepStarted_ms = 0
  testTime_ms = 0
  stepTime_ms = 0
  /** When the slow quantities are next looked at. */
  second_ms = 0

  /** The converter's offsets are known, from this start of the board or the one before. */
  hasZeros = false
  /** A step of this test has begun. */
  hasBegun = false
  /** The potentiostat sets the current. */
  holdsVoltage = false
  /** Index of the current range in force. */
  range = 0
  /** The regulator's first corrections after a change of current are over. */
  isSettled = false
  isFirstReading = false
  /** The reading to come may be far from the last: the current changed, or the relay. */
  expectsLeap = true
  due_ms = 0
  recorded_V = 0
  recorded_A = 0
  /** Where a scan has come to; Infinity before it sets out. */
  scanned_V = Infinity
  /** The present step's checkpoint is written. */
  isStepKept = false
  /** The log says why the test stands still, or has ended. */
  isTold = true
  /** From the step's first reading: what answers a current at once. */
  resistance_ohm = 0
  /** When this rest's self-test is due; Infinity when it has none, or has had it. */
  selfTest_ms = Infinity

  preparesFor = PREPARES_START
  /** Periods at 0 A on the closed relay still to come, and the sum of the voltages that count. */
  settling = 0
  openCircuitSum_V = 0
  /** What the cell should read at 0 A, by the last sound reading and its first answer to the current. */
  openCircuit_V = 0
  /** That reading itself, with its current. */
  loaded_V = 0
  /** After a restart: the charge that may have passed uncounted. */
  uncounted_mAs = 0
  /** The board restarted since this test last ran. */
  isRestarted = false

  readonly program = new ProgramHeader()
  readonly potentiostat = new Potentiostat()
  readonly monitor = new CycleMonitor()
  readonly hardShort = new HardShort()
  readonly slope = new Slope()
  readonly zeroing: Zeroing

  constructor(
    readonly index: number,
    readonly board: Surroundings,
    converter: Converter,
    readonly engine: StepEngine,
    readonly calibration: Calibration,
    readonly recorder: Recorder,
  ) {
    this.converter = converter
    this.fineCodes = board.dacs.fine
    this.regulator = new Regulator(board.circuit)
    this.zeroing = new Zeroing(board.circuit)
  }
}

/** The calibration in force. */
export function correctionOf(channel: Channel): Calibration {
  const isUsed = channel.calibration.isMeasured && !channel.program.isRaw
  return isUsed ? channel.calibration : channel.board.nominal
}

/** What the log says of all of a test's readings. */
export function logFlagsOf(channel: Channel): number {
  return correctionOf(channel) === channel.calibration ? 0 : FLAG_UNCALIBRATED
}

/** The cell's voltage at its last reading, V: what the converter reads of the dummy is not the cell's. */
export function latestVoltage_V(channel: Channel): number {
  if (channel.state !== STATE_RUNNING) return channel.voltage_V
  return (
    channel.converter.voltageCode * channel.voltageScale +
    channel.voltageZero_V +
    latestCurrent_A(channel) * channel.commonMode_ohm
  )
}

/** Current through the cell at the last reading, A. */
export function latestCurrent_A(channel: Channel): number {
  if (channel.state !== STATE_RUNNING) return 0
  return channel.converter.currentCode * channel.currentScale + channel.currentZero_A
}

/** Time under test so far, ms: pauses and outages do not count. */
export function testTime_ms(channel: Channel, now_ms: number): number {
  return isUnderTest(channel) ? now_ms - channel.testStarted_ms : channel.testTime_ms
}

/** Time in the step so far, ms, as above. */
export function stepTime_ms(channel: Channel, now_ms: number): number {
  return isUnderTest(channel) ? now_ms - channel.stepStarted_ms : channel.stepTime_ms
}

/** Whether the test's clock runs: in a step, its self-test included. */
function isUnderTest(channel: Channel): boolean {
  return (
    channel.state === STATE_RUNNING ||
    (channel.state === STATE_ZEROING && channel.preparesFor === PREPARES_REST)
  )
}

/** Hands the regulator's codes to the DACs. */
export function drive(channel: Channel): void {
  const dacs = channel.board.dacs
  const index = channel.index
  const coarse = channel.regulator.coarseCode()
  channel.fineCodes[index] = channel.regulator.fineCode()
  if (dacs.coarse[index] === coarse) return
  dacs.coarse[index] = coarse
  dacs.isCoarseStale = true
}

export function setRelay(channel: Channel, closed: boolean): void {
  const outputs = channel.board.outputs
  channel.relayClosed = closed
  outputs.relayClosed[channel.index] = closed
  outputs.isStale = true
}
