import type { CycleRow } from "./cycles"
import { meanOf } from "./mean"

/** A number of a cycle; undefined where the records do not tell it. */
export type OfCycle = (row: CycleRow) => number | undefined

/**
 * η of a cycle, V: the mean of the overpotentials of its plating and its stripping half. Without an offset of the
 * voltage it is half the hysteresis. Definition of each: `overpotential_V`.
 */
export function cycleOverpotential_V({ plating, stripping }: CycleRow): number | undefined {
  return meanOf([plating?.overpotential_V, stripping?.overpotential_V])
}

/** The row of a cycle; undefined where it drove no current, or is not there. */
export function atCycle(rows: readonly CycleRow[], cycle: number): CycleRow | undefined {
  return rows.find((row) => row.cycle === cycle)
}

/**
 * The cycle that ran `elapsed_s` after the test's first current, and at the border of two the earlier: where papers
 * print a number "at 400 h". Rests between cycles count as time, a rest before the first cycle does not, and a
 * time in a rest belongs to the cycle before it. Undefined before the first current, after the last one, and
 * between two cycles of which one in between is missing.
 */
export function atTime(rows: readonly CycleRow[], elapsed_s: number): CycleRow | undefined {
  if (rows.length === 0 || !(elapsed_s >= 0)) return undefined
  const time_s = rows[0].start_s + elapsed_s
  if (time_s > rows[rows.length - 1].end_s) return undefined
  const next = rows.findIndex((row) => row.start_s >= time_s)
  const at = next < 0 ? rows.length - 1 : Math.max(0, next - 1)
  const isLost = time_s > rows[at].end_s && rows[at + 1].cycle !== rows[at].cycle + 1
  return isLost ? undefined : rows[at]
}

/**
 * Mean of a number over the cycles `from` … `to`, both counted. Undefined unless every one of them has it: a mean
 * over those that happen to be there would be one over another range.
 * @throws RangeError when the range is not two whole numbers in order
 */
export function meanOver(
  rows: readonly CycleRow[],
  from: number,
  to: number,
  value: OfCycle,
): number | undefined {
  if (!Number.isInteger(from) || !Number.isInteger(to) || from > to)
    throw new RangeError(`cycles ${from} … ${to}: give the first and the last, in order.`)
  const inside = rows.filter(({ cycle }) => cycle >= from && cycle <= to)
  return inside.length === to - from + 1 ? meanOf(inside.map(value)) : undefined
}
