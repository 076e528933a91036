import type { Records } from "../records"
import { iterateSteps } from "./steps"

/** One sweep of a voltage scan: of cyclic voltammetry there are two in a cycle, of a linear sweep there is one. */
export interface Sweep {
  cycle: number
  stepCount: number
  /** Test time of its first record. */
  start_s: number
  /** Measured voltages of its first and its last record. */
  from_V: number
  to_V: number
  /** Mean of what was measured, signed: below what was asked for where the current limit held it back. */
  rate_V_per_s: number
  /** Highest and lowest current, and where: of a cell without peaks at the ends. */
  highest: Response
  lowest: Response
  records: Records
}

/** A current and the voltage at which it was read, of one record. */
export interface Response {
  voltage_V: number
  current_A: number
}

/** The sweeps of one test that have their first and last record, in order, in a single pass. */
export function* sweeps(records: Iterable<Records>): Generator<Sweep> {
  for (const step of iterateSteps(records)) {
    const last = step.length - 1
    if (step.stepType !== "scan" || !step.hasFirst || !step.hasLast || last < 1) continue
    const { cycle, stepCount, time_s, voltage_V } = step
    yield {
      cycle,
      stepCount,
      start_s: time_s[0],
      from_V: voltage_V[0],
      to_V: voltage_V[last],
      rate_V_per_s: (voltage_V[last] - voltage_V[0]) / (time_s[last] - time_s[0]),
      ...extremes(step),
      records: step,
    }
  }
}

/** A record further than this from a voltage does not stand for it, V. */
const NEAR_V = 1e-3

/**
 * Current response of a sweep at a stated voltage, A: that of the record nearest to it, not interpolated. Undefined
 * where no record lies within `near_V`. Compare sweeps of one direction and rate only: at another rate the charging
 * current is another.
 */
export function responseAt(
  { records: { length, voltage_V, current_A } }: Sweep,
  at_V: number,
  near_V = NEAR_V,
): Response | undefined {
  let nearest = 0
  for (let i = 1; i < length; i++)
    if (Math.abs(voltage_V[i] - at_V) < Math.abs(voltage_V[nearest] - at_V)) nearest = i
  if (!(Math.abs(voltage_V[nearest] - at_V) <= near_V)) return undefined
  return { voltage_V: voltage_V[nearest], current_A: current_A[nearest] }
}

/**
 * Peak-to-peak current of one cycle of cyclic voltammetry, A: highest minus lowest current over its sweeps.
 * Undefined unless the cycle has a sweep in either direction.
 */
export function peakToPeak_A(all: Iterable<Sweep>, cycle: number): number | undefined {
  const inCycle = [...all].filter((sweep) => sweep.cycle === cycle)
  const isCycle =
    inCycle.some(({ rate_V_per_s }) => rate_V_per_s > 0) &&
    inCycle.some(({ rate_V_per_s }) => rate_V_per_s < 0)
  if (!isCycle) return undefined
  const highest_A = Math.max(...inCycle.map(({ highest }) => highest.current_A))
  const lowest_A = Math.min(...inCycle.map(({ lowest }) => lowest.current_A))
  return highest_A - lowest_A
}

function extremes({ length, voltage_V, current_A }: Records): {
  highest: Response
  lowest: Response
} {
  let high = 0
  let low = 0
  for (let i = 1; i < length; i++) {
    if (current_A[i] > current_A[high]) high = i
    if (current_A[i] < current_A[low]) low = i
  }
  return {
    highest: { voltage_V: voltage_V[high], current_A: current_A[high] },
    lowest: { voltage_V: voltage_V[low], current_A: current_A[low] },
  }
}
