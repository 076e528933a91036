import type { CycleRow } from "./cycles"
import { meanOf } from "./mean"

/** Cycles in a row at one discharge current. */
export interface RateStep {
  /** Mean discharge current of the first of them. */
  current_A: number
  /** First and last cycle, both counted. */
  from: number
  to: number
  /** Discharge capacity of the first, of the last, and the mean of all; undefined where not all is known. */
  first_mAh: number | undefined
  last_mAh: number | undefined
  mean_mAh: number | undefined
  /** Mean 2η of all, for symmetric cells. */
  hysteresis_V: number | undefined
  rows: CycleRow[]
}

/** Currents further apart than this are two rates. */
const SAME_RATE = 0.05

/**
 * Rate capability: the cycles of a test in groups of one discharge current, to within 5 %, in the order in which
 * they ran, so that a return to the first rate is a group of its own. A cycle that did not discharge belongs to
 * none; the test's last cycle, while it is incomplete, is left out. Papers print the mean or the last cycle of a
 * step: both are here (10.1002/adfm.202009712 and 10.1002/aenm.202400202 do not say which).
 */
export function rateCapability(rows: Iterable<CycleRow>): RateStep[] {
  const groups: CycleRow[][] = []
  const all = [...rows]
  if (all.at(-1)?.complete === false) all.pop()
  for (const row of all) {
    const now_A = row.stripping?.current_A
    if (now_A === undefined) continue
    const before_A = groups.at(-1)?.[0].stripping?.current_A
    if (before_A !== undefined && isSameRate(now_A, before_A)) groups[groups.length - 1].push(row)
    else groups.push([row])
  }
  return groups.flatMap((group) => {
    const current_A = group[0].stripping?.current_A
    return current_A === undefined ? [] : [rateStep(current_A, group)]
  })
}

/** Whether two currents are one rate, to within 5 % of the second. */
export function isSameRate(now_A: number, before_A: number): boolean {
  return Math.abs(now_A - before_A) <= SAME_RATE * before_A
}

function rateStep(current_A: number, rows: CycleRow[]): RateStep {
  const capacities_mAh = rows.map((row) => (row.isChargeKnown ? row.negative_mAh : undefined))
  return {
    current_A,
    from: rows[0].cycle,
    to: rows[rows.length - 1].cycle,
    first_mAh: capacities_mAh[0],
    last_mAh: capacities_mAh[rows.length - 1],
    mean_mAh: meanOf(capacities_mAh),
    hysteresis_V: meanOf(rows.map((row) => row.hysteresis_V)),
    rows,
  }
}
