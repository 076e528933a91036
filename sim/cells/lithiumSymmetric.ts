import type { Cell } from "./cell"
import { FARADAY_C_per_mol, GAS_J_per_mol_K } from "./constants"

/** What the cell can be driven to before its electrolyte carries the current instead. */
const DECOMPOSITION_V = 5
/** Of a cell whose stripping electrode is empty: 5 V from 5 µA cm⁻² on. Assumed. */
const EXHAUSTED_ohm_cm2 = 1e6
/** Last lithium of an electrode, over which its active area fades. Assumed. */
const FADE_mAh_per_cm2 = 0.1
/** Below this the nucleation overpotential falls to zero with the current. Assumed. */
const NUCLEATION_ONSET_mA_per_cm2 = 0.02
/** Of lithium in liquid electrolyte; the usual textbook figure. */
const DOUBLE_LAYER_uF_per_cm2 = 20

/**
 * Resistance of the growing surface film as a function of n, the equivalent cycles: charge plated on
 * the working electrode ÷ charge of one half-cycle, so that the cell need not know the protocol.
 */
export type FilmGrowth = { amplitude_ohm_cm2: number; width_cycles: number } & (
  | { kind: "exponential"; knee_cycles: number } // +g·exp((n − knee)/w): dead lithium, the end of life
  | { kind: "decay" } // +g·exp(−n/w): an interface that heals
  | { kind: "conditioning" } // −g·(1 − exp(−n/w)): a surface that roughens to its final area
)

export interface LithiumSymmetricParameters {
  area_cm2: number
  /** Electrolyte, separator and contacts; both electrodes together. */
  resistance_ohm_cm2: number
  /** i₀ of one electrode. */
  exchangeCurrent_mA_per_cm2: number
  /** Scale of the asinh where a fit has one of its own; else 4RT/F, two Butler–Volmer electrodes. */
  kineticScale_mV?: number
  temperature_C: number
  growth: FilmGrowth | null
  /** Areal capacity of the half-cycles by which `growth` counts. */
  cycleCapacity_mAh_per_cm2: number
  nucleation: {
    amplitude_mV: number
    decay_mAh_per_cm2: number
    /**
     * Amplitude on the working electrode by how much of its lithium has been stripped, where that
     * changes the surface: ascending rows, linear in between, beyond them as at the end.
     */
    byStripped?: readonly (readonly [stripped_mAh_per_cm2: number, amplitude_mV: number])[]
  }
  /** Strippable lithium on each electrode at the start. */
  inventory_mAh_per_cm2: number
  /** What part of the lithium that is plated can be stripped again; 1 unless given. */
  efficiency?: number
  /** 0 leaves the double layer out. */
  doubleLayer_uF_per_cm2?: number
}

/**
 * Li‖Li. With i the areal current,
 *
 *     V = i·(R + R_film(n)) + S·asinh(i/j_s) + nucleation + depletion,  S = 4RT/F, j_s = 2·i₀
 *
 * - Nucleation: each electrode has a bare fraction that plating covers, as exp(−q/q_n), and stripping
 *   lays bare again at the same rate; the spike is the amplitude × the bare fraction of the electrode
 *   being plated. After a half-cycle of several q_n this is amplitude·exp(−q/q_n) with q the charge
 *   since the reversal, and a stray nanoampere during a rest is no reversal.
 * - Dead lithium: of what is plated on either electrode, the part 1 − efficiency is lost to it.
 * - Depletion: over its last 0.1 mAh cm⁻² (q_e) the stripping electrode's active area falls as
 *   a = 1 − exp(−q_left/q_e), its half of the asinh becomes (2RT/F)·asinh(i/(j_s·a)), and V grows by
 *   51 mV for each factor e of lithium left, without bound. With none left, V is ±5 V and the charge
 *   goes into the electrolyte.
 * - Double layer: the current through the interface follows the terminal current with the time
 *   constant C_dl·S/j_s, the small-signal value. The ohmic part answers at once.
 */
export class LithiumSymmetric implements Cell {
  charge_C = 0
  /** Positive and negative throughput, both counted upward: witnesses, as `charge_C`. */
  platedCharge_C = 0
  strippedCharge_C = 0
  /** Lithium that each electrode can still give, and dead lithium of both. Witnesses. */
  workingLithium_C: number
  counterLithium_C: number
  deadLithium_C = 0

  private workingBare = 1
  private counterBare = 1
  /** Current through the interfaces; differs from the terminal's while the double layer charges. */
  private interface_A = 0

  // Kept from one look at the voltage to the next, for as long as what they follow from stands still.
  private activation = 0
  private activationAt_A = 0
  private ohmicAndFilm_ohm: number
  private filmAt_C = Number.NaN

  private readonly ohmic_ohm: number
  private readonly film_ohm: number
  private readonly filmGrowth_ohm: number
  private readonly filmRate_per_C: number
  private readonly kinetic_V: number
  private readonly depletion_V: number
  private readonly kinetic_A: number
  private readonly nucleation_V: number
  private readonly nucleation_C: number
  private readonly onsetSquared_A2: number
  private readonly inventory_C: number
  private readonly efficiency: number
  private readonly fade_C: number
  private readonly exhausted_ohm: number
  private readonly doubleLayer_s: number

  constructor(private readonly parameters: LithiumSymmetricParameters) {
    const { area_cm2, growth, nucleation } = parameters
    const C_per_mAh_per_cm2 = 3.6 * area_cm2
    const thermal_V = (GAS_J_per_mol_K * (parameters.temperature_C + 273.15)) / FARADAY_C_per_mol
    const scale_mV = parameters.kineticScale_mV
    this.kinetic_V = scale_mV === undefined ? 4 * thermal_V : scale_mV * 1e-3
    this.depletion_V = 2 * thermal_V
    this.kinetic_A = 2e-3 * parameters.exchangeCurrent_mA_per_cm2 * area_cm2
    this.ohmic_ohm = parameters.resistance_ohm_cm2 / area_cm2
    this.nucleation_V = nucleation.amplitude_mV * 1e-3
    this.nucleation_C = nucleation.decay_mAh_per_cm2 * C_per_mAh_per_cm2
    this.onsetSquared_A2 = (NUCLEATION_ONSET_mA_per_cm2 * 1e-3 * area_cm2) ** 2
    this.inventory_C = parameters.inventory_mAh_per_cm2 * C_per_mAh_per_cm2
    this.workingLithium_C = this.inventory_C
    this.counterLithium_C = this.inventory_C
    this.efficiency = parameters.efficiency ?? 1
    this.fade_C = FADE_mAh_per_cm2 * C_per_mAh_per_cm2
    this.exhausted_ohm = EXHAUSTED_ohm_cm2 / area_cm2
    const doubleLayer_F =
      (parameters.doubleLayer_uF_per_cm2 ?? DOUBLE_LAYER_uF_per_cm2) * 1e-6 * area_cm2
    this.doubleLayer_s = (doubleLayer_F * this.kinetic_V) / this.kinetic_A

    // All three growths are base + factor·exp(rate·charge).
    const amplitude_ohm = growth === null ? 0 : growth.amplitude_ohm_cm2 / area_cm2
    const knee = growth?.kind === "exponential" ? growth.knee_cycles / growth.width_cycles : 0
    const direction = growth?.kind === "exponential" ? 1 : -1
    const cycle_C = parameters.cycleCapacity_mAh_per_cm2 * C_per_mAh_per_cm2
    this.film_ohm = growth?.kind === "conditioning" ? -amplitude_ohm : 0
    this.ohmicAndFilm_ohm = this.ohmic_ohm + this.film_ohm
    this.filmGrowth_ohm = amplitude_ohm * Math.exp(-knee)
    this.filmRate_per_C = growth === null ? 0 : direction / (growth.width_cycles * cycle_C)
  }

  get equivalentCycles(): number {
    const { cycleCapacity_mAh_per_cm2, area_cm2 } = this.parameters
    return this.platedCharge_C / (3.6 * cycleCapacity_mAh_per_cm2 * area_cm2)
  }

  voltage_V(current_A: number): number {
    if (this.filmGrowth_ohm !== 0 && this.platedCharge_C !== this.filmAt_C) this.growFilm()
    const through_A = this.doubleLayer_s > 0 ? this.interface_A : current_A
    if (through_A !== this.activationAt_A) {
      this.activationAt_A = through_A
      this.activation = Math.asinh(through_A / this.kinetic_A)
    }
    const activation = this.activation
    let voltage_V = current_A * this.ohmicAndFilm_ohm + this.kinetic_V * activation

    const bare = through_A > 0 ? this.workingBare : this.counterBare
    if (bare !== 0 && through_A !== 0 && this.nucleation_V !== 0) {
      const amplitude_V = through_A > 0 ? this.workingNucleation_V() : this.nucleation_V
      voltage_V +=
        (amplitude_V * bare * through_A) / Math.sqrt(through_A * through_A + this.onsetSquared_A2)
    }

    const left_C = current_A > 0 ? this.counterLithium_C : this.workingLithium_C
    if (left_C <= 0) voltage_V += current_A * this.exhausted_ohm
    else if (left_C < 37 * this.fade_C) {
      // exp(−37) is below the last bit of 1.
      const area = -Math.expm1(-left_C / this.fade_C)
      voltage_V += this.depletion_V * (Math.asinh(through_A / (this.kinetic_A * area)) - activation)
    }
    return Math.max(-DECOMPOSITION_V, Math.min(DECOMPOSITION_V, voltage_V))
  }

  private workingNucleation_V(): number {
    const rows = this.parameters.nucleation.byStripped
    if (rows === undefined) return this.nucleation_V
    const { area_cm2 } = this.parameters
    const stripped = (this.inventory_C - this.workingLithium_C) / (3.6 * area_cm2)
    const k = rows.findIndex(([from]) => from > stripped)
    if (k === 0) return rows[0][1] * 1e-3
    if (k < 0) return rows[rows.length - 1][1] * 1e-3
    const [[from, low_mV], [to, high_mV]] = [rows[k - 1], rows[k]]
    return (low_mV + ((high_mV - low_mV) * (stripped - from)) / (to - from)) * 1e-3
  }

  private growFilm(): void {
    this.filmAt_C = this.platedCharge_C
    // Held short of infinity: at rest the film's share is 0 A × film_ohm.
    const exponent = Math.min(600, this.filmRate_per_C * this.platedCharge_C)
    const film_ohm = this.film_ohm + this.filmGrowth_ohm * Math.exp(exponent)
    this.ohmicAndFilm_ohm = this.ohmic_ohm + film_ohm
  }

  advance(current_A: number, duration_s: number): void {
    const charge_C = current_A * duration_s
    this.charge_C += charge_C
    if (charge_C > 0) this.platedCharge_C += charge_C
    else this.strippedCharge_C -= charge_C
    this.moveLithium(charge_C)
    if (charge_C > 0 && (this.workingBare > 0 || this.counterBare < 1)) {
      const kept = Math.exp(-charge_C / this.nucleation_C)
      this.workingBare = vanish(this.workingBare * kept)
      this.counterBare = 1 - vanish((1 - this.counterBare) * kept)
    } else if (charge_C < 0 && (this.counterBare > 0 || this.workingBare < 1)) {
      const kept = Math.exp(charge_C / this.nucleation_C)
      this.counterBare = vanish(this.counterBare * kept)
      this.workingBare = 1 - vanish((1 - this.workingBare) * kept)
    }
    if (duration_s >= 40 * this.doubleLayer_s) this.interface_A = current_A
    else if (this.interface_A !== current_A)
      this.interface_A =
        current_A + (this.interface_A - current_A) * Math.exp(-duration_s / this.doubleLayer_s)
  }

  /** What the stripped electrode no longer has goes through the electrolyte, and moves nothing. */
  private moveLithium(charge_C: number): void {
    if (charge_C > 0) {
      const moved_C = Math.min(charge_C, this.counterLithium_C)
      this.counterLithium_C -= moved_C
      this.workingLithium_C += this.efficiency * moved_C
      this.deadLithium_C += (1 - this.efficiency) * moved_C
    } else {
      const moved_C = Math.min(-charge_C, this.workingLithium_C)
      this.workingLithium_C -= moved_C
      this.counterLithium_C += this.efficiency * moved_C
      this.deadLithium_C += (1 - this.efficiency) * moved_C
    }
  }
}

/** Ends a decay at 10⁻¹²: below any voltage of interest, and it spares the next calls their exp. */
function vanish(fraction: number): number {
  return fraction < 1e-12 ? 0 : fraction
}
