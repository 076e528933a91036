import type { Records } from "../../records"
import { positive } from "../normalise"
import { FIRST_RECORD, type KineticsOptions, thermalVoltage_V } from "./kinetics"

/** What a sweep of a symmetric cell says of kinetics and resistance at once. */
export interface WholeSweepFit {
  exchangeCurrent_mA_per_cm2: number
  /** Ohmic resistance of the whole cell. */
  resistance_ohm: number
  /** Root mean square of what the fit leaves of the voltage. */
  residual_V: number
  points: number
}

/** ln of i₀ in mA cm⁻² between which it is sought: 10⁻⁶ … 10⁴, in steps of a factor 1.6. */
const LOWEST = Math.log(1e-6)
const HIGHEST = Math.log(1e4)
const STEPS = 50
/** Golden sections after that: to 10⁻⁹ of the logarithm. */
const SECTIONS = 50
const GOLDEN = (Math.sqrt(5) - 1) / 2
const FEWEST = 20
/** Highest i ÷ 2i₀ below which the curve is all but a line, and i₀ and R cannot be told apart. */
const CURVED = 1

/**
 * Exchange current density of one electrode and ohmic resistance of a symmetric cell from a whole sweep, by least
 * squares in V: two Butler–Volmer electrodes of α = ½ and a resistance,
 *
 *     V = I·R + (4RT/F)·asinh(i ÷ 2i₀)
 *
 * It tells the resistance from the sweep's own bend. A pulse of 0.1 s or more does not: by then charge transfer has
 * answered with it, and taking that off leaves nothing of the kinetics. Undefined with fewer than 20 records, where
 * i stays below 2i₀, for there the curve is all but a line, and where the fit ends at a bound.
 *
 * Kinetics: Bard & Faulkner, Electrochemical Methods, 2nd ed., eq. 3.4.11.
 */
export function wholeSweep(
  { length, voltage_V, current_A }: Records,
  { area_cm2, temperature_degC }: Omit<KineticsOptions, "resistance_ohm">,
): WholeSweepFit | undefined {
  const thermal_V = thermalVoltage_V(temperature_degC)
  const perCurrent = 1000 / positive(area_cm2, "area_cm2", "1.539 for a 14 mm disc")
  if (length < FEWEST) return undefined
  const fitAt = (logarithm: number) => {
    const scale = perCurrent / (2 * Math.exp(logarithm))
    let currents = 0
    let products = 0
    let left = 0
    for (let i = FIRST_RECORD; i < length; i++) {
      const rest_V = voltage_V[i] - 4 * thermal_V * Math.asinh(current_A[i] * scale)
      currents += current_A[i] ** 2
      products += current_A[i] * rest_V
      left += rest_V ** 2
    }
    const resistance_ohm = Math.max(0, products / currents)
    const squares = left - 2 * resistance_ohm * products + resistance_ohm ** 2 * currents
    return { squares: Math.max(0, squares), resistance_ohm }
  }
  const best = lowest((logarithm) => fitAt(logarithm).squares)
  if (best === undefined) return undefined
  let highest_A = 0
  for (let i = FIRST_RECORD; i < length; i++)
    highest_A = Math.max(highest_A, Math.abs(current_A[i]))
  if (highest_A * perCurrent < CURVED * 2 * Math.exp(best)) return undefined
  const { squares, resistance_ohm } = fitAt(best)
  return {
    exchangeCurrent_mA_per_cm2: Math.exp(best),
    resistance_ohm,
    residual_V: Math.sqrt(squares / (length - FIRST_RECORD)),
    points: length - FIRST_RECORD,
  }
}

/** Where a function is lowest between the bounds: on a grid, then by golden sections. Undefined at a bound. */
function lowest(of: (x: number) => number): number | undefined {
  const step = (HIGHEST - LOWEST) / STEPS
  const values = Array.from({ length: STEPS + 1 }, (_, k) => of(LOWEST + k * step))
  const at = values.indexOf(Math.min(...values))
  if (at <= 0 || at === STEPS) return undefined
  let [from, to] = [LOWEST + (at - 1) * step, LOWEST + (at + 1) * step]
  for (let k = 0; k < SECTIONS; k++) {
    const width = GOLDEN * (to - from)
    if (of(to - width) < of(from + width)) to = from + width
    else from = to - width
  }
  return (from + to) / 2
}
