import { COLOURS, FAINT, LINE, PAPER } from "../figure"
import type { LayerSpec } from "./axes"
import { dots, type Point } from "./points"

/** A curve; a y of null breaks its line. Points that do not go along x say by `at` in which order they come. */
export interface Series {
  /** In the panel's legend; without names there is none. */
  name?: string
  /** Which colour: curves that belong together share it. */
  colour: number
  points: readonly Point[]
  /** Dots stand for single values, hollow ones for the second of two. */
  shape: "line" | "dots" | "hollow"
}

/** Something that happened at an x: a line across, with a short text above it. */
export interface Mark {
  x: number
  text: string
}

/** What all layers of a panel share. */
export interface Scales {
  x: object
  y: object
}

type AnyMark = Extract<LayerSpec, { mark: unknown }>["mark"]
/** Two texts of marks need so many pixels between them. */
const MARK_WIDTH = 14

export function colourOf(index: number): string {
  return COLOURS[index % COLOURS.length]
}

/** Says what the frame does not show. */
export function leftOut(beyond: readonly number[], y: string): LayerSpec {
  const unit = y.split(" / ")[1]
  const values = beyond.map((value) => `${Number(value.toPrecision(3))}`.replace("-", "−"))
  const text = `beyond the frame: ${values.join(" and ")} ${unit}`
  return {
    data: { values: [{ text }] },
    mark: { type: "text", x: "width", y: 9, dx: -6, align: "right", fontSize: 9.5, color: FAINT },
    encoding: { text: { field: "text", type: "nominal" } },
  }
}

/** Behind the curves: they are what is to be seen. */
export function markLayers(
  marks: readonly Mark[],
  width: number,
  [from, to]: readonly [number, number],
): LayerSpec[] {
  if (marks.length === 0) return []
  const x = { field: "x", type: "quantitative" } as const
  const perPixel = (to - from) / width
  let last = Number.NEGATIVE_INFINITY
  const told = marks.filter((mark) => {
    if (mark.x - last < MARK_WIDTH * perPixel) return false
    last = mark.x
    return true
  })
  return [
    {
      data: { values: [...marks] },
      mark: { type: "rule", color: FAINT, strokeWidth: 0.8, strokeDash: [2, 2] },
      encoding: { x },
    },
    {
      data: { values: told },
      mark: { type: "text", y: -6, fontSize: 10, color: FAINT },
      encoding: { x, text: { field: "text", type: "nominal" } },
    },
  ]
}

/** A curve as it is drawn. @param all the panel's, for its legend */
export function layers(
  one: Series,
  scales: Scales,
  all: readonly Series[],
  width: number,
): LayerSpec[] {
  const colour = colourOf(one.colour)
  if (one.shape === "line") {
    const mark = { ...LINE, strokeWidth: 1 }
    return [
      layer(
        one.points,
        { ...mark, ...(one.name === undefined && { color: colour }) },
        scales,
        legend(one, all),
      ),
    ]
  }
  const { points, size } = dots(one.points, width)
  const dot = { ...LINE, strokeCap: "round", color: colour, strokeWidth: size } as const
  const outer = layer(points, dot, scales)
  // A ring is a dot with a smaller one of the paper's colour on it.
  const inner = { ...dot, color: PAPER, strokeWidth: Math.max(size - 1.8, 0.4 * size) }
  return one.shape === "dots" ? [outer] : [outer, layer(points, inner, scales)]
}

function layer(
  points: readonly Point[],
  mark: AnyMark,
  { x, y }: Scales,
  color?: object,
): LayerSpec {
  const quantity = { type: "quantitative" } as const
  return {
    data: { values: [...points] },
    mark,
    encoding: {
      x: { field: "x", ...quantity, ...x },
      y: { field: "y", ...quantity, ...y },
      ...(points[0]?.at !== undefined && { order: { field: "at", ...quantity } }),
      ...(color && { color }),
    },
  } as LayerSpec
}

function legend({ name }: Series, all: readonly Series[]): object | undefined {
  if (name === undefined) return undefined
  const named = all.filter((one) => one.name !== undefined)
  return {
    datum: name,
    type: "nominal",
    scale: {
      domain: named.map((one) => one.name),
      range: named.map((one) => colourOf(one.colour)),
    },
    legend: { title: null, orient: "right", symbolType: "stroke", symbolStrokeWidth: 2 },
  }
}
