import type { CycleRow, HalfCycleRow } from "../../host/analysis/cycles"
import { PERIOD_ms } from "./trial"

/** A mean of voltages, of a few records: what the converters' noise, and where the records fall, may do to it. */
const VOLTAGE_TOLERANCE_V = 0.1e-3
/** A half-cycle ends with the control period in which its charge is reached. */
const PERIODS = 1
/** And the current is regulated by its measurement. */
const CHARGE_TOLERANCE = 1e-4

export interface Difference {
  channel: number
  cycle: number
  quantity: string
  one: number
  other: number
  tolerance: number
  isWithin: boolean
}

/** Two boards' tables of the same cells, cell by cell. */
export function compareTables(
  one: CycleRow[][],
  other: CycleRow[][],
  currents_mA: readonly number[],
): Difference[] {
  return one.flatMap((rows, channel) => {
    const others = other[channel] ?? []
    const count: Difference = difference(channel, 0, "cycles", rows.length, others.length, 0)
    const pairs = rows.slice(0, others.length).map((row, i) => [row, others[i]] as const)
    return [count, ...pairs.flatMap(([a, b]) => compareRows(channel, a, b, currents_mA[channel]))]
  })
}

function compareRows(channel: number, a: CycleRow, b: CycleRow, current_mA: number): Difference[] {
  const half = (name: string, x: HalfCycleRow | undefined, y: HalfCycleRow | undefined) => [
    difference(
      channel,
      a.cycle,
      `${name}, mAh`,
      x?.charge_mAh,
      y?.charge_mAh,
      (PERIODS * PERIOD_ms * current_mA) / 3.6e6 + CHARGE_TOLERANCE * (y?.charge_mAh ?? 0),
    ),
    difference(
      channel,
      a.cycle,
      `${name} η, V`,
      x?.overpotential_V,
      y?.overpotential_V,
      VOLTAGE_TOLERANCE_V,
    ),
  ]
  return [
    ...half("plated", a.plating, b.plating),
    ...half("stripped", a.stripping, b.stripping),
    difference(channel, a.cycle, "2η, V", a.hysteresis_V, b.hysteresis_V, 2 * VOLTAGE_TOLERANCE_V),
  ]
}

function difference(
  channel: number,
  cycle: number,
  quantity: string,
  one = Number.NaN,
  other = Number.NaN,
  tolerance = 0,
): Difference {
  const isWithin = Math.abs(one - other) <= tolerance
  return { channel, cycle, quantity, one, other, tolerance, isWithin }
}
