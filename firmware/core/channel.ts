import type { Calibration } from "./calibration"
import { type Circuit, currentPerCode, rangeFor, voltagePerCode } from "./circuit"
import * as format from "./logFormat"
import { type Adc, READING_LOST } from "./ports"
import { Program, type Step } from "./program"
import type { Recorder } from "./recorder"
import { Regulator } from "./regulator"
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
export const FAULT_LOG_FULL = 8
export const FAULT_ZEROING_FAILED = 9

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

/**
 * One galvanostat channel: read → judge → drive → record, once every control period. It alone knows its
 * test; the tester around it moves the bytes.
 */
export class Channel {
  state = STATE_IDLE
  fault = FAULT_NONE
  test = 0
  voltage_V = 0
  current_A = 0
  stepCharge_As = 0
  testStarted_ms = 0
  relayClosed = false
  readonly regulator: Regulator
  readonly engine = new StepEngine()
  readonly program = new Program()
  private readonly zeroing: Zeroing
  private range = 0
  // What turns codes into volts and amperes, kept ready because it is used every period.
  private voltageScale = 0
  private voltageZero_V = 0
  private currentScale = 0
  private currentZero_A = 0
  private stepEnergy_Ws = 0
  private stepStarted_ms = 0
  private updated_ms = 0
  private isFirstPoint = false
  private due_ms = 0
  private burstEnds_ms = 0
  private recorded_V = 0
  private missed = 0
  private unregulated = 0

  constructor(
    private readonly circuit: Circuit,
    readonly adc: Adc,
    readonly calibration: Calibration,
    readonly recorder: Recorder,
    private readonly period_ms: number,
  ) {
    this.regulator = new Regulator(circuit)
    this.zeroing = new Zeroing(circuit)
  }

  /** True while the channel drives a current: into the dummy when zeroing, into the cell when running. */
  isBusy(): boolean {
    return this.state === STATE_ZEROING || this.state === STATE_RUNNING
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
    this.missed = 0
    this.stepCharge_As = 0
    this.testStarted_ms = now_ms
    this.updated_ms = now_ms
    this.regulator.reset()
    this.adc.wake()
    this.engine.begin(this.program)
    this.zeroing.begin(this.regulator)
    this.recorder.testBegins(
      test,
      this.calibration.isMeasured ? this.calibration.date_s : 0,
      temperature_degC,
    )
  }

  /** Ends the test: the relay opens, the log is handed over. */
  stop(reason: number, now_ms: number): void {
    if (!this.isBusy()) return
    this.open(STATE_FINISHED)
    this.recorder.event(format.EVENT_TEST_ENDS, now_ms - this.testStarted_ms, reason)
    this.recorder.flush()
  }

  /** Opens the relay for a named reason and waits for a person. */
  fail(fault: number, now_ms: number): void {
    if (!this.isBusy()) return
    this.open(STATE_FAULT)
    this.fault = fault
    this.recorder.event(format.EVENT_FAULT, now_ms - this.testStarted_ms, fault)
    this.recorder.flush()
  }

  /** Starts the conversion of the current, or of what the zeroing needs. */
  startCurrent(): void {
    if (this.state === STATE_ZEROING && this.zeroing.wantsShort())
      this.adc.startZero(this.zeroing.range)
    else this.adc.startCurrent(this.range)
  }

  /**
   * One control period. The codes were converted since the last one; `isFresh` says that both were.
   * Nothing is judged on a stale reading.
   */
  tick(now_ms: number, voltageCode: number, currentCode: number, isFresh: boolean): void {
    if (!isFresh) {
      this.missed = this.missed + 1
      if (this.missed >= MISSED_PERIODS)
        this.fail(this.adc.status === READING_LOST ? FAULT_CHIP_LOST : FAULT_STALE_READING, now_ms)
      return
    }
    this.missed = 0
    if (this.state !== STATE_RUNNING) {
      this.zero(now_ms, voltageCode, currentCode)
      return
    }
    const voltage_V = voltageCode * this.voltageScale + this.voltageZero_V
    const current_A = currentCode * this.currentScale + this.currentZero_A
    this.voltage_V = voltage_V
    this.current_A = current_A
    const period_s = (now_ms - this.updated_ms) * 0.001
    this.updated_ms = now_ms
    const charge_As = this.stepCharge_As + current_A * period_s
    this.stepCharge_As = charge_As
    this.stepEnergy_Ws = this.stepEnergy_Ws + voltage_V * current_A * period_s

    const program = this.program
    if (
      voltage_V > program.maxVoltage_V ||
      voltage_V < program.minVoltage_V ||
      voltageCode > CLIPPED_CODE ||
      voltageCode < -CLIPPED_CODE ||
      currentCode > CLIPPED_CODE ||
      currentCode < -CLIPPED_CODE
    ) {
      this.failOnReading(now_ms, voltageCode, currentCode)
      return
    }
    const step = program.steps[this.engine.index]
    // Time and charge end a step at the period nearest to them, so that their mean error is nil.
    const half_ms = this.period_ms * 0.5
    if (
      voltage_V >= step.voltageAbove_V ||
      voltage_V <= step.voltageBelow_V ||
      now_ms - this.stepStarted_ms + half_ms >= step.time_ms ||
      Math.abs(charge_As) + Math.abs(step.current_A) * half_ms * 0.001 >= step.charge_As
    ) {
      this.record(format.RECORD_LAST, now_ms)
      this.engine.advance(program)
      this.beginStep(now_ms)
      return
    }
    const regulator = this.regulator
    regulator.correct(current_A)
    const error_A = Math.abs(regulator.error_A)
    if (error_A < REGULATION_A || error_A < Math.abs(step.current_A) * REGULATION_SHARE)
      this.unregulated = 0
    else {
      this.unregulated = this.unregulated + 1
      if (this.unregulated >= LOST_PERIODS) {
        this.fail(FAULT_REGULATION_LOST, now_ms)
        return
      }
    }
    if (this.isFirstPoint) {
      this.record(format.RECORD_FIRST, now_ms)
      this.isFirstPoint = false
    } else if (
      now_ms >= this.due_ms ||
      Math.abs(voltage_V - this.recorded_V) >= program.recordVoltage_V
    )
      this.record(format.RECORD_POINT, now_ms)
  }

  private open(state: number): void {
    this.state = state
    this.relayClosed = false
    this.regulator.setTarget(0)
    this.adc.sleep()
  }

  private failOnReading(now_ms: number, voltageCode: number, currentCode: number): void {
    this.record(format.RECORD_LAST, now_ms)
    let fault = FAULT_UNDER_VOLTAGE
    if (Math.abs(currentCode) > CLIPPED_CODE) fault = FAULT_OVER_CURRENT
    else if (Math.abs(voltageCode) > CLIPPED_CODE) fault = FAULT_SATURATED
    else if (this.voltage_V > this.program.maxVoltage_V) fault = FAULT_OVER_VOLTAGE
    this.fail(fault, now_ms)
  }

  /** One period on the way to step one: zeroing, then one period at 0 A on the closed relay. */
  private zero(now_ms: number, voltageCode: number, currentCode: number): void {
    if (this.relayClosed) {
      this.state = STATE_RUNNING
      this.testStarted_ms = now_ms
      this.beginStep(now_ms)
      return
    }
    const verdict = this.zeroing.step(voltageCode, currentCode, this.regulator)
    if (verdict === ZEROING_FAILED) this.fail(FAULT_ZEROING_FAILED, now_ms)
    else if (verdict === ZEROING_DONE) {
      this.voltageScale = voltagePerCode(this.circuit) * (1 + this.calibration.voltageGain)
      this.voltageZero_V =
        this.calibration.voltageOffset_V - this.zeroing.voltageCode * this.voltageScale
      this.relayClosed = true
    } else this.range = this.zeroing.range
  }

  /** Sets out on the step that the engine stands at, or ends the test. */
  private beginStep(now_ms: number): void {
    if (this.engine.index === NO_STEP) {
      this.stop(END_OF_PROGRAM, now_ms)
      return
    }
    const step: Step = this.engine.current(this.program)
    const range = rangeFor(this.circuit, step.current_A)
    this.range = range
    this.currentScale =
      currentPerCode(this.circuit, this.circuit.currentRanges[range]) *
      (1 + this.calibration.currentGain[range])
    this.currentZero_A =
      this.calibration.currentOffset_A[range] - this.zeroing.currentCode[range] * this.currentScale
    this.stepCharge_As = 0
    this.stepEnergy_Ws = 0
    this.stepStarted_ms = now_ms
    this.updated_ms = now_ms
    this.unregulated = 0
    this.isFirstPoint = true
    this.burstEnds_ms = now_ms + this.program.burst_ms
    this.regulator.setTarget(step.current_A)
    this.recorder.stepBegins(
      now_ms - this.testStarted_ms,
      this.engine.index,
      step.type,
      this.engine.cycle,
    )
  }

  private record(flags: number, now_ms: number): void {
    this.recorded_V = this.voltage_V
    this.due_ms =
      now_ms < this.burstEnds_ms
        ? now_ms
        : now_ms + this.program.recordInterval_ms - this.period_ms * 0.5
    this.recorder.point(
      flags,
      now_ms - this.testStarted_ms,
      this.voltage_V,
      this.current_A,
      this.stepCharge_As,
      this.stepEnergy_Ws,
    )
  }
}
