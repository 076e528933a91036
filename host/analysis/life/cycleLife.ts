import type { CycleEfficiency } from "../coulombicEfficiency"
import type { CycleRow } from "../cycles"
import { type FailureCriterion, type Judged, judged } from "./criterion"

/** How long a cell lived. */
export interface Life {
  /** Cycles that were whole before it ended. */
  cycles: number
  /** Time from the test's first current on, s; rests and pauses after that counted. */
  life_s: number
}

/** How long a cell lived by one criterion. */
export interface CycleLife extends Life {
  criterion: FailureCriterion
  /** The first bad cycle, and the test time at which it began; undefined as long as there was none. */
  failed: Failure | undefined
  /** It had not failed when the records end, however the test did: the cell lives longer than `cycles`, `life_s`. */
  isLowerBound: boolean
}

export interface Failure {
  cycle: number
  time_s: number
  /** What the criterion looks at, and the limit that it passed: V or a ratio. */
  value: number
  limit: number
}

/**
 * Cycle life by a stated criterion, in cycles and in time: up to the beginning of the first bad cycle, where a
 * criterion wants several in a row up to the first of these. A cycle of which the records do not tell is neither good
 * nor bad, and ends a row. That a protocol ended is no failure: then both numbers are lower bounds, as they are while
 * the test runs. Undefined where the criterion cannot be judged, and without a cycle.
 *
 * A half-cycle that a cutoff ends within moments has no η: add "voltageAbove" for cells that go that way.
 * @param rows what `cycleRows` gives
 * @param efficiencies by the definition of the cell's type; "efficiencyBelow" needs them
 */
export function cycleLife(
  rows: readonly CycleRow[],
  criterion: FailureCriterion,
  efficiencies?: readonly CycleEfficiency[],
): CycleLife | undefined {
  const look = judged(criterion, rows, efficiencies)
  if (look === undefined || rows.length === 0) return undefined
  const failed = firstFailure(rows, look)
  if (failed !== undefined)
    return { criterion, failed, ...lifeUntil(rows, failed), isLowerBound: false }
  return { criterion, failed, ...lifeSoFar(rows), isLowerBound: true }
}

/** How long a cell lived until something happened in a cycle, at a test time. */
export function lifeUntil(
  rows: readonly CycleRow[],
  { cycle, time_s }: { cycle: number; time_s: number },
): Life {
  const [first] = rows
  if (first === undefined) return { cycles: 0, life_s: 0 }
  return {
    cycles: Math.max(0, cycle - first.cycle),
    life_s: Math.max(0, time_s - first.start_s),
  }
}

/** How long it has lived by the last whole cycle. */
export function lifeSoFar(rows: readonly CycleRow[]): Life {
  const whole = rows.filter(({ complete }) => complete).at(-1)
  if (whole === undefined) return { cycles: 0, life_s: 0 }
  return lifeUntil(rows, { cycle: whole.cycle + 1, time_s: whole.end_s })
}

function firstFailure(rows: readonly CycleRow[], look: Judged): Failure | undefined {
  const { limit, isBadAbove, inARow } = look
  let bad: Failure[] = []
  for (const row of rows) {
    const value = look.value(row)
    const isBad = value !== undefined && (isBadAbove ? value > limit : value < limit)
    if (!isBad) bad = []
    else bad.push({ cycle: row.cycle, time_s: row.start_s, value, limit })
    if (bad.length > 0 && bad.length >= inARow) return bad[0]
  }
  return undefined
}
