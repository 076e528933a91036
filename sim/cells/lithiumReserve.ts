/** How the voltage leaves when the last lithium is stripped, as in `LithiumCopper`. Assumed. */
const RUNAWAY_V = 0.13
const RUNAWAY_mAh_per_cm2 = 0.01
const DEEPEST_V = 2
const LEAST_COVER = Math.exp(-DEEPEST_V / RUNAWAY_V)
/** Plating above this ends the run-away and brings out the nucleation overpotential. Assumed. */
const ONSET_mA_per_cm2 = 0.02

export interface LithiumReserveParameters {
  /** Lithium beyond what the cathode takes or gives; without end unless given. */
  excess_mAh_per_cm2?: number
  /** What part of what is plated can be stripped again; 1 unless given. */
  efficiency?: number
  nucleation?: { amplitude_mV: number; decay_mAh_per_cm2: number }
}

/**
 * The lithium anode of a full cell. Of each charge it loses its part to dead lithium, and while there is
 * an excess nobody sees it. When that is used up, discharge ends with the last live lithium: the
 * voltage falls by 0.13 V for each factor e of what is left, 2 V in all, and each discharge falls
 * short of the one before. Nucleation as in `LithiumSymmetric`.
 */
export class LithiumReserve {
  /** Charge that the anode can still give, and what is dead of what it was given. Witnesses. */
  live_C: number
  dead_C = 0

  private bare = 1
  private runaway_V = 0
  private readonly efficiency: number
  private readonly runaway_C: number
  private readonly onset_A: number
  private readonly nucleation_V: number
  private readonly nucleation_C: number

  constructor(
    parameters: LithiumReserveParameters,
    /** Area, and what a cathode that comes charged will take from the anode. */
    cell: { area_cm2: number; taken_C: number },
  ) {
    const C_per_mAh_per_cm2 = 3.6 * cell.area_cm2
    const { excess_mAh_per_cm2 = Number.POSITIVE_INFINITY, nucleation } = parameters
    this.live_C = excess_mAh_per_cm2 * C_per_mAh_per_cm2 + cell.taken_C
    this.efficiency = parameters.efficiency ?? 1
    this.runaway_C = RUNAWAY_mAh_per_cm2 * C_per_mAh_per_cm2
    this.onset_A = ONSET_mA_per_cm2 * 1e-3 * cell.area_cm2
    this.nucleation_V = (nucleation?.amplitude_mV ?? 0) * 1e-3
    this.nucleation_C = (nucleation?.decay_mAh_per_cm2 ?? 1) * C_per_mAh_per_cm2
    this.findRunaway()
  }

  /** What the anode adds to the cell's voltage. */
  adds_V(current_A: number): number {
    if (current_A <= 0) return -this.runaway_V
    const nucleation_V = this.nucleation_V * this.bare
    if (this.runaway_V === 0 && nucleation_V === 0) return 0
    const ratio = current_A / this.onset_A
    return (
      (nucleation_V * ratio) / Math.sqrt(1 + ratio * ratio) -
      this.runaway_V * Math.exp(-ratio * ratio)
    )
  }

  /** Positive charge plates. */
  move(charge_C: number): void {
    if (charge_C > 0) {
      this.live_C += charge_C * this.efficiency
      this.dead_C += charge_C * (1 - this.efficiency)
    } else this.live_C = Math.max(0, this.live_C + charge_C)
    this.findRunaway()
    if (this.nucleation_V === 0) return
    const kept = Math.exp(-Math.abs(charge_C) / this.nucleation_C)
    this.bare = charge_C > 0 ? this.bare * kept : 1 - (1 - this.bare) * kept
    // Below any voltage of interest.
    if (this.bare < 1e-12) this.bare = 0
  }

  private findRunaway(): void {
    // exp(−37) is below the last bit of 1.
    const isFar = this.live_C > 37 * this.runaway_C
    const gone = isFar ? 0 : Math.exp(-this.live_C / this.runaway_C)
    this.runaway_V = isFar ? 0 : -RUNAWAY_V * Math.log1p(-gone * (1 - LEAST_COVER))
  }
}
