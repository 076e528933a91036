import { parse, View } from "vega"
import { compile, type TopLevelSpec } from "vega-lite"
import { decimate } from "../analysis/decimate"
import { type HalfCycle, iterateHalfCycles } from "../analysis/halfCycles"
import { type Nucleation, nucleation } from "../analysis/nucleation"
import type { Sample } from "../sample"

/** One cell of a figure. */
export interface PlottedCell {
  name: string
  samples: Sample[]
  /** The longest interval that is no gap; five times the usual interval unless given. */
  gap_s?: number
}

type ConcatSpec = Extract<TopLevelSpec, { concat: unknown }>
type Panel = ConcatSpec["concat"][number]
type LayerSpec = Extract<Panel, { layer: unknown }>["layer"][number]

/** Okabe and Ito's palette without its yellow, which is too faint for a thin line. */
const COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
const INK = "#222222"
const FAINT = "#777777"

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
 * whole test and, beside it, the first plating half-cycle from its reversal on, where the tip and
 * the plateau of the nucleation are marked. Records are thinned per pixel by their extremes and
 * never joined across a gap.
 */
export async function plotCells(cells: PlottedCell[]): Promise<string> {
  const end_s = Math.max(1, ...cells.map(({ samples }) => samples.at(-1)?.time_s ?? 0))
  const spec: ConcatSpec = {
    columns: 2,
    spacing: { column: 24, row: 12 },
    align: "each",
    concat: cells.flatMap((cell, i) => {
      const style = { colour: COLOURS[i % COLOURS.length], isBottom: i === cells.length - 1 }
      return [overview(cell, end_s, style), closeUp(cell, style)]
    }),
    background: "white", // or the figure vanishes on a dark page
    padding: 12,
    config: CONFIG,
  }
  const svg = await new View(parse(compile(spec).spec), { renderer: "none" }).toSVG()
  return withOwnIds(svg).replace(/ d="[^"]*"/g, withShortNumbers)
}

interface PanelStyle {
  colour: string
  isBottom: boolean
}

function overview(cell: PlottedCell, end_s: number, style: PanelStyle): Panel {
  const unit = voltageUnit(cell.samples)
  const end_h = end_s / 3600
  const values = decimate(
    cell.samples.map((s) => ({ x: s.time_s / 3600, y: s.voltage_V * unit.perVolt })),
    {
      from: 0,
      to: end_h,
      columns: OVERVIEW_WIDTH * OVERSAMPLING,
      gap: gap_s(cell) / 3600,
    },
  )
  return {
    title: cell.name,
    width: OVERVIEW_WIDTH,
    height: PANEL_HEIGHT,
    layer: [
      ...(isTwoSided(cell.samples) ? [zeroLine(unit)] : []),
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

function closeUp(cell: PlottedCell, style: PanelStyle): Panel {
  const half = firstPlating(cell.samples)
  const found = half && nucleation(half)
  const unit = voltageUnit(cell.samples)
  const window_s = half === undefined ? 1 : closeUpWindow_s(half, found)
  const points = (half?.samples ?? []).map((s) => ({
    x: s.time_s - (half?.start_s ?? 0),
    y: s.voltage_V * unit.perVolt,
  }))
  const values = decimate(points, {
    from: 0,
    // One record beyond the frame, so that the line runs out of it rather than ending inside.
    to: points.find((point) => point.x >= window_s)?.x ?? window_s,
    columns: CLOSE_UP_WIDTH * OVERSAMPLING,
    gap: gap_s(cell),
  })
  const encoding = {
    x: xOf("Time since reversal / s", [0, window_s], style),
    y: yOf(unit, values.length === 0 ? EMPTY : found && spikeDomain(found, unit)),
  }
  return {
    title: {
      text: half === undefined ? "no plating recorded" : "First plating half-cycle",
      fontWeight: "normal",
      color: FAINT,
    },
    width: CLOSE_UP_WIDTH,
    height: PANEL_HEIGHT,
    layer: [
      { data: { values }, mark: { ...LINE, color: style.colour, strokeWidth: 1.4 }, encoding },
      ...(found === undefined ? [] : nucleationMarks(found, window_s, unit, encoding)),
    ],
  }
}

/** The spike as a dimension is drawn: lines at tip and plateau, their distance between them. */
function nucleationMarks(
  found: Nucleation,
  window_s: number,
  unit: VoltageUnit,
  encoding: { x: object; y: object },
): LayerSpec[] {
  const at_s = 0.6 * window_s
  const tip = found.tip_V * unit.perVolt
  const plateau = found.plateau_V * unit.perVolt
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

function firstPlating(samples: Sample[]): HalfCycle | undefined {
  for (const half of iterateHalfCycles(samples)) if (half.sign > 0) return half
  return undefined
}

/** The spike fills the frame; what the voltage did before it rose that far is cut off. */
function spikeDomain(found: Nucleation, unit: VoltageUnit): [number, number] {
  const height = found.tip_V - found.plateau_V
  return [
    (found.plateau_V - 0.4 * height) * unit.perVolt,
    (found.tip_V + 0.15 * height) * unit.perVolt,
  ]
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
function voltageUnit(samples: Sample[]): VoltageUnit {
  const isSmall = samples.every((s) => Math.abs(s.voltage_V) < 1)
  return isSmall ? { symbol: "mV", perVolt: 1000 } : { symbol: "V", perVolt: 1 }
}

function isTwoSided(samples: Sample[]): boolean {
  return samples.some((s) => s.voltage_V > 0) && samples.some((s) => s.voltage_V < 0)
}

/** Five times the interval in which half of the test's time lies: the usual one, not the mean. */
function gap_s(cell: PlottedCell): number {
  if (cell.gap_s !== undefined) return cell.gap_s
  const intervals_s = cell.samples
    .map((s, i) => s.time_s - (cell.samples[i - 1] ?? s).time_s)
    .sort((a, b) => a - b)
  const total_s = intervals_s.reduce((sum, interval_s) => sum + interval_s, 0)
  let below_s = 0
  const usual_s = intervals_s.find((interval_s) => {
    below_s += interval_s
    return below_s >= total_s / 2
  })
  return 5 * (usual_s ?? 0)
}

/** Vega counts its clip paths through the whole process; here the same data give the same file. */
function withOwnIds(svg: string): string {
  const ids: string[] = []
  return svg.replace(/(?<=id="|url\(#)clip\d+/g, (id) => {
    if (!ids.includes(id)) ids.push(id)
    return `clip${ids.indexOf(id)}`
  })
}

/** Hundredths of a pixel are enough, and halve the file. */
function withShortNumbers(path: string): string {
  return path.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, (number) => `${Number(Number(number).toFixed(2))}`)
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

/** A null breaks the line; it is not bridged and not drawn as zero. */
const LINE = {
  type: "line",
  invalid: "break-paths-show-domains",
  strokeJoin: "round",
  clip: true,
} as const
const HAIRLINE = { type: "rule", color: INK, strokeWidth: 0.7 } as const

/** Lines and ticks as journals set them: a box, ticks inwards, no grid. */
const CONFIG: TopLevelSpec["config"] = {
  font: "Arial, Helvetica, 'Liberation Sans', sans-serif",
  view: { stroke: INK, strokeWidth: 0.8 },
  axis: {
    grid: false,
    domain: false,
    labelFlush: false,
    tickColor: INK,
    tickWidth: 0.8,
    tickSize: -4,
    labelPadding: 8,
    labelColor: INK,
    labelFontSize: 10.5,
    titleColor: INK,
    titleFontSize: 11,
    titleFontWeight: "normal",
    titlePadding: 8,
  },
  axisY: { minExtent: 36 },
  title: { anchor: "start", frame: "group", fontSize: 11.5, color: INK, offset: 5 },
}
