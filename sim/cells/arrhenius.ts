import { GAS_J_per_mol_K } from "./constants"

/** Temperature at which parameters are given unless they say otherwise. */
export const REFERENCE_C = 25

/** By what a resistance with this activation energy is larger than at 25 °C. */
export function arrhenius(activation_kJ_per_mol: number, temperature_C: number): number {
  const inverse_per_K = 1 / (temperature_C + 273.15) - 1 / (REFERENCE_C + 273.15)
  return Math.exp((activation_kJ_per_mol * 1e3 * inverse_per_K) / GAS_J_per_mol_K)
}
