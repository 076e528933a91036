import { CONFIG, PAPER, svgOf } from "../figure"
import type { PanelSpec } from "./axes"
import { layers, leftOut, type Mark, markLayers, type Scales, type Series } from "./layers"
import { atLeast, type Point, range, usualRange } from "./points"

export interface Panel {
  title?: string
  x: string
  y: string
  width: number
  height?: number
  series: readonly Series[]
  xDomain?: readonly [number, number]
  /** Least distance of ticks on the x axis. */
  xStep?: number
  marks?: readonly Mark[]
  /** The frame may leave out a few values that lie far from all others; a text in it then says which. */
  mayLeaveOut?: boolean
  /** The y axis spans so much at least. */
  leastSpan?: number
}

const HEIGHT = 120
/** Vega draws no panel without a curve. */
const NOTHING: Series = { colour: 0, shape: "line", points: [{ x: 0, y: null }] }
const ANY = [0, 1] as const
/** Between panels, in pixels. */
const SPACING = 24
/** What an axis and its title take. */
const AXIS = 57
const FRAME = { background: PAPER, padding: 10, config: CONFIG } as const

/** Panels side by side, in rows of so many. */
export function figureSvg(panels: readonly Panel[], columns: number): Promise<string> {
  return svgOf({
    columns,
    spacing: { column: SPACING, row: 14 },
    align: "each",
    concat: panels.map(panelSpec),
    ...FRAME,
  })
}

/** Rows of panels, each row with widths of its own. */
export function rowsSvg(rows: readonly (readonly PanelSpec[])[]): Promise<string> {
  return svgOf({
    spacing: 14,
    vconcat: rows.map((row) => ({ spacing: SPACING, hconcat: [...row] })),
    ...FRAME,
  })
}

/** So wide are two panels together as wide as one. */
export function halfWidth(width: number): number {
  return Math.floor((width - SPACING - AXIS) / 2)
}

/** A panel as Vega-Lite has it. */
export function panelSpec(panel: Panel): PanelSpec {
  const { width, height = HEIGHT, series } = panel
  const found = series.filter(({ points }) => points.some(({ y }) => y !== null))
  const shown = found.length > 0 ? found : [NOTHING]
  const points = shown.flatMap((one) => one.points)
  const usual = panel.mayLeaveOut ? usualRange(points) : undefined
  const xDomain = found.length > 0 ? panel.xDomain : ANY
  const yDomain = found.length > 0 ? (usual?.range ?? wideEnough(points, panel.leastSpan)) : ANY
  const scales: Scales = {
    x: {
      scale: {
        zero: false,
        nice: false,
        ...(xDomain ? { domain: [...xDomain] } : { padding: shown[0].shape === "line" ? 0 : 8 }),
      },
      axis: {
        title: panel.x,
        tickCount: Math.round(width / 90),
        ...(panel.xStep !== undefined && { tickMinStep: panel.xStep }),
      },
    },
    y: {
      scale: { zero: false, nice: false, padding: 6, ...(yDomain && { domain: [...yDomain] }) },
      axis: { title: panel.y, tickCount: 4 },
    },
  }
  const title = titleOf(panel.title, found.length > 0)
  return {
    ...(title !== "" && { title }),
    width,
    height,
    layer: [
      ...markLayers(panel.marks ?? [], width, xDomain ?? range(points, "x")),
      ...shown.flatMap((one) => layers(one, scales, shown, width)),
      ...(usual === undefined ? [] : [leftOut(usual.beyond, panel.y)]),
    ],
  }
}

function wideEnough(points: readonly Point[], leastSpan: number | undefined) {
  return leastSpan === undefined ? undefined : atLeast(range(points, "y"), leastSpan)
}

/** An empty title would take room. */
function titleOf(title: string | undefined, isRecorded: boolean): string {
  return [title, isRecorded ? undefined : "(nothing recorded)"]
    .filter((part) => part !== undefined)
    .join(" ")
}
