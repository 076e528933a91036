import type { RunResult } from "../../paper"
import type { Series } from "../../../report/figures/layers"
import { figureSvg } from "../../../report/figures/panel"

const WIDTH = 340
/** What a curve of this width can show. */
const MOST_POINTS = 700

/** Current, per area where that is known, against the scanned voltage; a panel for each run. */
export function scanFigure(results: readonly RunResult[]): Promise<string> {
  return figureSvg(
    results.map((result, index) => ({
      title: result.cell.name,
      x: "Voltage / V",
      y: result.cell.area_cm2 === undefined ? "Current / mA" : "Current / mA cm⁻²",
      width: WIDTH,
      series: [scan(result, index)],
    })),
    2,
  )
}

/** Scans follow each other; what is between them is left out. */
function scan(result: RunResult, colour: number): Series {
  const area_cm2 = result.cell.area_cm2 ?? 1
  const points: { x: number; y: number | null }[] = []
  let stepCount = -1
  for (const batch of result.records()) {
    if (batch.stepType !== "scan") continue
    if (batch.stepCount > stepCount + 1 && points.length > 0)
      points.push({ x: batch.voltage_V[0], y: null })
    stepCount = batch.stepCount
    for (let i = 0; i < batch.length; i++)
      points.push({ x: batch.voltage_V[i], y: (1000 * batch.current_A[i]) / area_cm2 })
  }
  return { colour, shape: "line", points: inOrder(thinned(points)) }
}

function thinned<Point extends { y: number | null }>(points: readonly Point[]): Point[] {
  const every = Math.ceil(points.length / MOST_POINTS)
  return points.filter((point, i) => i % every === 0 || point.y === null)
}

/** Vega sorts a line's points by x unless they say otherwise: a scan turns back. */
function inOrder<Point extends object>(points: readonly Point[]): (Point & { at: number })[] {
  return points.map((point, at) => ({ ...point, at }))
}
