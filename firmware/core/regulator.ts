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
/** A smaller current tells more of the DACs' linearity than of their gain. */
const LEAST_LEARNT_A = 1e-3

/**
 * Closes the loop on the measured current: each period, drive += error × gain, and the fine code follows
 * the drive (`runPeriod` in period.ts does just that). The drive counts fine steps from the DACs' middle
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
  /** Drive that gives 0 A, found on the dummy. */
  zeroDrive = 0
  /** What the drive of a charging and of a discharging current was, by its nominal value. */
  private chargeGain = 1
  private dischargeGain = 1
  private periods = 0
  private readonly stepsPerAmpere: number
  private readonly fineRatio: number

  constructor(circuit: Circuit) {
    this.stepsPerAmpere = 1 / amperesPerFineStep(circuit)
    this.fineRatio = circuit.fineRatio
  }

  /** Moves to a new current at once, by what the last current of its sign took. */
  setTarget(target_A: number): void {
    this.target_A = target_A
    this.drive = this.nominal(target_A)
    this.periods = 0
    this.gain = this.stepsPerAmpere * FIRST_GAIN
    const beyond = this.drive - this.coarseDrive
    if (beyond > FINE_REACH || beyond < -FINE_REACH) this.recentre()
  }

  /** Moves the current by a little, leaving corrections as they are. */
  moveTarget(target_A: number): void {
    this.drive = this.drive + this.nominal(target_A) - this.nominal(this.target_A)
    this.target_A = target_A
  }

  /** Keeps what the present current takes, so that the next of its sign is right from its first period. */
  learn(): void {
    const nominal = this.target_A * this.stepsPerAmpere
    if (this.periods < FIRST_PERIODS || Math.abs(this.target_A) < LEAST_LEARNT_A) return
    const gain = (this.drive - this.zeroDrive) / nominal
    if (Math.abs(gain - 1) > GAIN_ERROR) return
    if (nominal > 0) this.chargeGain = gain
    else this.dischargeGain = gain
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
    const nominal = this.nominal(this.target_A)
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

  /** Begins from a known zero, or from none before the first trim. */
  reset(zeroDrive: number): void {
    this.zeroDrive = zeroDrive
    this.setTarget(0)
  }

  private nominal(target_A: number): number {
    const gain = target_A < 0 ? this.dischargeGain : this.chargeGain
    return this.zeroDrive + target_A * this.stepsPerAmpere * gain
  }
}

function clamp(code: number): number {
  return Math.min(Math.max(code, 0), TOP)
}
