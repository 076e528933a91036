import { straightLine } from "./extrapolated"

const GAS_J_per_mol_K = 8.314462618
const FARADAY_C_per_mol = 96485.33212
const KELVIN = 273.15

/** Something that a temperature changes. */
export interface AtTemperature {
  temperature_degC: number
  value: number
}

/**
 * Activation energy by Arrhenius, kJ mol⁻¹: of a resistance, R ∝ exp(E/RT), from the straight line through
 * ln R over 1/T. Undefined for fewer than three temperatures, or a resistance that is not positive.
 */
export function activationEnergy_kJ_per_mol(
  resistances: readonly AtTemperature[],
): number | undefined {
  return slope_kJ_per_mol(resistances, ({ value }) => Math.log(value))
}

/** Of an ionic conductivity, σT ∝ exp(−Ea/kT), in eV; as above. */
export function ionicActivation_eV(conductivities: readonly AtTemperature[]): number | undefined {
  const energy_kJ_per_mol = slope_kJ_per_mol(
    conductivities,
    ({ temperature_degC, value }) => -Math.log(value * (temperature_degC + KELVIN)),
  )
  return energy_kJ_per_mol && (1000 * energy_kJ_per_mol) / FARADAY_C_per_mol
}

function slope_kJ_per_mol(
  points: readonly AtTemperature[],
  logarithm: (point: AtTemperature) => number,
): number | undefined {
  if (points.length < 3 || points.some(({ value }) => !(value > 0))) return undefined
  const inverse_per_K = points.map(({ temperature_degC }) => 1 / (temperature_degC + KELVIN))
  const { slope } = straightLine(inverse_per_K, points.map(logarithm))
  return (slope * GAS_J_per_mol_K) / 1000
}
