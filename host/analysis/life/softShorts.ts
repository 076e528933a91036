import type { Records } from "../../records"
import type { CycleEfficiency } from "../coulombicEfficiency"
import type { CycleRow } from "../cycles"
import { isSameRate } from "../rateCapability"
import { iterateSteps } from "../steps"
import type { ShortSign } from "./shortSign"

// What each sign takes to be one, unless the caller has another: rules of thumb, of no paper.
const DROP = 0.3
const FLAT_V = 1e-3
const HIGHEST_EFFICIENCY = 1.02

/**
 * Soft shorts by the plateau: each cycle whose 2η is more than `drop` below that of the cycle before, both at one
 * current to within 5 %. The drop is a sign, no proof: a surface that roughens in its first cycles may drop so, too. And a
 * cell can be softly shorted without one: Menkin et al. 2023, 10.1039/d3fd00101f.
 */
export function plateauDrops(rows: readonly CycleRow[], drop = DROP): ShortSign[] {
  const found: ShortSign[] = []
  for (let i = 1; i < rows.length; i++) {
    const [before, now] = [rows[i - 1], rows[i]]
    if (now.hysteresis_V === undefined || before.hysteresis_V === undefined) continue
    const limit = (1 - drop) * before.hysteresis_V
    if (now.cycle !== before.cycle + 1 || !(now.hysteresis_V < limit)) continue
    const isAlike =
      isAtOneRate(now.plating?.current_A, before.plating?.current_A) &&
      isAtOneRate(now.stripping?.current_A, before.stripping?.current_A)
    if (!isAlike) continue
    const { cycle, start_s: time_s, hysteresis_V: value } = now
    found.push({ kind: "plateauDrop", cycle, time_s, value, limit })
  }
  return found
}

function isAtOneRate(now_A: number | undefined, before_A: number | undefined): boolean {
  return now_A !== undefined && before_A !== undefined && isSameRate(now_A, before_A)
}

/**
 * Soft shorts by the rest: each rest that ends below `below_V`. For cells that have an open-circuit voltage only: a
 * symmetric cell, and lithium plated on copper, rest at 0 V. Rests before the first current are not counted.
 */
export function* flatRests(records: Iterable<Records>, below_V = FLAT_V): Generator<ShortSign> {
  let hasDriven = false
  for (const { cycle, stepType, hasLast, length, time_s, voltage_V } of iterateSteps(records)) {
    hasDriven ||= stepType !== "rest"
    if (!hasDriven || stepType !== "rest" || !hasLast) continue
    const value = Math.abs(voltage_V[length - 1])
    if (value < below_V)
      yield { kind: "flatRest", cycle, time_s: time_s[length - 1], value, limit: below_V }
  }
}

/**
 * Soft shorts by the charge: each cycle whose Coulombic efficiency is above `above`. In a cell that is charged, a short
 * makes the efficiency low; above 102 % more came out than any lithium that was plated can give.
 * @param rows tell when each cycle began
 */
export function efficienciesAbove(
  rows: readonly CycleRow[],
  efficiencies: readonly CycleEfficiency[],
  above = HIGHEST_EFFICIENCY,
): ShortSign[] {
  const startOf = new Map(rows.map(({ cycle, start_s }) => [cycle, start_s]))
  return efficiencies.flatMap(({ cycle, efficiency }) => {
    const time_s = startOf.get(cycle)
    if (time_s === undefined || efficiency === undefined || !(efficiency > above)) return []
    return [{ kind: "efficiencyAbove" as const, cycle, time_s, value: efficiency, limit: above }]
  })
}
