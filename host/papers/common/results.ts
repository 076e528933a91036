import { atCycle, cycleOverpotential_V, meanOver } from "../../analysis/overCycles"
import { retentions } from "../../analysis/retention"
import { requireOf } from "../../cell"
import type { RunResult } from "../paper"

export type Results = ReadonlyMap<string, RunResult>

/** The result of a run that a row names: a row that reads another one has a bug. */
export function resultOf(results: Results, { key }: { key: string }): RunResult {
  const result = results.get(key)
  if (result === undefined) throw new Error(`run ${key} is not among those of the row`)
  return result
}

/** A number times a factor, where it is known. */
export function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor
}

/** How many cycles are whole. */
export function wholeCycles(result: RunResult): number {
  return result.cycles().filter(({ complete }) => complete).length
}

/** η of a cycle of a symmetric cell, mV. */
export function overpotential_mV(result: RunResult, cycle: number): number | undefined {
  const row = atCycle(result.cycles(), cycle)
  return row && scaled(cycleOverpotential_V(row), 1000)
}

/** Mean η of the cycles `from` … `to`, mV. */
export function meanOverpotential_mV(
  result: RunResult,
  from: number,
  to: number,
): number | undefined {
  return scaled(meanOver(result.cycles(), from, to, cycleOverpotential_V), 1000)
}

/** 2η of a cycle of a symmetric cell, mV. */
export function hysteresis_mV(result: RunResult, cycle: number): number | undefined {
  return scaled(atCycle(result.cycles(), cycle)?.hysteresis_V, 1000)
}

/** Discharge capacity of a cycle, mAh per gram of active material. */
export function discharge_mAh_per_g(result: RunResult, cycle: number): number | undefined {
  const row = atCycle(result.cycles(), cycle)
  if (!row?.isChargeKnown) return undefined
  return (1000 * row.negative_mAh) / requireOf(result.cell, "active_mass_mg", "mAh g⁻¹")
}

/** Discharge capacity of a cycle, mAh cm⁻². */
export function discharge_mAh_per_cm2(result: RunResult, cycle: number): number | undefined {
  const row = atCycle(result.cycles(), cycle)
  if (!row?.isChargeKnown) return undefined
  return row.negative_mAh / requireOf(result.cell, "area_cm2", "mAh cm⁻²")
}

/** Discharge capacity of a cycle by that of a reference cycle, %. */
export function retention_percent(
  result: RunResult,
  cycle: number,
  reference: number,
): number | undefined {
  const all = retentions(result.cycles(), reference)
  return scaled(all?.find((one) => one.cycle === cycle)?.retention, 100)
}

/** Time since the test's first current at the end of a cycle, h; undefined while that cycle is not whole. */
export function hoursTo(result: RunResult, cycle: number): number | undefined {
  const rows = result.cycles()
  const row = atCycle(rows, cycle)
  return row?.complete ? (row.end_s - rows[0].start_s) / 3600 : undefined
}
