import type { CycleRow } from "../../analysis/cycles"
import { type HalfCycle, iterateHalfCycles } from "../../analysis/halfCycles"
import type { Cell } from "../../cell"
import type { Records } from "../../records"
import type { CycleReport } from "../cycles/cycleReport"
import { chosenCycles } from "./chosenCycles"
import {
  cyclesFigure,
  differentialFigure,
  type Figure,
  HALF,
  nucleationFigure,
  profilesFigure,
  scanFigure,
  voltageFigure,
  WIDE,
} from "./drawn"
import { HalfCurves } from "./halfCurves"
import type { Mark } from "./layers"
import { enlargedWindows } from "./voltage"
import { VoltageTraces, type Window } from "./voltageTraces"

/**
 * The figures that fit a test, in one pass over its records and one step of them in memory.
 * @param report what the pass before told
 * @param marks what happened, at hours of test time
 */
export async function figuresOf(
  records: Iterable<Records>,
  cell: Partial<Cell>,
  report: CycleReport,
  marks: readonly Mark[],
): Promise<Figure[]> {
  const { about, results, type, platingSign } = report
  const rows = results.map(({ row }) => row)
  const whole: Window = { from_s: 0, to_s: Math.max(1, about.last?.time_s ?? 0), width: WIDE }
  const voltage = new VoltageTraces([whole, ...enlargedWindows(rows, HALF)], about)
  const halves = new HalfCurves(new Set(cyclesToDraw(rows)), type === "full" || type === "half")
  let plating: HalfCycle | undefined
  for (const half of iterateHalfCycles(voltage.watch(records))) {
    halves.add(half)
    if (half.sign === platingSign && half.stepType === "constant_current") plating ??= half
  }
  const cycled = { cell, cycles: () => rows }
  const figures = await Promise.all([
    voltageFigure(voltage.curves(), marks),
    plating && nucleationFigure(plating, cycled),
    cyclesFigure(cycled),
    type === "Li||Li" ? undefined : profilesFigure(halves.all, cell),
    differentialFigure(halves.all, cell),
    scanFigure(halves.all, cell),
  ])
  return figures.filter((figure) => figure !== undefined)
}

function cyclesToDraw(rows: readonly CycleRow[]): number[] {
  const whole = rows.filter(({ complete }) => complete)
  return chosenCycles((whole.length > 0 ? whole : rows).map(({ cycle }) => cycle))
}
