import { type HalfCycle, iterateHalfCycles } from "../analysis/halfCycles"
import type { Records } from "../records"

/** What a figure must know of a test before it can be drawn. */
export interface Survey {
  /** Time of the last record; 0 without one. */
  end_s: number
  lowest_V: number
  highest_V: number
  /** The interval in which half of the test's time lies: the usual one, not the mean; 0 without records. */
  usualInterval_s: number
  /** The first half-cycle that plates at constant current. */
  firstPlating: HalfCycle | undefined
}

/**
 * Surveys a test in one pass, holding one step of it at a time.
 * @param platingSign of the current that plates
 */
export function survey(records: Iterable<Records>, platingSign: 1 | -1 = 1): Survey {
  const extent = new Extent()
  let firstPlating: HalfCycle | undefined
  for (const half of iterateHalfCycles(extent.watch(records)))
    if (half.sign === platingSign && half.stepType === "constant_current") firstPlating ??= half
  const { end_s, lowest_V, highest_V } = extent
  return { end_s, lowest_V, highest_V, usualInterval_s: extent.usualInterval_s(), firstPlating }
}

class Extent {
  end_s = 0
  lowest_V = Number.POSITIVE_INFINITY
  highest_V = Number.NEGATIVE_INFINITY
  /** How often each interval occurs, in whole ms, as the board counts. */
  private readonly intervals = new Map<number, number>()

  private add({ length, time_s, voltage_V }: Records, before_s: number): void {
    let run_ms = 0
    let run = 0
    for (let i = 0; i < length; i++) {
      this.lowest_V = Math.min(this.lowest_V, voltage_V[i])
      this.highest_V = Math.max(this.highest_V, voltage_V[i])
      const interval_ms = Math.round(1000 * (time_s[i] - (i > 0 ? time_s[i - 1] : before_s)))
      // Mostly the same again and again: the map is asked for each change only.
      if (interval_ms !== run_ms) {
        this.count(run_ms, run)
        run_ms = interval_ms
        run = 0
      }
      run++
    }
    this.count(run_ms, run)
  }

  *watch(records: Iterable<Records>): Generator<Records> {
    let before_s: number | undefined
    for (const batch of records) {
      this.add(batch, before_s ?? batch.time_s[0])
      before_s = batch.time_s[batch.length - 1]
      this.end_s = before_s
      yield batch
    }
  }

  private count(interval_ms: number, times: number): void {
    this.intervals.set(interval_ms, (this.intervals.get(interval_ms) ?? 0) + times)
  }

  usualInterval_s(): number {
    const sorted = [...this.intervals].sort(([a], [b]) => a - b)
    const total_ms = sorted.reduce((sum, [interval_ms, times]) => sum + interval_ms * times, 0)
    let below_ms = 0
    for (const [interval_ms, times] of sorted) {
      below_ms += interval_ms * times
      if (below_ms >= total_ms / 2) return interval_ms / 1000
    }
    return 0
  }
}
