import type { Frame } from "./frame"
import type { Line } from "./lines"
import type { Pointer, PointOf } from "./nearest"
import type { Range } from "./range"
import type { Palette } from "./theme"
import type { Ticks } from "./ticks"

/** Ticks for a range, as many as fit, and what the axis shows, with its unit. */
export type Axis = (range: Range, most: number) => Ticks & { title?: string }

export type Layer = (context: CanvasRenderingContext2D, frame: Frame) => void

/** What a plot shows. All are in SI units; axes know what to write. */
export interface PlotContent {
  lines: readonly Line[]
  x: Range
  y: Range
  xAxis: Axis
  yAxis: Axis
  /** A second scale of x above the plot. */
  topAxis?: Axis
  /** Ticks of x are marked, but written at another plot below. */
  isXShared?: boolean
  palette: Palette
  /** Drawn before the lines. */
  under?: Layer
  /** Drawn after them. */
  over?: Layer
  /** Where values are read off, and the points there. */
  pointer?: Pointer
  points: readonly PointOf[]
}
