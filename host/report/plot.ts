import type { TopLevelSpec } from "vega-lite"
import { type CurvePoint, decimate } from "../analysis/decimate"
import type { HalfCycle } from "../analysis/halfCycles"
import { type Nucleation, nucleation } from "../analysis/nucleation"
import type { Records } from "../records"
import { COLOURS, CONFIG, FAINT, INK, LINE, svgOf } from "./figure"
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

type ConcatSpec = Extract<TopLevelSpec, { concat: unknown }>
type Panel = ConcatSpec["concat"][number]
type LayerSpec = Extract<Panel, { layer: unknown }>["layer"][number]

const PANEL_HEIGHT = 112
const OVERVIEW_WIDTH = 560
const CLOSE_UP_WIDTH = 220
/** Data columns per unit of width, so that the figure stays sharp when enlarged. */
const OVERSAMPLING = 2
/** The voltage axis of a panel without a record. */
const EMPTY: [number, number] = [-1, 1]
/** Pixels between the curves and the frame. */
const HEADROOM = 6

/** How much of a nucleation spike the close-up shows: all but e⁻⁵ of it. */
const DECAY_CONSTANTS = 5
/** What the close-up shows of a half-cycle without a spike. */
const SHARE_WITHOUT_SPIKE = 0.05

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
      return [overview(cell, end_s, style), closeUp(cell, style)]
    }),
    background: "white", // or the figure vanishes on a dark page
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

function overview(cell: SurveyedCell, end_s: number, style: PanelStyle): Panel {
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
          x: xOf("Time / h", [0, end_h], style),
          y: yOf(unit, values.length === 0 ? EMPTY : undefined),
        },
      },
    ],
  }
}

function closeUp(cell: SurveyedCell, style: PanelStyle): Panel {
  const half = cell.firstPlating
  const found = half && nucleation(half)
  const sign = half?.sign ?? 1
  const window_s = half === undefined ? 1 : closeUpWindow_s(half, found)
  // A cell against copper shows volts over all of its test, and millivolts here.
  const unit = found === undefined ? voltageUnit(cell) : unitFor(found.tip_V)
  const values = half === undefined ? [] : closeUpCurve(half, window_s, unit, gap_s(cell))
  const encoding = {
    x: xOf("Time since reversal / s", [0, window_s], style),
    y: yOf(unit, values.length === 0 ? EMPTY : found && spikeDomain(found, sign, unit)),
  }
  return {
    title: {
      text: closeUpTitle(half, cell.platingSign !== undefined || unit.symbol === "mV"),
      fontWeight: "normal",
      color: FAINT,
    },
    width: CLOSE_UP_WIDTH,
    height: PANEL_HEIGHT,
    layer: [
      { data: { values }, mark: { ...LINE, color: style.colour, strokeWidth: 1.4 }, encoding },
      ...(found === undefined ? [] : nucleationMarks(found, sign, window_s, unit, encoding)),
    ],
  }
}

function closeUpCurve(half: HalfCycle, window_s: number, unit: VoltageUnit, gap_s: number) {
  const { time_s } = half.records
  const from_s = half.start_s
  // One record beyond the frame, so that the line runs out of it rather than ending inside.
  const to_s = time_s.find((one_s) => one_s - from_s >= window_s) ?? from_s + window_s
  const columns = CLOSE_UP_WIDTH * OVERSAMPLING
  const curve = decimate([half.records], { from_s, to_s, columns, gap_s })
  return curve.map((point) => ({ x: point.time_s - from_s, y: inUnit(point, unit) }))
}

/** A cell with a voltage of its own is charged; at a lithium electrode lithium is plated. */
function closeUpTitle(half: HalfCycle | undefined, isPlating: boolean): string {
  if (half === undefined)
    return `no ${isPlating ? "plating" : "charge"} recorded at constant current`
  return isPlating ? "First plating half-cycle" : "First charge"
}

/** The spike as a dimension is drawn: lines at tip and plateau, their distance between them. */
function nucleationMarks(
  found: Nucleation,
  sign: 1 | -1,
  window_s: number,
  unit: VoltageUnit,
  encoding: { x: object; y: object },
): LayerSpec[] {
  const at_s = 0.6 * window_s
  const tip = sign * found.tip_V * unit.perVolt
  const plateau = sign * found.plateau_V * unit.perVolt
  const text = `${significant((found.tip_V - found.plateau_V) * unit.perVolt)} ${unit.symbol}`
  const lines = [
    { x: found.tip_s, x2: at_s + 0.03 * window_s, y: tip, y2: tip },
    { x: 0, x2: window_s, y: plateau, y2: plateau },
  ]
  const ends = { ...encoding, x2: { field: "x2" }, y2: { field: "y2" } }
  return [
    { data: { values: lines }, mark: { ...HAIRLINE, strokeDash: [3, 2] }, encoding: ends },
    {
      data: { values: [{ x: at_s, x2: at_s, y: plateau, y2: tip }] },
      mark: HAIRLINE,
      encoding: ends,
    },
    {
      data: { values: [{ x: at_s, y: (tip + plateau) / 2, text }] },
      mark: { type: "text", align: "left", dx: 5, color: INK, fontSize: 10.5 },
      encoding: { ...encoding, text: { field: "text", type: "nominal" } },
    },
  ]
}

function zeroLine(unit: VoltageUnit) {
  return {
    data: { values: [{ y: 0 }] },
    mark: { type: "rule", color: "#bbbbbb", strokeWidth: 0.7 } as const,
    encoding: { y: yOf(unit) },
  }
}

/** The spike fills the frame; what the voltage did before it rose that far is cut off. */
function spikeDomain(found: Nucleation, sign: 1 | -1, unit: VoltageUnit): [number, number] {
  const height = found.tip_V - found.plateau_V
  const foot = (found.plateau_V - 0.4 * height) * unit.perVolt
  const top = (found.tip_V + 0.15 * height) * unit.perVolt
  return sign > 0 ? [foot, top] : [-top, -foot]
}

/** Decay constants by the half-fall of the spike, rounded up to a number that ticks well. */
function closeUpWindow_s(half: HalfCycle, found: Nucleation | undefined): number {
  if (found === undefined) return Math.max(1e-3, half.duration_s * SHARE_WITHOUT_SPIKE)
  const wanted_s = found.tip_s + (DECAY_CONSTANTS * found.halfFall_s) / Math.LN2
  const decade = 10 ** Math.floor(Math.log10(wanted_s))
  const round_s = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * decade >= wanted_s)
  return Math.min((round_s ?? 10) * decade, half.duration_s)
}

interface VoltageUnit {
  symbol: "mV" | "V"
  perVolt: number
}

/** Millivolts for a cell of two like electrodes, volts for one that has a voltage of its own. */
function voltageUnit({ lowest_V, highest_V }: Survey): VoltageUnit {
  return unitFor(Math.max(-lowest_V, highest_V))
}

function unitFor(largest_V: number): VoltageUnit {
  return largest_V < 1 ? { symbol: "mV", perVolt: 1000 } : { symbol: "V", perVolt: 1 }
}

function inUnit({ voltage_V }: CurvePoint, { perVolt }: VoltageUnit): number | null {
  return voltage_V === null ? null : voltage_V * perVolt
}

function isTwoSided({ lowest_V, highest_V }: Survey): boolean {
  return lowest_V < 0 && highest_V > 0
}

function gap_s(cell: SurveyedCell): number {
  return cell.gap_s ?? 5 * cell.usualInterval_s
}

function significant(value: number): string {
  return value.toPrecision(3).replace("-", "−")
}

function xOf(title: string, domain: [number, number], { isBottom }: PanelStyle) {
  return {
    field: "x",
    type: "quantitative",
    scale: { domain, nice: false },
    axis: { title: isBottom ? title : null, tickCount: 6 },
  } as const
}

function yOf(unit: VoltageUnit, domain?: [number, number]) {
  return {
    field: "y",
    type: "quantitative",
    scale: domain ? { domain, nice: false } : { zero: false, nice: false, padding: HEADROOM },
    axis: { title: `Voltage / ${unit.symbol}`, tickCount: 4 },
  } as const
}

const HAIRLINE = { type: "rule", color: INK, strokeWidth: 0.7 } as const
