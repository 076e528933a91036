/** How parameters follow from what papers print, so that the printed numbers stand in the tables. */
import { FARADAY_C_per_mol, GAS_J_per_mol_K } from "../constants"
import type { FilmGrowth } from "../lithiumSymmetric"

/** 4RT/F at 25 °C: the scale of two Butler–Volmer electrodes. */
const KINETIC_mV = (4e3 * GAS_J_per_mol_K * 298.15) / FARADAY_C_per_mol

/** Assumed by every model of this kind: no paper prints the width of the nucleation spike. */
export const NUCLEATION_DECAY_mAh_per_cm2 = 0.01

/** What 1 µm of dense lithium holds. */
export const LITHIUM_mAh_per_cm2_per_um = 0.2062

/** Half-cycles of a cycle's mean stand, in equivalent cycles, this much before its end. */
const MEAN_BEFORE_END_cycles = 0.25

/** i₀ with which a symmetric cell of this resistance shows an overpotential, at 25 °C. */
export function exchangeCurrent_mA_per_cm2(
  overpotential_mV: number,
  current_mA_per_cm2: number,
  resistance_ohm_cm2: number,
): number {
  const activation_mV = overpotential_mV - current_mA_per_cm2 * resistance_ohm_cm2
  return current_mA_per_cm2 / (2 * Math.sinh(activation_mV / KINETIC_mV))
}

/** A film that has added `added_mV` to the overpotential, as the mean of cycle `cycle` shows it. */
export function knee(
  cycle: number,
  added_mV: number,
  current_mA_per_cm2: number,
  width_cycles: number,
): FilmGrowth {
  return {
    kind: "exponential",
    amplitude_ohm_cm2: added_mV / current_mA_per_cm2,
    knee_cycles: cycle - MEAN_BEFORE_END_cycles,
    width_cycles,
  }
}

/** A film that has doubled the overpotential just before cycle `cycle`: the end of life. */
export function doubling(
  cycle: number,
  overpotential_mV: number,
  current_mA_per_cm2: number,
  width_cycles: number,
): FilmGrowth {
  return knee(cycle - 0.5, overpotential_mV, current_mA_per_cm2, width_cycles)
}

/** Fade of a cell that keeps this part of its first cycle's capacity at cycle `cycle`. */
export function fadePerCycle(retention: number, cycle: number): number {
  return -Math.log(retention) / (cycle - 1)
}
