import type { Difference } from "./compare"
import { mean, quantile } from "./statistics"
import type { TrialResult } from "./trial"

/** What was measured against what is required. */
export interface Bar {
  what: string
  measured: string
  required: string
  isMet: boolean
}

const PERIOD_P99_ms = 120
const BUSY = 0.6
/** A program that is awake for more than this never sleeps, by design: then its work is what is between bus accesses. */
const SLEEPLESS = 0.95
const RESTART_ms = 5000
/** A control loop that misses two periods has lost its timer. */
const LOST_TIMER_ms = 300
/** What a script may hold more at the end than at the start: less than its smallest leak a minute. */
const HEAP_GROWTH_bytes = 64
/** Minutes at the start and at the end of the quiet time whose least use is compared. */
const HEAP_MINUTES = 5

export function bars(result: TrialResult, differences: readonly Difference[]): Bar[] {
  const { periods_ms, restart_ms, quiet } = result
  const p99_ms = quantile(periods_ms, 0.99)
  const worst_ms = Math.max(...quiet.periods_ms)
  const lost = quiet.periods_ms.filter((period_ms) => period_ms > LOST_TIMER_ms).length
  const outside = differences.filter((one) => !one.isWithin)
  return [
    bar(
      "control period of four channels: 99th percentile",
      `${p99_ms.toFixed(1)} ms (mean ${mean(periods_ms).toFixed(2)}, worst ${Math.max(...periods_ms).toFixed(1)})`,
      `< ${PERIOD_P99_ms} ms`,
      p99_ms < PERIOD_P99_ms,
    ),
    busyBar(result.shares),
    bar(
      "from reset to the current again",
      `${(restart_ms / 1000).toFixed(2)} s`,
      `< ${RESTART_ms / 1000} s`,
      restart_ms < RESTART_ms,
    ),
    bar(
      `timers lost in ${quiet.heap_bytes.length} minutes without USB`,
      `${lost} (longest period ${worst_ms.toFixed(1)} ms)`,
      "0",
      lost === 0,
    ),
    heapBar(quiet.heap_bytes),
    bar(
      "cycle table against the VM's, same seed",
      outside.length === 0
        ? `${differences.length} numbers alike`
        : `${outside.length} of ${differences.length} differ`,
      "within noise",
      outside.length === 0,
    ),
  ]
}

function busyBar(shares: TrialResult["shares"]): Bar {
  const required = `< ${100 * BUSY} %`
  if (shares === undefined) return bar("CPU", "unknown", required, false)
  const { awake, worked } = shares
  const isSleepless = awake > SLEEPLESS
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`
  return bar(
    isSleepless ? "CPU, between bus accesses (it never sleeps)" : "CPU, time not in WFI or WFE",
    `${percent(isSleepless ? worked : awake)} (awake ${percent(awake)}, between bus accesses ${percent(worked)})`,
    required,
    (isSleepless ? worked : awake) < BUSY,
  )
}

/** What the script holds after its first minutes, and after its last. */
function heapBar(held: readonly (number | undefined)[]): Bar {
  const known = held.filter((bytes): bytes is number => bytes !== undefined)
  const first = Math.min(...known.slice(0, HEAP_MINUTES))
  const last = Math.min(...known.slice(-HEAP_MINUTES))
  return bar(
    "heap held, at the start and the end of that",
    known.length === 0 ? "unknown" : `${first} and ${last} bytes`,
    "flat",
    known.length > 0 && known.length === held.length && last - first <= HEAP_GROWTH_bytes,
  )
}

function bar(what: string, measured: string, required: string, isMet: boolean): Bar {
  return { what, measured, required, isMet }
}
