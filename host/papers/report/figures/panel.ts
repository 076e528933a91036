import type { TopLevelSpec } from "vega-lite"
import { COLOURS, CONFIG, LINE, svgOf } from "../../../report/figure"

/** A curve; a y of null breaks its line. Points that do not go along x say by `at` in which order they come. */
export interface Series {
  name: string
  /** Which colour: curves of one run share it. */
  colour: number
  points: readonly { x: number; y: number | null; at?: number }[]
  /** Dots stand for single values, hollow ones for the second of two. */
  shape: "line" | "dots" | "hollow"
}

export interface Panel {
  title?: string
  x: string
  y: string
  width: number
  height?: number
  series: readonly Series[]
  xDomain?: readonly [number, number]
}

type Concat = Extract<TopLevelSpec, { concat: unknown }>

const HEIGHT = 120
/** Vega draws no panel without a curve. */
const NOTHING: Series = { name: "", colour: 0, shape: "line", points: [{ x: 0, y: null }] }
const ANY = [0, 1] as const

/** Panels side by side, in rows of so many. */
export function figureSvg(panels: readonly Panel[], columns: number): Promise<string> {
  const spec: Concat = {
    columns,
    spacing: { column: 24, row: 14 },
    align: "each",
    concat: panels.map(panelSpec),
    background: "white",
    padding: 10,
    config: CONFIG,
  }
  return svgOf(spec)
}

function panelSpec(panel: Panel): Concat["concat"][number] {
  const { title, x, y, width, height = HEIGHT, series } = panel
  const found = series.filter(({ points }) => points.length > 0)
  const shown = found.length > 0 ? found : [NOTHING]
  const xDomain = found.length > 0 ? panel.xDomain : ANY
  const yDomain = found.length > 0 ? undefined : ANY
  return {
    ...titleOf(title, found.length > 0),
    width,
    height,
    layer: shown.map(({ points, shape, colour }) => ({
      data: { values: [...points] },
      mark: shape === "line" ? lineMark(colour) : dotMark(colour, shape, points.length),
      encoding: {
        x: {
          field: "x",
          type: "quantitative" as const,
          scale: {
            zero: false,
            nice: false,
            ...(xDomain ? { domain: [...xDomain] } : { padding: shape === "line" ? 0 : 8 }),
          },
          axis: { title: x, tickCount: Math.round(width / 90) },
        },
        y: {
          field: "y",
          type: "quantitative" as const,
          scale: yDomain ? { domain: [...yDomain] } : { zero: false, nice: false, padding: 6 },
          axis: { title: y, tickCount: 4 },
        },
        ...(points[0]?.at !== undefined && {
          order: { field: "at", type: "quantitative" as const },
        }),
      },
    })),
  }
}

/** An empty title would take room. */
function titleOf(title: string | undefined, isRecorded: boolean): { title?: string } {
  const text = [
    ...(title === undefined ? [] : [title]),
    ...(isRecorded ? [] : ["(nothing recorded)"]),
  ]
  return text.length === 0 ? {} : { title: text.join(" ") }
}

function lineMark(colour: number) {
  return { ...LINE, color: colourOf(colour), strokeWidth: 1 }
}

/** Fewer dots are larger ones. */
function dotMark(colour: number, shape: "dots" | "hollow", count: number) {
  const size = count > 400 ? 3 : count > 60 ? 8 : 22
  return {
    type: "point",
    clip: true,
    color: colourOf(colour),
    filled: shape === "dots",
    opacity: 1,
    size,
    strokeWidth: 0.8,
  } as const
}

export function colourOf(index: number): string {
  return COLOURS[index % COLOURS.length]
}
