import { decimate } from "../../../analysis/decimate"
import type { Records } from "../../../records"
import type { RunResult } from "../../paper"
import { figureSvg, type Panel } from "./panel"

const OVERVIEW_WIDTH = 420
const CLOSE_UP_WIDTH = 190
/** Data columns per unit of width. */
const OVERSAMPLING = 1.5
/** How many cycles are enlarged, at either end. */
const CYCLES = 3

/** Voltage against time: a row for each run, the whole test and, of longer ones, its first and last cycles. */
export function voltageFigure(results: readonly RunResult[]): Promise<string> {
  const isLong = results.some(({ about }) => (about.last?.cycle ?? 0) > CYCLES)
  const panels = results.flatMap((result, index) => rowOf(result, index, isLong))
  return figureSvg(panels, isLong ? 3 : 1)
}

function rowOf(result: RunResult, index: number, isLong: boolean): Panel[] {
  const { last } = result.about
  const end_s = last?.time_s ?? 1
  const enlarged_s = Math.min(end_s, (CYCLES * end_s) / Math.max(1, last?.cycle ?? 1))
  const panel = (title: string, from_s: number, to_s: number, width: number): Panel => {
    const { points, unit } = curve(result, from_s, to_s, width)
    return {
      title,
      x: "Time / h",
      y: `Voltage / ${unit}`,
      width,
      xDomain: [from_s / 3600, to_s / 3600],
      series: [{ name: result.run.key, colour: index, shape: "line", points }],
    }
  }
  const whole = panel(result.cell.name, 0, end_s, OVERVIEW_WIDTH)
  if (!isLong) return [whole]
  return [
    whole,
    panel("first cycles", 0, enlarged_s, CLOSE_UP_WIDTH),
    panel("last cycles", end_s - enlarged_s, end_s, CLOSE_UP_WIDTH),
  ]
}

/** Millivolts for what stays below one volt. */
function curve(result: RunResult, from_s: number, to_s: number, width: number) {
  const columns = Math.round(width * OVERSAMPLING)
  const window = { from_s, to_s, columns, gap_s: Number.POSITIVE_INFINITY }
  const points = decimate(until(result.records(), to_s), window)
  const isSmall = points.every(({ voltage_V }) => Math.abs(voltage_V ?? 0) < 1)
  const perVolt = isSmall ? 1000 : 1
  return {
    unit: isSmall ? "mV" : "V",
    points: points.map(({ time_s, voltage_V }) => ({
      x: time_s / 3600,
      y: voltage_V === null ? null : voltage_V * perVolt,
    })),
  }
}

/** Batches up to a time: the rest of a long test need not be read. */
function* until(records: Iterable<Records>, to_s: number): Generator<Records> {
  for (const batch of records) {
    yield batch
    if (batch.time_s[batch.length - 1] > to_s) return
  }
}
