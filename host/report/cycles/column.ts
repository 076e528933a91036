import type { CycleEfficiency } from "../../analysis/coulombicEfficiency"
import type { CycleRow } from "../../analysis/cycles"
import { ABSENT } from "../alignedTable"

/** All that is known of one cycle. */
export interface CycleResult {
  cycle: number
  row: CycleRow
  /** By the definition of the cell's type; undefined for a type that has none. */
  efficiency: CycleEfficiency | undefined
  /** Discharge capacity ÷ that of the cycle that others are compared to. */
  retention: number | undefined
}

/** What charges can be divided by; the cell's file gives it or nothing does. */
export interface Normalisers {
  area_cm2?: number
  active_mass_mg?: number
}

/** One number of each cycle. */
export interface CycleColumn {
  /** Its name in JSON, with the unit of `value`. */
  key: string
  /** What it is, in words. */
  title: string
  /** Quantity, direction or unit, unit, as a text table shows it. */
  head: readonly [string, string, string]
  /** Stands close to the column before it. */
  isJoined?: boolean
  value: (result: CycleResult, by: Normalisers) => number | undefined
  /** The value in the unit of the head. */
  text: (value: number) => string
  definition: string
  /** Without which there is no such column. */
  needs?: keyof Normalisers
}

/** A number of a cycle as a table shows it. */
export function cell(column: CycleColumn, result: CycleResult, by: Normalisers): string {
  const value = column.value(result, by)
  return value === undefined ? ABSENT : column.text(value)
}

/** Charges keep five digits, as the board's integral deserves. */
export function milliDigits(value: number): string {
  return digits(1000 * value)
}

export function digits(value: number): string {
  return value.toPrecision(5).replace("-", "−")
}

/** Noise of 20 µV averages out over a plateau, so hundredths of a millivolt still mean something. */
export function inMillivolt(value_V: number): string {
  return fixed(1000 * value_V, 2)
}

export function inVolt(value_V: number): string {
  return fixed(value_V, 4)
}

/** Of a ratio, with as many places as the charges allow. */
export function inPercent(ratio: number): string {
  return fixed(100 * ratio, 3)
}

export function inHours(value_s: number): string {
  return fixed(value_s / 3600, 3)
}

function fixed(value: number, places: number): string {
  return value.toFixed(places).replace("-", "−")
}
