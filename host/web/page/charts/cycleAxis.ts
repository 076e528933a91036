import type { Axis } from "./plotContent"
import { niceStep } from "./ticks"

/** Above a plot over test time: where cycles begin, numbered as closely as there is room. */
export function cycleAxis(cycles: readonly { cycle: number; time_s: number }[]): Axis {
  return (range, most) => {
    const seen = cycles.filter(({ time_s }) => time_s >= range.from && time_s <= range.to)
    const step = Math.max(1, niceStep(seen.length, Math.max(1, Math.min(most, 12))))
    const shown = seen.filter(({ cycle }) => step === 1 || cycle % step === 0)
    return {
      at: shown.map(({ time_s }) => time_s),
      texts: shown.map(({ cycle }, i) => (i === 0 ? `cycle\u00a0${cycle}` : `${cycle}`)),
    }
  }
}
