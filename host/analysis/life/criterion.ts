import type { CycleEfficiency } from "../coulombicEfficiency"
import type { CycleRow } from "../cycles"
import { atCycle, cycleOverpotential_V } from "../overCycles"
import { retentions } from "../retention"

/** When a cell counts as failed. Papers seldom say; a life without its criterion means little. */
export type FailureCriterion =
  /** η of a cycle above so many times that of the reference cycle; cycles before that are not judged. */
  | { kind: "overpotentialGrowth"; times: number; reference: number }
  /** η of either half of a cycle above a limit. */
  | { kind: "overpotentialAbove"; limit_V: number }
  /** |V| along the current above a limit at any moment: set it at, or just below, a protocol's voltage cutoff. */
  | { kind: "voltageAbove"; limit_V: number }
  /** Coulombic efficiency below a ratio in so many cycles in a row. */
  | { kind: "efficiencyBelow"; ratio: number; cycles: number }
  /** Discharge capacity below a part of that of the reference cycle, in a cycle after it. */
  | { kind: "retentionBelow"; ratio: number; reference: number }

/** What is usual in the field, where nothing else is said. */
export const USUAL_CRITERIA = {
  overpotentialGrowth: { kind: "overpotentialGrowth", times: 2, reference: 10 },
  efficiencyBelow: { kind: "efficiencyBelow", ratio: 0.8, cycles: 3 },
  retentionBelow: { kind: "retentionBelow", ratio: 0.8, reference: 1 },
} as const satisfies Record<string, FailureCriterion>

/** What a criterion looks at, cycle by cycle. */
export interface Judged {
  /** Above which, or below which, a cycle is bad: V or a ratio. */
  limit: number
  isBadAbove: boolean
  /** So many bad ones in a row are a failure. */
  inARow: number
  /** Undefined where the records do not tell it, and where the cycle is not judged. */
  value: (row: CycleRow) => number | undefined
}

/**
 * What a criterion looks at. Undefined where it cannot be judged: the reference cycle has no value, or there are no
 * efficiencies.
 */
export function judged(
  criterion: FailureCriterion,
  rows: readonly CycleRow[],
  efficiencies: readonly CycleEfficiency[] | undefined,
): Judged | undefined {
  switch (criterion.kind) {
    case "overpotentialGrowth":
      return growth(criterion.times, criterion.reference, rows)
    case "overpotentialAbove":
      return above(criterion.limit_V, (row) => [
        row.plating?.overpotential_V,
        row.stripping?.overpotential_V,
      ])
    case "voltageAbove":
      return above(criterion.limit_V, (row) => [row.plating?.highest_V, row.stripping?.highest_V])
    case "efficiencyBelow": {
      if (efficiencies === undefined) return undefined
      const { ratio, cycles } = criterion
      const byCycle = new Map(efficiencies.map((one) => [one.cycle, one.efficiency]))
      const value = ({ cycle }: CycleRow) => byCycle.get(cycle)
      return { limit: ratio, isBadAbove: false, inARow: cycles, value }
    }
    case "retentionBelow":
      return below(criterion.ratio, criterion.reference, rows)
  }
}

function growth(times: number, reference: number, rows: readonly CycleRow[]): Judged | undefined {
  const first = atCycle(rows, reference)
  const first_V = first && cycleOverpotential_V(first)
  if (first_V === undefined) return undefined
  const value = (row: CycleRow) => (row.cycle > reference ? cycleOverpotential_V(row) : undefined)
  return { limit: times * first_V, isBadAbove: true, inARow: 1, value }
}

function above(limit_V: number, values: (row: CycleRow) => (number | undefined)[]): Judged {
  const value = (row: CycleRow) => {
    const known_V = values(row).filter((one) => one !== undefined)
    return known_V.length > 0 ? Math.max(...known_V) : undefined
  }
  return { limit: limit_V, isBadAbove: true, inARow: 1, value }
}

function below(ratio: number, reference: number, rows: readonly CycleRow[]): Judged | undefined {
  const all = retentions(rows, reference)
  if (all === undefined) return undefined
  const byCycle = new Map(all.map((one) => [one.cycle, one.retention]))
  const value = ({ cycle }: CycleRow) => (cycle > reference ? byCycle.get(cycle) : undefined)
  return { limit: ratio, isBadAbove: false, inARow: 1, value }
}
