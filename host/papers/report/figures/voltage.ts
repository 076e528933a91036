import { panelSpec, rowsSvg } from "../../../report/figures/panel"
import { enlargedWindows, voltagePanel } from "../../../report/figures/voltage"
import { VoltageTraces } from "../../../report/figures/voltageTraces"
import { usualUnit } from "../../../report/figures/voltageUnit"
import type { RunResult } from "../../paper"

const OVERVIEW_WIDTH = 420
const CLOSE_UP_WIDTH = 190

/** Voltage against time: a row for each run, the whole test and, of longer ones, its first and last cycles. */
export function voltageFigure(results: readonly RunResult[]): Promise<string> {
  return rowsSvg(results.map((result, index) => rowOf(result, index).map(panelSpec)))
}

function rowOf(result: RunResult, colour: number) {
  const { about, cell } = result
  const whole = { from_s: 0, to_s: about.last?.time_s ?? 1, width: OVERVIEW_WIDTH }
  const enlarged = enlargedWindows(result.cycles(), CLOSE_UP_WIDTH)
  const traces = new VoltageTraces([whole, ...enlarged], about)
  for (const _ of traces.watch(result.records()));
  const titles = [cell.name, "first cycles", "last cycles"]
  const curves = traces.curves()
  const unit = usualUnit(curves[0].points)
  return curves.map((curve, i) => voltagePanel(curve, { title: titles[i], unit, colour }))
}
