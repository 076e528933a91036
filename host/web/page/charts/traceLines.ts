import type { Trace } from "../../api"
import type { Line } from "./lines"
import { type Tail, unstored } from "./liveTail"
import type { Palette } from "./theme"

/** The two panels of a test: first what is stored, then, if there is any, what is not stored yet. */
export interface TraceLines {
  voltage: Line[]
  current: Line[]
  /** Test time of the last reading. */
  end_s: number
}

export const STORED = "stored"
export const LIVE = "live, not stored yet"

export function traceLines(
  trace: Trace,
  tail: Tail,
  { series }: Pick<Palette, "series">,
): TraceLines {
  const live = unstored(trace, tail)
  const lines = (which: "voltage_V" | "current_A", colour: string): Line[] => [
    { name: STORED, xs: trace.time_s, ys: trace[which], colour },
    ...(live.time_s.length > 0
      ? [{ name: LIVE, xs: live.time_s, ys: live[which], colour, dash: [3, 3], width: 1 }]
      : []),
  ]
  return {
    voltage: lines("voltage_V", series[0]),
    current: lines("current_A", series[2]),
    end_s: Math.max(trace.end_s, live.time_s.at(-1) ?? 0),
  }
}
