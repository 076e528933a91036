import type { Cell } from "../../cell"
import type { HalfCurve } from "./halfCurves"
import { normalised } from "./overCycles"
import type { Series } from "./layers"
import type { Panel } from "./panel"
import type { Point } from "./points"

const HEIGHT = 210

/** Voltage against charge of each half of some cycles. */
export function profilePanel(
  curves: readonly HalfCurve[],
  cell: Partial<Cell>,
  width: number,
): Panel {
  const { unit, of } = normalised([cell])
  const scaled = ({ points }: HalfCurve) =>
    points.map((point) => ({ ...point, x: of(1000 * point.x, cell) }))
  const own = curves.filter(({ kind }) => kind === "profile")
  return {
    x: `Capacity / ${unit}`,
    y: "Voltage / V",
    width,
    height: HEIGHT,
    series: byCycle(own, scaled),
  }
}

/** dQ/dV against voltage, discharge below zero. */
export function differentialPanel(
  curves: readonly HalfCurve[],
  cell: Partial<Cell>,
  width: number,
): Panel {
  const { unit, of } = normalised([cell])
  const scaled = ({ differential }: HalfCurve) =>
    differential.map(({ x, y, at }) => ({ x, y: of(1000 * Number(y), cell), at }))
  return {
    x: "Voltage / V",
    y: `dQ/dV / ${unit} V⁻¹`,
    width,
    height: HEIGHT,
    mayLeaveOut: true,
    series: byCycle(curves, scaled),
  }
}

/** Current, per area where that is known, against the scanned voltage. */
export function scanPanel(
  curves: readonly HalfCurve[],
  { area_cm2 }: Partial<Cell>,
  width: number,
): Panel {
  const per = 1000 / (area_cm2 ?? 1)
  const scaled = ({ points }: HalfCurve) =>
    points.map(({ x, y, at }) => ({ x, y: per * Number(y), at }))
  const own = curves.filter(({ kind }) => kind === "scan")
  return {
    x: "Voltage / V",
    y: area_cm2 === undefined ? "Current / mA" : "Current / mA cm⁻²",
    width,
    height: HEIGHT,
    series: byCycle(own, scaled),
  }
}

/** A series for each cycle, whose halves are not joined. */
function byCycle(
  curves: readonly HalfCurve[],
  pointsOf: (curve: HalfCurve) => readonly Point[],
): Series[] {
  const cycles = new Map<number, Point[]>()
  for (const curve of curves) {
    const points = pointsOf(curve)
    if (points.length === 0) continue
    const before = cycles.get(curve.cycle)
    cycles.set(
      curve.cycle,
      before === undefined ? [...points] : [...before, { ...points[0], y: null }, ...points],
    )
  }
  return [...cycles].map(([cycle, points], colour) => ({
    name: `cycle ${cycle}`,
    colour,
    shape: "line",
    points: points.map((point, at) => ({ ...point, at })),
  }))
}
