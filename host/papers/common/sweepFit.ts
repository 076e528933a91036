import { kineticsPoints, thermalVoltage_V } from "../../analysis/exchangeCurrent/kinetics"
import { sweeps } from "../../analysis/voltammetry"
import { requireOf } from "../../cell"
import type { RunResult } from "../paper"

/** What a sweep of a symmetric cell tells of both its electrodes. */
export interface SweepFit {
  /** i₀ of one electrode. */
  exchangeCurrent_mA_per_cm2: number
  /** Of the whole cell: electrolyte and contacts. */
  resistance_ohm_cm2: number
  /** Of the voltage, root mean square. */
  residue_V: number
}

/** The temperature that a cell's file does not give. */
const ROOM_degC = 25
/** Within which i₀ is sought, mA cm⁻². */
const LEAST = 1e-5
const MOST = 1e3
/** Of ln i₀. */
const PRECISION = 1e-6
const GOLDEN = (Math.sqrt(5) - 1) / 2

/**
 * Exchange current and resistance that together fit a run's first sweep best, by least squares of the voltage:
 *
 *     V = i·R + (4RT/F)·asinh(i ÷ 2i₀)
 *
 * two alike electrodes of Butler–Volmer kinetics with α = ½. For cells whose resistance no pulse tells, because
 * their interfaces answer within a reading. Where the sweep stays in the straight part about 0 V, i₀ and R cannot be
 * told apart: look at how far the voltage goes beyond 100 mV.
 */
export function sweepFit(result: RunResult): SweepFit | undefined {
  const { cell } = result
  const area_cm2 = requireOf(cell, "area_cm2", "mA cm⁻²")
  const temperature_degC = cell.temperature_degC ?? ROOM_degC
  const [sweep] = sweeps(result.records())
  if (sweep === undefined) return undefined
  const points = kineticsPoints(sweep.records, { area_cm2, temperature_degC, resistance_ohm: 0 })
  if (points.length < 10) return undefined
  const currents = points.map((one) => one.currentDensity_mA_per_cm2)
  const voltages_V = points.map((one) => 2 * one.overpotential_V)
  const scale_V = 4 * thermalVoltage_V(temperature_degC)
  const fitted = (i0: number) => withResistance(currents, voltages_V, i0, scale_V)
  const best = lowest((at) => fitted(Math.exp(at)).residue_V, Math.log(LEAST), Math.log(MOST))
  return fitted(Math.exp(best))
}

/** The resistance that fits best with an exchange current. */
function withResistance(
  currents: readonly number[],
  voltages_V: readonly number[],
  i0: number,
  scale_V: number,
): SweepFit {
  const rest_V = voltages_V.map(
    (voltage_V, k) => voltage_V - scale_V * Math.asinh(currents[k] / (2 * i0)),
  )
  let iv = 0
  let ii = 0
  currents.forEach((current, k) => {
    iv += current * rest_V[k]
    ii += current * current
  })
  const slope = Math.max(0, iv / ii)
  const squares = currents.reduce((sum, current, k) => sum + (rest_V[k] - slope * current) ** 2, 0)
  return {
    exchangeCurrent_mA_per_cm2: i0,
    resistance_ohm_cm2: 1000 * slope,
    residue_V: Math.sqrt(squares / currents.length),
  }
}

/** Where a function of one valley is lowest: golden section. */
function lowest(of: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to]
  let left = high - GOLDEN * (high - low)
  let right = low + GOLDEN * (high - low)
  let [atLeft, atRight] = [of(left), of(right)]
  while (high - low > PRECISION) {
    if (atLeft < atRight) {
      ;[high, right, atRight] = [right, left, atLeft]
      left = high - GOLDEN * (high - low)
      atLeft = of(left)
    } else {
      ;[low, left, atLeft] = [left, right, atRight]
      right = low + GOLDEN * (high - low)
      atRight = of(right)
    }
  }
  return (low + high) / 2
}
