import type { LiveChannel, Trace } from "../../api"

/** Readings over test time. */
export interface Tail {
  time_s: number[]
  voltage_V: number[]
  current_A: number[]
}

export const NO_TAIL: Tail = { time_s: [], voltage_V: [], current_A: [] }

/** More are not kept: the server has them all. */
const MOST = 2000

/** A tail with one reading more; the same tail when that is no news. */
export function withReading(tail: Tail, reading: LiveChannel): Tail {
  const { testTime_s, voltage_V, current_A } = reading
  if (testTime_s <= (tail.time_s.at(-1) ?? Number.NEGATIVE_INFINITY)) return tail
  return {
    time_s: [...tail.time_s.slice(-MOST), testTime_s],
    voltage_V: [...tail.voltage_V.slice(-MOST), voltage_V],
    current_A: [...tail.current_A.slice(-MOST), current_A],
  }
}

/**
 * What is not stored yet: the server's live readings, then those that came to this page since. It begins at the last
 * stored point, if the trace reaches that, so that no gap is seen where none is.
 */
export function unstored(trace: Trace, tail: Tail): Tail {
  const { live } = trace
  const known_s = Math.max(trace.end_s, live.time_s.at(-1) ?? 0)
  const first = tail.time_s.findIndex((time_s) => time_s > known_s)
  const news = first < 0 ? NO_TAIL : from(tail, first)
  const readings = joined(live, news)
  if (readings.time_s.length === 0 || trace.to_s < trace.end_s) return readings
  return joined(lastPoint(trace), readings)
}

function lastPoint({ time_s, voltage_V, current_A }: Trace): Tail {
  const last = time_s.length - 1
  const [voltage, current] = [voltage_V[last], current_A[last]]
  if (last < 0 || voltage === null || current === null) return NO_TAIL
  return { time_s: [time_s[last]], voltage_V: [voltage], current_A: [current] }
}

function from(tail: Tail, first: number): Tail {
  return {
    time_s: tail.time_s.slice(first),
    voltage_V: tail.voltage_V.slice(first),
    current_A: tail.current_A.slice(first),
  }
}

function joined(a: Tail, b: Tail): Tail {
  return {
    time_s: [...a.time_s, ...b.time_s],
    voltage_V: [...a.voltage_V, ...b.voltage_V],
    current_A: [...a.current_A, ...b.current_A],
  }
}
