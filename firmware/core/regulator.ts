import { amperesPerFineStep, type Circuit } from "./circuit"

const MIDDLE = 2048
const TOP = 4095
/** The fine code stays this far from its ends; beyond, the coarse code moves and the fine recentres. */
const FINE_MARGIN = 128
/** Share of the error corrected each period, first after a change and then for good: fast, then quiet. */
const FIRST_GAIN = 1
const SETTLED_GAIN = 0.3
/** Periods at the first gain: the DACs' gain and linearity errors, up to 0.5 mA, go in one or two. */
const FIRST_PERIODS = 3

/**
 * Closes the loop on the measured current: set-point and reading in, DAC codes out. The drive is kept as
 * a fraction of a fine step, so that rounding errors of one period are made good in the next: its mean is
 * far finer than the DAC.
 */
export class Regulator {
  coarse = MIDDLE
  fine = MIDDLE
  target_A = 0
  /** Error of the last period, A. */
  error_A = 0
  private drive = 0
  /** Drive that gives 0 A, found on the dummy. */
  private zeroDrive = 0
  private periods = 0
  private readonly stepsPerAmpere: number
  private readonly fineRatio: number

  constructor(circuit: Circuit) {
    this.stepsPerAmpere = 1 / amperesPerFineStep(circuit)
    this.fineRatio = circuit.fineRatio
  }

  /** Moves to a new current at once, from the drive that gave 0 A. */
  setTarget(target_A: number): void {
    this.target_A = target_A
    this.drive = this.zeroDrive + target_A * this.stepsPerAmpere
    this.periods = 0
    this.encode()
  }

  /** Takes the present drive as that of 0 A. */
  keepZero(): void {
    this.zeroDrive = this.drive
  }

  /** Forgets the zero: before a new trim. */
  reset(): void {
    this.zeroDrive = 0
    this.setTarget(0)
  }

  /** Corrects by the current measured over the period that ended. */
  correct(current_A: number): void {
    const error_A = this.target_A - current_A
    this.error_A = error_A
    let gain = SETTLED_GAIN
    if (this.periods < FIRST_PERIODS) {
      this.periods = this.periods + 1
      gain = FIRST_GAIN
    }
    this.drive = this.drive + error_A * gain * this.stepsPerAmpere
    this.encode()
  }

  private encode(): void {
    let fine = Math.round(this.drive - (this.coarse - MIDDLE) * this.fineRatio) + MIDDLE
    if (fine < FINE_MARGIN || fine > TOP - FINE_MARGIN) {
      let coarse = Math.round(this.drive / this.fineRatio) + MIDDLE
      if (coarse < 0) coarse = 0
      if (coarse > TOP) coarse = TOP
      this.coarse = coarse
      fine = Math.round(this.drive - (coarse - MIDDLE) * this.fineRatio) + MIDDLE
      if (fine < 0) fine = 0
      if (fine > TOP) fine = TOP
    }
    this.fine = fine
  }
}
