import { decimate } from "../analysis/decimate"
import type { Records } from "../records"
import { COLOURS, CONFIG, LINE, PAPER, svgOf } from "./figure"
import { type ConcatSpec, type PanelSpec, voltageAxis, xAxis } from "./figures/axes"
import { closeUp } from "./figures/closeUp"
import { inUnit, unitFor, type VoltageUnit } from "./figures/voltageUnit"
import { type Survey, survey } from "./survey"

/** One cell of a figure. */
export interface PlottedCell {
  name: string
  /** Reads the test from its beginning: called twice, so that it need not be held in memory. */
  records: () => Iterable<Records>
  /** Which current plates, as `platingSign` tells of a cell; positive unless given. */
  platingSign?: 1 | -1
  /** The longest interval that is no gap; five times the usual interval unless given. */
  gap_s?: number
}

const PANEL_HEIGHT = 112
const OVERVIEW_WIDTH = 560
const CLOSE_UP_WIDTH = 220
/** Data columns per unit of width, so that the figure stays sharp when enlarged. */
const OVERSAMPLING = 2
/** The voltage axis of a panel without a record. */
const EMPTY: [number, number] = [-1, 1]

/**
 * A figure of several cells as one self-contained SVG: a row per cell, with its voltage over the
 * whole test and, beside it, the first half-cycle that plates at constant current, from its reversal on,
 * where the tip and the plateau of the nucleation are marked. Records are thinned per pixel by their extremes and
 * never joined across a gap.
 */
export async function plotCells(cells: PlottedCell[]): Promise<string> {
  const surveyed = cells.map((cell) => ({ ...cell, ...survey(cell.records(), cell.platingSign) }))
  const end_s = Math.max(1, ...surveyed.map((cell) => cell.end_s))
  const spec: ConcatSpec = {
    columns: 2,
    spacing: { column: 24, row: 12 },
    align: "each",
    concat: surveyed.flatMap((cell, i) => {
      const style = { colour: COLOURS[i % COLOURS.length], isBottom: i === cells.length - 1 }
      return [overview(cell, end_s, style), firstPlating(cell, style)]
    }),
    background: PAPER, // or the figure vanishes on a dark page
    padding: 12,
    config: CONFIG,
  }
  return svgOf(spec)
}

interface PanelStyle {
  colour: string
  isBottom: boolean
}

type SurveyedCell = PlottedCell & Survey

function overview(cell: SurveyedCell, end_s: number, style: PanelStyle): PanelSpec {
  const unit = voltageUnit(cell)
  const end_h = end_s / 3600
  const columns = OVERVIEW_WIDTH * OVERSAMPLING
  const values = decimate(cell.records(), {
    from_s: 0,
    to_s: end_s,
    columns,
    gap_s: gap_s(cell),
  }).map((point) => ({ x: point.time_s / 3600, y: inUnit(point, unit) }))
  return {
    title: cell.name,
    width: OVERVIEW_WIDTH,
    height: PANEL_HEIGHT,
    layer: [
      ...(isTwoSided(cell) ? [zeroLine(unit)] : []),
      {
        data: { values },
        mark: { ...LINE, color: style.colour, strokeWidth: 1 },
        encoding: {
          x: xAxis(style.isBottom ? "Time / h" : undefined, [0, end_h]),
          y: voltageAxis(unit, values.length === 0 ? EMPTY : undefined),
        },
      },
    ],
  }
}

function firstPlating(cell: SurveyedCell, { colour, isBottom }: PanelStyle): PanelSpec {
  return closeUp(cell.firstPlating, {
    width: CLOSE_UP_WIDTH,
    height: PANEL_HEIGHT,
    colour,
    hasTitle: isBottom,
    unit: voltageUnit(cell),
    isPlating: cell.platingSign !== undefined,
    gap_s: gap_s(cell),
  })
}

function zeroLine(unit: VoltageUnit) {
  return {
    data: { values: [{ y: 0 }] },
    mark: { type: "rule", color: "#bbbbbb", strokeWidth: 0.7 } as const,
    encoding: { y: voltageAxis(unit) },
  }
}

function voltageUnit({ lowest_V, highest_V }: Survey): VoltageUnit {
  return unitFor(Math.max(-lowest_V, highest_V))
}

function isTwoSided({ lowest_V, highest_V }: Survey): boolean {
  return lowest_V < 0 && highest_V > 0
}

function gap_s(cell: SurveyedCell): number {
  return cell.gap_s ?? 5 * cell.usualInterval_s
}
