import type { CurvePoint } from "../../analysis/decimate"
import type { CycleRow } from "../../analysis/cycles"
import type { Mark } from "./layers"
import type { Panel } from "./panel"
import type { Window } from "./voltageTraces"
import { inUnit, type VoltageUnit } from "./voltageUnit"

/** How many cycles are enlarged, at either end. */
const CYCLES = 3

/** Where the first and the last few cycles lie; nothing of a test that has hardly more. */
export function enlargedWindows(rows: readonly CycleRow[], width: number): Window[] {
  if (rows.length <= 2 * CYCLES) return []
  return [rows.slice(0, CYCLES), rows.slice(-CYCLES)].map((some) => ({
    from_s: some[0].start_s,
    to_s: some[CYCLES - 1].end_s,
    width,
  }))
}

export interface VoltageStyle {
  title?: string
  unit: VoltageUnit
  colour: number
  marks?: readonly Mark[]
}

/** Voltage in a window, against hours of test time. */
export function voltagePanel(
  { window, points }: { window: Window; points: readonly CurvePoint[] },
  { title, unit, colour, marks }: VoltageStyle,
): Panel {
  const { from_s, to_s, width } = window
  return {
    title,
    x: "Time / h",
    y: `Voltage / ${unit.symbol}`,
    width,
    xDomain: [from_s / 3600, to_s / 3600],
    marks,
    mayLeaveOut: true,
    series: [
      {
        colour,
        shape: "line",
        points: points.map((point) => ({ x: point.time_s / 3600, y: inUnit(point, unit) })),
      },
    ],
  }
}
