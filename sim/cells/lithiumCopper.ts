import type { Cell } from "./cell"
import { FARADAY_C_per_mol, GAS_J_per_mol_K } from "./constants"

/** Bare copper against lithium, before the first plating. Assumed; oxide and electrolyte decide. */
const FRESH_V = 2
/** Where copper itself dissolves, against lithium: the highest that stripping drives it. Assumed. */
const COPPER_V = 3.4
/** The part of these that the run-away covers; the double layer of the bare copper does the rest. */
const RUNAWAY_V = 1.5
/** Of bare copper, if nothing else is said; the usual textbook figure. */
const DOUBLE_LAYER_uF_per_cm2 = 20
/** Plating above this ends the run-away and brings out the nucleation overpotential. Assumed. */
const ONSET_mA_per_cm2 = 0.02
/** Stripping less than this between two platings leaves them one cycle. Assumed. */
const TURN_mAh_per_cm2 = 0.001

/**
 * Which electrode is at the positive terminal.
 *
 * - `copper`: the terminal voltage is copper against lithium, as papers plot it. Negative current
 *   plates, positive strips to a cutoff such as +1 V; the fresh cell shows +2 V.
 * - `lithium`: positive current plates on the copper, as in a symmetric cell. All voltages are the
 *   negative of those: stripping ends at −1 V, the fresh cell shows −2 V, and a tester must reach
 *   as far down.
 */
export type PositiveTerminal = "copper" | "lithium"

export interface LithiumCopperParameters {
  area_cm2: number
  /** Electrolyte, separator and contacts. */
  resistance_ohm_cm2: number
  /** i₀ of lithium, on either electrode. */
  exchangeCurrent_mA_per_cm2: number
  temperature_C: number
  /** On bare copper. */
  nucleation: { amplitude_mV: number; decay_mAh_per_cm2: number }
  /** How steeply the voltage leaves when the last lithium is stripped. */
  runaway: { scale_mV: number; capacity_mAh_per_cm2: number }
  /**
   * What part of the lithium plated in a cycle can be stripped again: the Coulombic efficiency, 1 for
   * 100 %. A function is asked once for each cycle, counted from 1.
   */
  efficiency: number | ((cycle: number) => number)
  /**
   * What the working electrode brings that can be stripped: it is then a foil on its collector, at 0 V
   * from the start. None unless given.
   */
  lithium_mAh_per_cm2?: number
  /**
   * What the bare electrode takes up below 0.5 V before lithium is deposited, evenly over that voltage: an
   * alloy. The double layer of copper unless given.
   */
  alloy_mAh_per_cm2?: number
}

/**
 * Li‖Cu: lithium is plated on copper from a counter electrode that never runs out, and a known part
 * of it is lost. With i the areal current that plates and q the live lithium on the copper, copper
 * stands against lithium at
 *
 *     E = E_bare + w·ln(1/a(q)) − [i·R + S·asinh(i/j_s) + nucleation],  S = 4RT/F, j_s = 2·i₀
 *
 * - Plated charge becomes live lithium, but for the part 1 − efficiency, which is dead: it cannot be
 *   stripped and does nothing else.
 * - Nucleation: amplitude·exp(−q/q_n), so only where copper is bare: lithium left on it by stripping
 *   to a capacity instead of to a cutoff takes it away.
 * - Run-away: a = 1 − exp(−q/q_r) is the part of the electrode that lithium still covers. The knee
 *   lies about q_r before the end, and at a cutoff E_c only q_r·exp(−E_c/w) of lithium remains,
 *   nearly the same in every cycle. So stripped ÷ plated charge, to the same cutoff at the same
 *   current, is the efficiency; the first cycle alone comes out lower, by that remainder. The term is
 *   there at rest, and plating ends it.
 * - Bare copper is a capacitor, E_bare its voltage: it takes what is stripped after the lithium, up to
 *   where copper dissolves, and plating discharges it before any lithium is deposited.
 */
export class LithiumCopper implements Cell {
  charge_C = 0
  /** Throughput in either direction, both counted upward: witnesses, as `charge_C`. */
  platedCharge_C = 0
  strippedCharge_C = 0
  /** Lithium on the copper that can be stripped, and that cannot. Witnesses. */
  liveCharge_C = 0
  deadCharge_C = 0
  /** What was stripped when there was neither lithium nor capacitor left. A witness. */
  dissolvedCopper_C = 0
  /** Platings so far, the present one included. */
  cycle = 0

  private bareCharge_C: number
  private sinceTurn_C = Number.POSITIVE_INFINITY
  private cycleEfficiency = 1

  // Kept from one look at the voltage to the next, for as long as what they follow from stands still.
  private activation = 0
  private activationAt_A = 0
  private runawayAtRest_V = 0
  private bare = 0
  private coverAt_C = Number.NaN

  /** The sign of the current that plates. */
  private readonly platingSign: 1 | -1
  private readonly efficiency: (cycle: number) => number
  private readonly ohmic_ohm: number
  private readonly kinetic_V: number
  private readonly kinetic_A: number
  private readonly nucleation_V: number
  private readonly nucleation_C: number
  private readonly runaway_V: number
  private readonly runaway_C: number
  private readonly leastCover: number
  private readonly bare_F: number
  private readonly onset_A: number
  private readonly turn_C: number

  constructor(parameters: LithiumCopperParameters, positiveTerminal: PositiveTerminal) {
    const { area_cm2, efficiency, nucleation, runaway } = parameters
    const C_per_mAh_per_cm2 = 3.6 * area_cm2
    const thermal_V = (GAS_J_per_mol_K * (parameters.temperature_C + 273.15)) / FARADAY_C_per_mol
    this.platingSign = positiveTerminal === "lithium" ? 1 : -1
    this.efficiency = typeof efficiency === "number" ? () => efficiency : efficiency
    this.ohmic_ohm = parameters.resistance_ohm_cm2 / area_cm2
    this.kinetic_V = 4 * thermal_V
    this.kinetic_A = 2e-3 * parameters.exchangeCurrent_mA_per_cm2 * area_cm2
    this.nucleation_V = nucleation.amplitude_mV * 1e-3
    this.nucleation_C = nucleation.decay_mAh_per_cm2 * C_per_mAh_per_cm2
    this.runaway_V = runaway.scale_mV * 1e-3
    this.runaway_C = runaway.capacity_mAh_per_cm2 * C_per_mAh_per_cm2
    this.leastCover = Math.exp(-RUNAWAY_V / this.runaway_V)
    const alloy_C = (parameters.alloy_mAh_per_cm2 ?? 0) * C_per_mAh_per_cm2
    this.bare_F = DOUBLE_LAYER_uF_per_cm2 * 1e-6 * area_cm2 + alloy_C / (FRESH_V - RUNAWAY_V)
    this.liveCharge_C = (parameters.lithium_mAh_per_cm2 ?? 0) * C_per_mAh_per_cm2
    this.bareCharge_C = this.liveCharge_C > 0 ? 0 : this.bare_F * (FRESH_V - RUNAWAY_V)
    this.onset_A = ONSET_mA_per_cm2 * 1e-3 * area_cm2
    this.turn_C = TURN_mAh_per_cm2 * C_per_mAh_per_cm2
  }

  voltage_V(current_A: number): number {
    const plating_A = this.platingSign * current_A
    if (plating_A !== this.activationAt_A) {
      this.activationAt_A = plating_A
      this.activation = Math.asinh(plating_A / this.kinetic_A)
    }
    if (this.liveCharge_C !== this.coverAt_C) this.cover()
    const lost_V = plating_A * this.ohmic_ohm + this.kinetic_V * this.activation
    let copper_V = this.bareCharge_C / this.bare_F - lost_V
    if (plating_A <= 0) return -this.platingSign * (copper_V + this.runawayAtRest_V)
    const ratio = plating_A / this.onset_A
    copper_V -= (this.nucleation_V * this.bare * ratio) / Math.sqrt(1 + ratio * ratio)
    if (this.runawayAtRest_V !== 0) copper_V += this.runawayAtRest_V * Math.exp(-ratio * ratio)
    return -this.platingSign * copper_V
  }

  advance(current_A: number, duration_s: number): void {
    const charge_C = current_A * duration_s
    this.charge_C += charge_C
    const plated_C = this.platingSign * charge_C
    if (plated_C > 0) this.plate(plated_C)
    else if (plated_C < 0) this.strip(-plated_C)
  }

  private plate(charge_C: number): void {
    if (this.sinceTurn_C >= this.turn_C) {
      this.cycle++
      this.cycleEfficiency = this.efficiency(this.cycle)
    }
    this.sinceTurn_C = 0
    this.platedCharge_C += charge_C
    const onBare_C = Math.min(charge_C, this.bareCharge_C)
    this.bareCharge_C -= onBare_C
    const lithium_C = charge_C - onBare_C
    this.liveCharge_C += this.cycleEfficiency * lithium_C
    this.deadCharge_C += (1 - this.cycleEfficiency) * lithium_C
  }

  private strip(charge_C: number): void {
    this.sinceTurn_C += charge_C
    this.strippedCharge_C += charge_C
    const lithium_C = Math.min(charge_C, this.liveCharge_C)
    this.liveCharge_C -= lithium_C
    const room_C = this.bare_F * (COPPER_V - RUNAWAY_V) - this.bareCharge_C
    const onBare_C = Math.min(charge_C - lithium_C, room_C)
    this.bareCharge_C += onBare_C
    this.dissolvedCopper_C += charge_C - lithium_C - onBare_C
  }

  /** Works out what depends on how much of the electrode lithium covers. */
  private cover(): void {
    const live_C = this.liveCharge_C
    this.coverAt_C = live_C
    // exp(−37) is below the last bit of 1.
    const gone = live_C > 37 * this.runaway_C ? 0 : Math.exp(-live_C / this.runaway_C)
    this.runawayAtRest_V = -this.runaway_V * Math.log1p(-gone * (1 - this.leastCover))
    this.bare = live_C > 37 * this.nucleation_C ? 0 : Math.exp(-live_C / this.nucleation_C)
  }
}
