import { cycleTable } from "../../../host/analysis/cycles"
import type { Sample } from "../../../host/sample"
import { recordsOf } from "../recordsOf"
import { record, type SyntheticStep } from "../synthetic"

/** A cycle of a synthetic test. */
export interface AgingCycle {
  /** |V| of both halves. */
  eta_V?: number
  /** Of both halves, 1 mA unless given. */
  current_A?: number
  /** Discharged ÷ charged. */
  efficiency?: number
}

/** Half an hour of rest, then an hour in each direction, and 10 min of rest after each cycle. */
export function aging(cycles: AgingCycle[], rest_V = 0): Sample[] {
  const rest = (cycle: number): SyntheticStep => ({
    cycle,
    current_A: 0,
    duration_s: 600,
    voltage_V: () => rest_V,
  })
  return record([
    { ...rest(1), duration_s: 1800 },
    ...cycles.flatMap(({ eta_V = 0.02, current_A = 1e-3, efficiency = 1 }, n) => [
      { cycle: n + 1, current_A, duration_s: 3600, voltage_V: () => eta_V },
      {
        cycle: n + 1,
        current_A: -current_A,
        duration_s: 3600 * efficiency,
        voltage_V: () => -eta_V,
      },
      rest(n + 1),
    ]),
  ])
}

export const rowsOf = (samples: Sample[]) => cycleTable(recordsOf(samples))
