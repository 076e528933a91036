import { type Circuit, currentPerCode, voltagePerCode } from "./circuit"
import type { Regulator } from "./regulator"

export const ZEROING_GOES_ON = 0
export const ZEROING_DONE = 1
export const ZEROING_FAILED = 2

/** Readings averaged for each offset: noise falls threefold, and all of it takes about five seconds. */
const SHORTED_READINGS = 8
const TRIM_PERIODS = 12
const AVERAGED_PERIODS = 10
/** What a sound channel stays within: offsets of the converter and of the voltage path. */
const MAX_VOLTAGE_OFFSET_V = 0.02
const MAX_CURRENT_A = 2e-6

/**
 * Finds a channel's zeros on its dummy resistor before the relay closes: the converter's offset in each
 * current range with its inputs shorted, then the DAC codes that give 0 A, then the voltage path's offset
 * at 0 A. Closing the relay with a stale set-point would put up to 235 mA through the cell.
 */
export class Zeroing {
  /** Found offsets, in ADC codes. */
  voltageCode = 0
  readonly currentCode: number[] = []
  range = 0
  private periods = 0
  private sum = 0
  private current_A = 0

  constructor(private readonly circuit: Circuit) {
    for (let i = 0; i < circuit.currentRanges.length; ++i) this.currentCode.push(0)
  }

  begin(): void {
    this.range = 0
    // The reading at hand was converted before this began: it is not counted.
    this.periods = -1
    this.sum = 0
    this.current_A = 0
  }

  /** Whether the current reading now due is one of shorted inputs. */
  wantsShort(): boolean {
    return this.periods < SHORTED_READINGS * this.circuit.currentRanges.length
  }

  /** Takes one period's readings, and gives a verdict. */
  step(voltageCode: number, currentCode: number, regulator: Regulator): number {
    const ranges = this.circuit.currentRanges
    const shorted = SHORTED_READINGS * ranges.length
    const period = this.periods
    this.periods = period + 1
    if (period < 0) return ZEROING_GOES_ON
    if (period < shorted) {
      this.sum = this.sum + currentCode
      if (this.periods % SHORTED_READINGS === 0) {
        this.currentCode[this.range] = this.sum / SHORTED_READINGS
        this.sum = 0
        // The last range, the most sensitive one, stays for the trim.
        if (this.range < ranges.length - 1) this.range = this.range + 1
      }
      return ZEROING_GOES_ON
    }
    const scale = currentPerCode(this.circuit, ranges[this.range])
    const current_A = (currentCode - this.currentCode[this.range]) * scale
    if (period >= shorted + TRIM_PERIODS) {
      this.sum = this.sum + voltageCode
      this.current_A = this.current_A + current_A
    }
    if (period < shorted + TRIM_PERIODS + AVERAGED_PERIODS - 1) {
      regulator.correct(current_A)
      return ZEROING_GOES_ON
    }
    regulator.keepZero()
    const residual_A = this.current_A / AVERAGED_PERIODS
    const voltScale = voltagePerCode(this.circuit)
    this.voltageCode =
      this.sum / AVERAGED_PERIODS - (residual_A * this.circuit.dummy_ohm) / voltScale
    return Math.abs(residual_A) < MAX_CURRENT_A &&
      Math.abs(this.voltageCode) * voltScale < MAX_VOLTAGE_OFFSET_V
      ? ZEROING_DONE
      : ZEROING_FAILED
  }
}
