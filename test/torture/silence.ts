import { WATCHDOG_RESET_us, WATCHDOG_us } from "../../sim/watchdog"

const INTERVAL_ms = WATCHDOG_us / 1000
/** With the beats around it, an interval without any. */
const LEAST_ms = INTERVAL_ms - 1_000
/**
 * A start that finds the bus held waits for the watchdog without a beat: that may be a whole start, and two intervals,
 * after whoever held the bus has let go.
 */
const AFTER_ms = 2 * INTERVAL_ms + WATCHDOG_RESET_us / 1000 + 1_500

/** When the heartbeat could not reach the watchdog: only then may that reset the microcontroller. */
export class Silence {
  private readonly spells: { from_ms: number; to_ms: number }[] = []

  add(from_ms: number, for_ms: number): void {
    const last = this.spells.at(-1)
    // One that begins in another makes it longer.
    if (last !== undefined && from_ms <= last.to_ms)
      last.to_ms = Math.max(last.to_ms, from_ms + for_ms)
    else this.spells.push({ from_ms, to_ms: from_ms + for_ms })
    if (this.spells.length > 8) this.spells.shift()
  }

  /** Whether it was silent for an interval, not long before. */
  explains(bite_ms: number): boolean {
    return this.spells.some(
      ({ from_ms, to_ms }) =>
        Math.min(to_ms, bite_ms) - from_ms >= LEAST_ms && to_ms >= bite_ms - AFTER_ms,
    )
  }
}
