import type { RunningBoard } from "./boards"
import type { Listener } from "./listener"
import type { LoggedPage } from "./truth"

/** How long until whoever listens at the broker has it, in ms, sorted. */
export interface Latencies {
  /** From each reading on the topic `live` until it came. */
  readings_ms: Float64Array
  /** From each recorded point until a reading came that is as new, or newer. */
  samples_ms: Float64Array
  /** From each recorded point until it came itself, with its page. */
  records_ms: Float64Array
  /** Recorded points after which no reading came. */
  unheard: number
}

/** A reading's test time is told in ms; the point's is that of the same control period. */
const SAME_s = 0.0005

/**
 * By the boards' clocks, which began when they were powered and are 30 ppm wrong at most: 20 ms in ten minutes.
 * Points of the stretch of time alone, by the wall's clock.
 */
export function latencies(
  boards: readonly RunningBoard[],
  pages: readonly LoggedPage[],
  listener: Listener,
  from_unix_ms: number,
  to_unix_ms: number,
): Latencies {
  const readings: number[] = []
  const samples: number[] = []
  const records: number[] = []
  let unheard = 0
  const isIn = (at_unix_ms: number) => at_unix_ms >= from_unix_ms && at_unix_ms < to_unix_ms
  const byChannel = grouped(pages)
  for (const { id, began_unix_ms } of boards)
    for (const [key, own] of byChannel) {
      if (!key.startsWith(id)) continue
      const live = listener.live.get(key) ?? { time_s: [], heard_unix_ms: [] }
      const [{ boardTime_ms, testTime_ms }] = own[0].points
      // The tests are never paused, so test time and board time run alike.
      const test_unix_ms = began_unix_ms + boardTime_ms - testTime_ms
      live.time_s.forEach((time_s, i) => {
        const at_unix_ms = test_unix_ms + 1000 * time_s
        if (isIn(at_unix_ms)) readings.push(live.heard_unix_ms[i] - at_unix_ms)
      })
      let next = 0
      for (const { board, sequence, points } of own.sort((a, b) => a.sequence - b.sequence)) {
        const page = listener.pages.get(`${board}/1/${sequence}`)
        for (const point of points) {
          const at_unix_ms = test_unix_ms + point.testTime_ms
          if (!isIn(at_unix_ms)) continue
          if (page !== undefined) records.push(page.heard_unix_ms - at_unix_ms)
          while (live.time_s[next] < point.testTime_ms / 1000 - SAME_s) next++
          if (next === live.time_s.length) unheard++
          else samples.push(live.heard_unix_ms[next] - at_unix_ms)
        }
      }
    }
  const sorted = (all: number[]) => Float64Array.from(all).sort()
  return {
    readings_ms: sorted(readings),
    samples_ms: sorted(samples),
    records_ms: sorted(records),
    unheard,
  }
}

function grouped(pages: readonly LoggedPage[]): Map<string, LoggedPage[]> {
  const all = new Map<string, LoggedPage[]>()
  for (const page of pages) {
    const key = `${page.board}/${page.channel}`
    const own = all.get(key) ?? []
    all.set(key, own)
    own.push(page)
  }
  return all
}

/** @param sorted not empty */
export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
}
