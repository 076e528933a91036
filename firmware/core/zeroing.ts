import type { Calibration } from "./calibration"
import { type Circuit, currentPerCode, voltagePerCode } from "./circuit"
import type { Regulator } from "./regulator"

export const ZEROING_GOES_ON = 0
export const ZEROING_DONE = 1
export const ZEROING_FAILED = 2
/** The dummy does not read as its resistance. */
export const DUMMY_FAILED = 3

/** What a zeroing does, in this order; a quick one begins with the trim, and a brief one leaves the dummy out. */
const SHORTED = 0
const TRIM = 1
const CHARGE_DUMMY = 2
const DISCHARGE_DUMMY = 3
const TRIM_AGAIN = 4
const AVERAGE = 5

/** Periods of each of the above; the first of them for each current range. */
const FULL_PERIODS = [40, 12, 4, 4, 4, 10]
const QUICK_PERIODS = [0, 8, 4, 4, 4, 5]
/** The zero is known and nothing was driven since: three fast corrections, two quiet ones, and those of the average. */
const BRIEF_PERIODS = [0, 5, 0, 0, 0, 5]
/** Readings at the end of a phase on the dummy that count; before, the current settles. */
const DUMMY_READINGS = 2
/** Into the dummy: ±2 V, inside what the output stage reaches, and enough to learn the DACs' gain. */
const DUMMY_A = 0.02
/** What a sound channel stays within: offsets of the voltage path and of the converter, and the trim. */
const MAX_VOLTAGE_OFFSET_V = 0.02
const MAX_CURRENT_OFFSET_A = 10e-6
const MAX_CURRENT_A = 2e-6
/** Uncalibrated, voltage and current may each be 0.4 % off and the dummy 0.1 %. */
const MAX_DUMMY_ERROR = 0.01

/**
 * Finds a channel's zeros on its dummy resistor before the relay closes: the converter's offset in each
 * current range with its inputs shorted, then the DAC codes that give 0 A, then the voltage path's offset
 * at 0 A. Closing the relay with a stale set-point would put up to 326 mA through the cell. A self-test in
 * between drives the dummy both ways: volts ÷ amperes must be its resistance.
 */
export class Zeroing {
  /** Found offsets, in ADC codes. */
  voltageCode = 0
  readonly currentCode: number[] = []
  /** The current range to convert next. */
  range = 0
  /** Whether the dummy was tested, and what it read: resistance ÷ nominal − 1. */
  hasTested = false
  ratioError = 0
  private phase = SHORTED
  private left = 0
  private isFull = true
  private testsDummy = true
  private volts = 0
  private amperes = 0
  private dummy_V = 0
  private dummy_A = 0

  constructor(private readonly circuit: Circuit) {
    for (let i = 0; i < circuit.currentRanges.length; ++i) this.currentCode.push(0)
  }

  /** @param isFull measures all offsets anew; else those of the converter are kept */
  begin(isFull: boolean, testsDummy: boolean): void {
    this.isFull = isFull
    this.testsDummy = testsDummy
    this.hasTested = false
    this.range = isFull ? 0 : this.circuit.currentRanges.length - 1
    this.enter(isFull ? SHORTED : TRIM)
    // The reading at hand was converted before this began: it is not counted.
    this.left = this.left + 1
  }

  /** Whether the current reading now due is one of shorted inputs. */
  wantsShort(): boolean {
    return this.phase === SHORTED
  }

  /** Voltage offset at 0 A, V. */
  offset_V(): number {
    return this.voltageCode * voltagePerCode(this.circuit)
  }

  /** Takes one period's readings, moves the regulator, and gives a verdict. */
  step(
    voltageCode: number,
    currentCode: number,
    regulator: Regulator,
    correction: Calibration,
  ): number {
    const phase = this.phase
    this.left = this.left - 1
    if (this.left >= this.periods(phase)) return ZEROING_GOES_ON
    if (phase === SHORTED) {
      this.amperes = this.amperes + currentCode
      if (this.left > 0) return ZEROING_GOES_ON
      return this.endShorted()
    }
    const range = this.range
    const scale = currentPerCode(this.circuit, this.circuit.currentRanges[range])
    const current_A = (currentCode - this.currentCode[range]) * scale
    const isDummy = phase === CHARGE_DUMMY || phase === DISCHARGE_DUMMY
    if (phase === AVERAGE || (isDummy && this.left < DUMMY_READINGS)) {
      this.volts = this.volts + voltageCode
      this.amperes = this.amperes + current_A
    }
    if (phase !== AVERAGE || this.left > 0) regulator.correct(current_A)
    if (this.left > 0) return ZEROING_GOES_ON
    return phase === AVERAGE ? this.finish(regulator) : this.endPhase(regulator, correction)
  }

  private endShorted(): number {
    const ranges = this.circuit.currentRanges
    const code = this.amperes / this.periods(SHORTED)
    this.currentCode[this.range] = code
    if (Math.abs(code * currentPerCode(this.circuit, ranges[this.range])) > MAX_CURRENT_OFFSET_A)
      return ZEROING_FAILED
    // The last range, the most sensitive one, stays for the trim.
    if (this.range === ranges.length - 1) this.enter(TRIM)
    else {
      this.range = this.range + 1
      this.enter(SHORTED)
    }
    return ZEROING_GOES_ON
  }

  private endPhase(regulator: Regulator, correction: Calibration): number {
    const phase = this.phase
    if (phase === TRIM) regulator.keepZero()
    if (phase === TRIM && this.testsDummy) {
      this.range = 0
      regulator.setTarget(DUMMY_A)
      this.enter(CHARGE_DUMMY)
    } else if (phase === CHARGE_DUMMY) {
      regulator.learn()
      regulator.setTarget(-DUMMY_A)
      this.dummy_V = this.volts
      this.dummy_A = this.amperes
      this.enter(DISCHARGE_DUMMY)
    } else if (phase === DISCHARGE_DUMMY) {
      regulator.learn()
      regulator.setTarget(0)
      const volts =
        (this.dummy_V - this.volts) * voltagePerCode(this.circuit) * (1 + correction.voltageGain)
      const amperes = (this.dummy_A - this.amperes) * (1 + correction.currentGain[0])
      this.ratioError = volts / amperes / this.circuit.dummy_ohm - 1
      this.hasTested = true
      if (!(Math.abs(this.ratioError) < MAX_DUMMY_ERROR)) return DUMMY_FAILED
      this.range = this.circuit.currentRanges.length - 1
      this.enter(TRIM_AGAIN)
    } else this.enter(AVERAGE)
    return ZEROING_GOES_ON
  }

  private finish(regulator: Regulator): number {
    regulator.keepZero()
    const periods = this.periods(AVERAGE)
    const residual_A = this.amperes / periods
    const voltScale = voltagePerCode(this.circuit)
    this.voltageCode = this.volts / periods - (residual_A * this.circuit.dummy_ohm) / voltScale
    return Math.abs(residual_A) < MAX_CURRENT_A &&
      Math.abs(this.voltageCode) * voltScale < MAX_VOLTAGE_OFFSET_V
      ? ZEROING_DONE
      : ZEROING_FAILED
  }

  private enter(phase: number): void {
    this.phase = phase
    this.left = this.periods(phase)
    this.volts = 0
    this.amperes = 0
  }

  private periods(phase: number): number {
    if (this.isFull) return FULL_PERIODS[phase]
    return this.testsDummy ? QUICK_PERIODS[phase] : BRIEF_PERIODS[phase]
  }
}
