import type { Calibration } from "./calibration"
import { type Circuit, currentPerCode, rangeFor, voltagePerCode } from "./circuit"
import * as format from "./logFormat"
import { type Converter, type Outputs, READING_LOST, type SetpointDacs } from "./ports"
import type { Program } from "./program"
import type { Recorder } from "./recorder"
import { FINE_REACH, Regulator } from "./regulator"
import { NO_STEP, StepEngine } from "./stepEngine"
import { ZEROING_DONE, ZEROING_FAILED, Zeroing } from "./zeroing"

export const STATE_IDLE = 0
export const STATE_ZEROING = 1
export const STATE_RUNNING = 2
export const STATE_FINISHED = 3
export const STATE_FAULT = 4

export const FAULT_NONE = 0
export const FAULT_OVER_VOLTAGE = 1
export const FAULT_UNDER_VOLTAGE = 2
export const FAULT_OVER_CURRENT = 3
export const FAULT_STALE_READING = 4
export const FAULT_SATURATED = 5
export const FAULT_REGULATION_LOST = 6
export const FAULT_CHIP_LOST = 7
export const FAULT_ZEROING_FAILED = 8

export const END_OF_PROGRAM = 0
export const STOPPED_BY_HOST = 1

/** Codes within this of the converter's ends are clipped: the reading is not a measurement. */
const CLIPPED_CODE = 8388000
/** Fresh readings may be missing for this many periods in a row: the cell is never blind for longer. */
const MISSED_PERIODS = 3
/** Periods that the current may miss its set-point: it needs three after a step, the rest is margin. */
const LOST_PERIODS = 10
/** An error of the current beyond this part of the set-point, or this many amperes, is out of regulation. */
const REGULATION_SHARE = 0.01
const REGULATION_A = 20e-6
/** A step's first period may pass its set-point by the DAC's gain error, 1.4 %; beyond this it is a fault. */
const OVERSHOOT = 1.05

/** The hardware that a channel moves. */
export interface ChannelPorts {
  converter: Converter
  dacs: SetpointDacs
  outputs: Outputs
}

/**
 * One galvanostat channel: read → judge → drive → record, once every control period. What
 * `runPeriod` uses stands first: DeviceScript looks a field up by walking the object.
 */
export class Channel {
  /** Drives a current: into the dummy while zeroing, into the cell while running. */
  isBusy = false
  readonly converter: Converter
  state = STATE_IDLE
  // What turns codes into volts and amperes.
  voltageScale = 0
  voltageZero_V = 0
  currentScale = 0
  currentZero_A = 0
  readonly regulator: Regulator
  updated_ms = 0
  stepCharge_mAs = 0
  stepEnergy_mWs = 0
  // While all of these hold, a period has nothing to decide: see `attend`.
  quietBelow_V = 0
  quietAbove_V = 0
  quietUntil_ms = 0
  regulationLimit_A = 0
  readonly fineCodes: number[]
  readonly index: number

  missed = 0
  fault = FAULT_NONE
  test = 0
  relayClosed = false
  readonly engine = new StepEngine()
  private testStarted_ms = 0
  private stepEnds_ms = 0
  private stepLimit_mAs = 0
  private burstEnds_ms = 0
  private due_ms = 0
  private recorded_V = 0
  private isFirstPoint = false
  private unregulated = 0
  private readonly zeroing: Zeroing
  private readonly dacs: SetpointDacs
  private readonly outputs: Outputs

  constructor(
    index: number,
    private readonly circuit: Circuit,
    private readonly period_ms: number,
    ports: ChannelPorts,
    readonly program: Program,
    readonly calibration: Calibration,
    readonly recorder: Recorder,
  ) {
    this.index = index
    this.converter = ports.converter
    this.dacs = ports.dacs
    this.outputs = ports.outputs
    this.fineCodes = ports.dacs.fine
    this.regulator = new Regulator(circuit)
    this.zeroing = new Zeroing(circuit)
  }

  /** The cell's voltage at the last reading. */
  voltage_V(): number {
    return this.converter.voltageCode * this.voltageScale + this.voltageZero_V
  }

  current_A(): number {
    if (this.state !== STATE_RUNNING) return 0
    return this.converter.currentCode * this.currentScale + this.currentZero_A
  }

  /** Milliseconds since the first step began, while the test runs; else of the last reading. */
  testTime_ms(now_ms: number): number {
    if (this.state === STATE_ZEROING) return 0
    return (this.state === STATE_RUNNING ? now_ms : this.updated_ms) - this.testStarted_ms
  }

  /** Starts the loaded program: first the zero on the dummy, then the relay, then step one. */
  start(test: number, now_ms: number, temperature_degC: number): void {
    this.test = test
    this.fault = FAULT_NONE
    this.state = STATE_ZEROING
    this.isBusy = true
    this.missed = 0
    this.stepCharge_mAs = 0
    this.testStarted_ms = now_ms
    this.updated_ms = now_ms
    this.regulator.reset()
    this.drive()
    this.engine.begin(this.program)
    this.zeroing.begin()
    this.converter.wake()
    this.selectInput()
    this.recorder.testBegins(
      test,
      this.calibration.isMeasured ? this.calibration.date_s : 0,
      temperature_degC,
    )
  }

  /** Ends the test: the relay opens, the log is handed over. */
  stop(reason: number, now_ms: number): void {
    if (!this.isBusy) return
    this.open(STATE_FINISHED)
    this.recorder.event(format.EVENT_TEST_ENDS, now_ms - this.testStarted_ms, reason)
    this.recorder.flush()
  }

  /** Opens the relay for a named reason and waits for a person. */
  fail(fault: number, now_ms: number): void {
    if (!this.isBusy) return
    this.open(STATE_FAULT)
    this.fault = fault
    this.recorder.event(format.EVENT_FAULT, now_ms - this.testStarted_ms, fault)
    this.recorder.flush()
  }

  /** A period without fresh readings: nothing is judged, and not for long. */
  miss(now_ms: number): void {
    this.missed = this.missed + 1
    this.quietUntil_ms = now_ms // the next reading is looked at in full, and clears this count
    if (this.missed < MISSED_PERIODS) return
    const isLost = this.converter.status === READING_LOST
    this.fail(isLost ? FAULT_CHIP_LOST : FAULT_STALE_READING, now_ms)
  }

  /** One period on the way to step one: zeroing, then one period at 0 A on the closed relay. */
  prepare(now_ms: number, voltageCode: number, currentCode: number): void {
    if (this.relayClosed) {
      this.state = STATE_RUNNING
      this.testStarted_ms = now_ms
      this.beginStep(now_ms)
      return
    }
    this.missed = 0
    const verdict = this.zeroing.step(voltageCode, currentCode, this.regulator)
    if (verdict === ZEROING_FAILED) {
      this.fail(FAULT_ZEROING_FAILED, now_ms)
      return
    }
    if (verdict === ZEROING_DONE) {
      this.voltageScale = voltagePerCode(this.circuit) * (1 + this.calibration.voltageGain)
      this.voltageZero_V =
        this.calibration.voltageOffset_V - this.zeroing.voltageCode * this.voltageScale
      this.setRelay(true)
    } else this.selectInput()
    this.drive()
  }

  /**
   * A running period in which something may be due: judges the reading in full, then says until when the
   * coming periods can be quiet.
   */
  attend(now_ms: number, voltage_V: number, current_A: number): void {
    const regulator = this.regulator
    const error_A = Math.abs(regulator.target_A - current_A)
    this.missed = 0
    const fault = this.judge(voltage_V, current_A, error_A)
    if (fault !== FAULT_NONE) {
      this.record(format.RECORD_LAST, now_ms, voltage_V, current_A)
      this.fail(fault, now_ms)
      return
    }
    const charge_mAs = Math.abs(this.stepCharge_mAs)
    if (
      voltage_V >= this.engine.step.voltageAbove_V ||
      voltage_V <= this.engine.step.voltageBelow_V ||
      now_ms >= this.stepEnds_ms ||
      charge_mAs >= this.stepLimit_mAs
    ) {
      if (this.isFirstPoint) this.record(format.RECORD_FIRST, now_ms, voltage_V, current_A)
      this.record(format.RECORD_LAST, now_ms, voltage_V, current_A)
      this.engine.advance(this.program)
      this.beginStep(now_ms)
      return
    }
    const isSettled = regulator.settle()
    regulator.limit()
    const beyond = regulator.drive - regulator.coarseDrive
    if (beyond > FINE_REACH || beyond < -FINE_REACH) regulator.recentre()
    this.drive()
    const recordVoltage_V = this.program.recordVoltage_V
    if (this.isFirstPoint) this.record(format.RECORD_FIRST, now_ms, voltage_V, current_A)
    else if (now_ms >= this.due_ms || Math.abs(voltage_V - this.recorded_V) >= recordVoltage_V)
      this.record(format.RECORD_POINT, now_ms, voltage_V, current_A)

    const program = this.program
    this.quietBelow_V = Math.min(
      this.recorded_V + recordVoltage_V,
      Math.min(this.engine.step.voltageAbove_V, program.maxVoltage_V),
    )
    this.quietAbove_V = Math.max(
      this.recorded_V - recordVoltage_V,
      Math.max(this.engine.step.voltageBelow_V, program.minVoltage_V),
    )
    // While the current is regulated, the charge cutoff cannot come sooner than this.
    const most_A = Math.abs(regulator.target_A) + this.regulationLimit_A
    const soonest_ms = now_ms + (this.stepLimit_mAs - charge_mAs) / most_A
    this.quietUntil_ms =
      isSettled && this.unregulated === 0
        ? Math.min(this.due_ms, Math.min(this.stepEnds_ms, soonest_ms))
        : now_ms
  }

  /** Safety limits and regulation, apart from cutoffs. */
  private judge(voltage_V: number, current_A: number, error_A: number): number {
    const voltageCode = this.converter.voltageCode
    if (Math.abs(this.converter.currentCode) > CLIPPED_CODE) return FAULT_OVER_CURRENT
    if (Math.abs(current_A) > this.program.maxCurrent_A * OVERSHOOT + REGULATION_A)
      return FAULT_OVER_CURRENT
    if (Math.abs(voltageCode) > CLIPPED_CODE) return FAULT_SATURATED
    if (voltage_V > this.program.maxVoltage_V) return FAULT_OVER_VOLTAGE
    if (voltage_V < this.program.minVoltage_V) return FAULT_UNDER_VOLTAGE
    this.unregulated = error_A > this.regulationLimit_A ? this.unregulated + 1 : 0
    return this.unregulated >= LOST_PERIODS ? FAULT_REGULATION_LOST : FAULT_NONE
  }

  private record(flags: number, now_ms: number, voltage_V: number, current_A: number): void {
    this.recorded_V = voltage_V
    this.isFirstPoint = false
    this.due_ms =
      now_ms < this.burstEnds_ms
        ? now_ms
        : now_ms + this.program.recordInterval_ms - this.period_ms * 0.5
    this.recorder.point(
      flags,
      now_ms - this.testStarted_ms,
      voltage_V,
      current_A,
      this.stepCharge_mAs,
      this.stepEnergy_mWs,
    )
  }

  private open(state: number): void {
    this.state = state
    this.isBusy = false
    this.setRelay(false)
    this.regulator.setTarget(0)
    this.drive()
    this.converter.sleep()
  }

  private setRelay(closed: boolean): void {
    this.relayClosed = closed
    this.outputs.relayClosed[this.index] = closed
    this.outputs.isStale = true
  }

  /** Hands the regulator's codes to the DACs. */
  private drive(): void {
    const coarse = this.regulator.coarseCode()
    this.fineCodes[this.index] = this.regulator.fineCode()
    if (this.dacs.coarse[this.index] === coarse) return
    this.dacs.coarse[this.index] = coarse
    this.dacs.isCoarseStale = true
  }

  private selectInput(): void {
    this.converter.selectCurrent(this.zeroing.range, this.zeroing.wantsShort())
  }

  /** Sets out on the step that the engine stands at, or ends the test. */
  private beginStep(now_ms: number): void {
    if (this.engine.index === NO_STEP) {
      this.stop(END_OF_PROGRAM, now_ms)
      return
    }
    const step = this.engine.step
    const range = rangeFor(this.circuit, step.current_A)
    this.converter.selectCurrent(range, false)
    this.currentScale =
      currentPerCode(this.circuit, this.circuit.currentRanges[range]) *
      (1 + this.calibration.currentGain[range])
    this.currentZero_A =
      this.calibration.currentOffset_A[range] - this.zeroing.currentCode[range] * this.currentScale
    // Time and charge end a step at the period nearest to them, so that their mean error is nil.
    const half_ms = this.period_ms * 0.5
    const magnitude_A = Math.abs(step.current_A)
    this.stepEnds_ms = now_ms + step.time_ms - half_ms
    this.stepLimit_mAs = step.charge_mAs - magnitude_A * half_ms
    this.regulationLimit_A = Math.max(REGULATION_A, magnitude_A * REGULATION_SHARE)
    this.stepCharge_mAs = 0
    this.stepEnergy_mWs = 0
    this.updated_ms = now_ms
    this.unregulated = 0
    this.isFirstPoint = true
    this.burstEnds_ms = now_ms + this.program.burst_ms
    this.quietUntil_ms = now_ms
    this.regulator.setTarget(step.current_A)
    this.drive()
    this.recorder.stepBegins(
      now_ms - this.testStarted_ms,
      this.engine.index,
      step.type,
      this.engine.cycle,
    )
  }
}

/**
 * A running channel's control period, on fresh readings only: integrates, regulates, and calls
 * `attend` when anything may be due. A function and not a method, since the board runs it forty times a
 * second, and a method is looked up among all of its object's fields first.
 */
export function runPeriod(
  channel: Channel,
  now_ms: number,
  voltageCode: number,
  currentCode: number,
): void {
  const voltage_V = voltageCode * channel.voltageScale + channel.voltageZero_V
  const current_A = currentCode * channel.currentScale + channel.currentZero_A
  const regulator = channel.regulator
  // Amperes × milliseconds: the charge that passed since the reading before.
  const charge_mAs = current_A * (now_ms - channel.updated_ms)
  channel.updated_ms = now_ms
  channel.stepCharge_mAs = channel.stepCharge_mAs + charge_mAs
  channel.stepEnergy_mWs = channel.stepEnergy_mWs + charge_mAs * voltage_V
  const error_A = regulator.target_A - current_A
  const drive = regulator.drive + error_A * regulator.gain
  regulator.drive = drive
  const fine = Math.round(drive - regulator.coarseDrive)
  const limit_A = channel.regulationLimit_A
  if (
    now_ms >= channel.quietUntil_ms ||
    voltage_V >= channel.quietBelow_V ||
    voltage_V <= channel.quietAbove_V ||
    error_A > limit_A ||
    error_A < -limit_A ||
    fine > FINE_REACH ||
    fine < -FINE_REACH
  )
    channel.attend(now_ms, voltage_V, current_A)
  else channel.fineCodes[channel.index] = fine + 2048
}
