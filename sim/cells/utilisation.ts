import type { FullCellParameters } from "./fullCell"
import type { Piecewise } from "./piecewise"

/** Over which what can be used follows the rate. Assumed. */
const SETTLING_s = 30
/** Rounding of a table that holds just what the rate asks. */
const ROUNDING_mAh_per_g = 1e-6

/**
 * How much of the cathode a discharge can use. Its surface is used up before its bulk is: with x the
 * charge stored and T what a slow charge reaches, it stands at
 *
 *     T − s·(T − x),  s(rate) ≥ 1
 *
 * on the open-circuit curve, so the curve is run through in less charge. s is worked out from the table
 * of rates: a discharge between the cutoffs, after a charge at the same constant current, gives the
 * printed capacity, resistance and hysteresis allowed for. Charging and resting have s = 1; a change of
 * current is followed within half a minute.
 */
export class Utilisation {
  /** What is stored when the slowest rate of the table has charged or discharged the cell. */
  readonly full: number
  readonly empty: number

  private stretch = 1
  private settledAt_A = Number.NaN
  private settled = 1
  private readonly roots: number[]
  private readonly stretches: number[]
  private readonly oneC_A: number

  /** @throws RangeError where the window holds less than a rate is to give */
  constructor(parameters: FullCellParameters, curve: Piecewise) {
    const { loading_mg_per_cm2, oneC_mA_per_g, rate, relaxing, window_V } = parameters
    const oneC_A_per_cm2 = loading_mg_per_cm2 * oneC_mA_per_g * 1e-6
    const all_ohm_cm2 = parameters.resistance_ohm_cm2 + (relaxing?.resistance_ohm_cm2 ?? 0)
    const ends = rate.map(([rate_C, capacity]) => {
      const drop_V = rate_C * oneC_A_per_cm2 * all_ohm_cm2 + (parameters.hysteresis_V ?? 0)
      const top = curve.inverse(window_V[1] - drop_V)
      return { top, bottom: curve.inverse(window_V[0] + drop_V), empty: top - capacity }
    })
    if (ends.some(({ bottom, empty }) => empty < bottom - ROUNDING_mAh_per_g))
      throw new RangeError("rate: more than the open-circuit curve holds within the window")
    this.full = ends[0].top
    this.empty = ends[0].empty
    this.roots = rate.map(([rate_C]) => Math.sqrt(rate_C))
    this.stretches = ends.map(({ bottom, empty }) => (this.full - bottom) / (this.full - empty))
    this.oneC_A = oneC_A_per_cm2 * parameters.area_cm2
  }

  used_mAh_per_g(stored_mAh_per_g: number): number {
    return this.full - this.stretch * (this.full - stored_mAh_per_g)
  }

  settle(current_A: number, duration_s: number): void {
    if (current_A !== this.settledAt_A) {
      this.settledAt_A = current_A
      this.settled = current_A < 0 ? this.stretchAt(-current_A / this.oneC_A) : 1
    }
    if (this.stretch === this.settled) return
    const kept = Math.exp(-duration_s / SETTLING_s)
    this.stretch = this.settled + (this.stretch - this.settled) * kept
    if (Math.abs(this.stretch - this.settled) < 1e-12) this.stretch = this.settled
  }

  private stretchAt(rate_C: number): number {
    const { roots, stretches } = this
    const root = Math.sqrt(rate_C)
    const k = roots.findIndex((from) => from > root)
    if (k === 0) return stretches[0]
    if (k < 0) return stretches[stretches.length - 1]
    const part = (root - roots[k - 1]) / (roots[k] - roots[k - 1])
    return stretches[k - 1] + part * (stretches[k] - stretches[k - 1])
  }
}
