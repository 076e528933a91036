import type { Records } from "../../records"
import { positive } from "../normalise"

/** CODATA 2018. */
const FARADAY_C_per_mol = 96485.33212
const GAS_J_per_mol_K = 8.314462618
const ZERO_degC_K = 273.15

/** Read from here on: the very first record of a step can still show the current of the step before. */
export const FIRST_RECORD = 1

/** What a sweep alone does not tell. */
export interface KineticsOptions {
  /** Area of one electrode. */
  area_cm2: number
  temperature_degC: number
  /**
   * Ohmic resistance of the whole cell, taken off as iR. Not R_DC of a pulse: by 0.1 s that holds charge transfer,
   * too. `wholeSweep` tells it, or an impedance at high frequency.
   */
  resistance_ohm: number
}

/** A record of a sweep of a symmetric cell. */
export interface KineticsPoint {
  /** Of one electrode, η = (V − iR) ÷ 2. */
  overpotential_V: number
  currentDensity_mA_per_cm2: number
}

/** RT/F in volts: 25.69 mV at 25 °C. */
export function thermalVoltage_V(temperature_degC: number): number {
  const kelvin = positive(temperature_degC + ZERO_degC_K, "the temperature in K", "298.15")
  return (GAS_J_per_mol_K * kelvin) / FARADAY_C_per_mol
}

/**
 * The records of a sweep of a symmetric cell as overpotential of one electrode, η = (V − iR) ÷ 2, and current density:
 * both electrodes are alike and share what the resistance leaves.
 * @throws RangeError unless the area is positive and the resistance not negative
 */
export function kineticsPoints(
  { length, voltage_V, current_A }: Records,
  { area_cm2, resistance_ohm }: KineticsOptions,
): KineticsPoint[] {
  positive(area_cm2, "area_cm2", "1.539 for a 14 mm disc")
  if (!(resistance_ohm >= 0))
    throw new RangeError(`resistance_ohm is ${resistance_ohm}: give 0 Ω or more.`)
  const points: KineticsPoint[] = []
  for (let i = FIRST_RECORD; i < length; i++)
    points.push({
      overpotential_V: (voltage_V[i] - current_A[i] * resistance_ohm) / 2,
      currentDensity_mA_per_cm2: (1000 * current_A[i]) / area_cm2,
    })
  return points
}

/** Those whose `at` lies in [`from_V`, `to_V`]; undefined where they leave over a twentieth of it uncovered. */
export function covering<Point>(
  points: readonly Point[],
  at: (point: Point) => number,
  from_V: number,
  to_V: number,
): Point[] | undefined {
  const inside = points.filter((point) => at(point) >= from_V && at(point) <= to_V)
  const places_V = [from_V, ...inside.map(at).sort((a, b) => a - b), to_V]
  const widest_V = (to_V - from_V) / 20
  return places_V.every((place_V, k) => k === 0 || place_V - places_V[k - 1] <= widest_V)
    ? inside
    : undefined
}
