import type { Trace } from "../../api"
import type { PointOf } from "./nearest"
import type { Range } from "./range"
import { spanOf } from "./range"
import { timeText } from "./timeAxis"
import { LIVE, type TraceLines } from "./traceLines"
import { reading, type Unit } from "./units"

/** What the cursor points at: when, cycle, voltage, current, and what gap is there. */
export function traceReading(
  points: readonly PointOf[],
  trace: Trace,
  { voltage, current }: TraceLines,
  shown: { x: Range; voltage: Range; current: Range; voltageUnit: Unit; currentUnit: Unit },
): string {
  const point = points[0]
  const line = voltage[point?.line]
  if (point === undefined || line === undefined) return ""
  const time_s = line.xs[point.index]
  const voltage_V = line.ys[point.index]
  const current_A = current[point.line].ys[point.index]
  if (time_s === undefined) return ""
  const near_s = spanOf(shown.x) / 150
  const gap = trace.gaps.find(
    (each) => time_s > each.time_s - near_s && time_s < (each.resumed_s ?? each.time_s) + near_s,
  )
  const cycle = trace.cycles.filter((each) => each.time_s <= time_s).at(-1)?.cycle
  return [
    timeText(time_s, shown.x),
    cycle === undefined ? "" : `cycle\u00a0${cycle}`,
    voltage_V === null ? "" : reading(voltage_V, shown.voltageUnit, shown.voltage),
    current_A === null ? "" : reading(current_A, shown.currentUnit, shown.current),
    line.name === LIVE ? LIVE : "",
    gap?.text ?? "",
  ]
    .filter((part) => part !== "")
    .join("  ·  ")
}
