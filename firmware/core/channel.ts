import type { Calibration } from "./calibration"
import { type Circuit, currentPerCode, rangeFor, voltagePerCode } from "./circuit"
import { regulationLimit_A, safetyFault } from "./limits"
import * as format from "./logFormat"
import { type Converter, type Outputs, READING_LOST, type SetpointDacs } from "./ports"
import type { Program } from "./program"
import type { Recorder } from "./recorder"
import { FINE_REACH, Regulator } from "./regulator"
import {
  END_OF_PROGRAM,
  FAULT_CHIP_LOST,
  FAULT_LOG_LOST,
  FAULT_NONE,
  FAULT_REGULATION_LOST,
  FAULT_STALE_READING,
  FAULT_ZEROING_FAILED,
  STATE_FAULT,
  STATE_FINISHED,
  STATE_IDLE,
  STATE_RUNNING,
  STATE_ZEROING,
} from "./states"
import { NO_STEP, StepEngine } from "./stepEngine"
import { ZEROING_DONE, ZEROING_FAILED, Zeroing } from "./zeroing"

/** Fresh readings may be missing for this many periods in a row: the cell is never blind for longer. */
const MISSED_PERIODS = 3
/** Periods that the current may miss its set-point: it needs three after a step, the rest is margin. */
const LOST_PERIODS = 10

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
  start(test: number, now_ms: number, temperature_degC: number | undefined): void {
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
    this.unregulated = error_A > this.regulationLimit_A ? this.unregulated + 1 : 0
    let fault = safetyFault(this.program, this.converter, voltage_V, current_A)
    if (fault === FAULT_NONE && this.unregulated >= LOST_PERIODS) fault = FAULT_REGULATION_LOST
    if (fault === FAULT_NONE && this.recorder.isLosing) fault = FAULT_LOG_LOST
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
      isSettled && this.unregulated === 0 && !this.recorder.isLosing
        ? Math.min(this.due_ms, Math.min(this.stepEnds_ms, soonest_ms))
        : now_ms
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
    this.regulationLimit_A = regulationLimit_A(step.current_A)
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
