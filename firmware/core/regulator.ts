import { amperesPerFineStep, type Circuit } from "./circuit"

/** Code of a DAC's middle, which asks for 0 A. */
export const MIDDLE = 2048
const TOP = 4095
/** The fine code stays within this of its middle; beyond, the coarse code moves and the fine recentres. */
export const FINE_REACH = 1900
/** Share of the error corrected each period, first after a change and then for good: fast, then quiet. */
const FIRST_GAIN = 1
const SETTLED_GAIN = 0.3
/** Periods at the first gain: the DACs' gain and linearity errors, up to 0.5 mA, go in one or two. */
const FIRST_PERIODS = 3

/** Gain errors of DAC and summer together, at most. */
const GAIN_ERROR = 0.02

/**
 * Closes the loop on the measured current: each period, drive += error × gain, and the fine code follows
 * the drive (`runPeriod` in channel.ts does just that). The drive counts fine steps from the DACs' middle
 * and keeps its fraction, so that the rounding error of one period is made good in the next: its mean is
 * far finer than the DAC.
 */
export class Regulator {
  target_A = 0
  drive = 0
  /** Fine steps per ampere of error, times the gain in force. */
  gain = 0
  /** The part of the drive that the coarse code gives. */
  coarseDrive = 0
  private periods = 0
  /** Drive that gives 0 A, found on the dummy. */
  private zeroDrive = 0
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
    this.gain = this.stepsPerAmpere * FIRST_GAIN
    const beyond = this.drive - this.coarseDrive
    if (beyond > FINE_REACH || beyond < -FINE_REACH) this.recentre()
  }

  /** Whether the first, fast corrections after a change are over; counts them. */
  settle(): boolean {
    if (this.periods >= FIRST_PERIODS) return true
    this.periods = this.periods + 1
    if (this.periods === FIRST_PERIODS) this.gain = this.stepsPerAmpere * SETTLED_GAIN
    return false
  }

  /** Corrects by the current measured over the period that ended. */
  correct(current_A: number): void {
    this.drive = this.drive + (this.target_A - current_A) * this.gain
    const beyond = this.drive - this.coarseDrive
    if (beyond > FINE_REACH || beyond < -FINE_REACH) this.recentre()
    this.settle()
  }

  /**
   * Keeps the drive within what the DACs' errors can account for, so that a current which cannot flow does
   * not wind it up.
   */
  limit(): void {
    const nominal = this.zeroDrive + this.target_A * this.stepsPerAmpere
    const reach = FINE_REACH + Math.abs(nominal) * GAIN_ERROR
    this.drive = Math.min(Math.max(this.drive, nominal - reach), nominal + reach)
  }

  /** Moves the coarse code so that the fine one is back in its middle. */
  recentre(): void {
    const coarse = clamp(Math.round(this.drive / this.fineRatio) + MIDDLE)
    this.coarseDrive = (coarse - MIDDLE) * this.fineRatio
  }

  coarseCode(): number {
    return this.coarseDrive / this.fineRatio + MIDDLE
  }

  fineCode(): number {
    return clamp(Math.round(this.drive - this.coarseDrive) + MIDDLE)
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
}

function clamp(code: number): number {
  return Math.min(Math.max(code, 0), TOP)
}
