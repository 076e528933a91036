import { type Range, widened } from "./range"

export type Marker = "circle" | "square" | "diamond" | "up" | "down" | "cross"

/** One curve: `xs` need not grow, and a null of `ys` breaks it. All in SI units. */
export interface Line {
  name: string
  xs: readonly number[]
  ys: readonly (number | null)[]
  /** As CSS has it. */
  colour: string
  /** CSS pixels drawn and left out by turns. */
  dash?: readonly number[]
  width?: number
  marker?: Marker
  /** A point that is not all there yet. */
  isHollow?: (index: number) => boolean
}

/** What of lines can be seen between two x: lowest and highest y; undefined where there is nothing. */
export function extentOf(lines: readonly Line[], x?: Range): Range | undefined {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (const { xs, ys } of lines)
    for (let i = 0; i < xs.length; i++) {
      const y = ys[i]
      if (y === null || (x !== undefined && (xs[i] < x.from || xs[i] > x.to))) continue
      if (y < from) from = y
      if (y > to) to = y
    }
  return from > to ? undefined : { from, to }
}

/** From the first x to the last; undefined where there is nothing. */
export function breadthOf(lines: readonly Line[]): Range | undefined {
  return extentOf(lines.map((line) => ({ ...line, ys: line.xs })))
}

/** With room above and below, and never so narrow that noise fills the picture. */
export function roomy(extent: Range, least: number): Range {
  const wide = widened(extent, least)
  const room = 0.06 * (wide.to - wide.from)
  return { from: wide.from - room, to: wide.to + room }
}

/** A scale that is narrower than a hundredth of what it shows, or than `least`, would show how numbers are rounded. */
export function leastSpan(lines: readonly Line[], least: number): number {
  const extent = extentOf(lines) ?? { from: 0, to: 0 }
  return Math.max(least, 0.01 * Math.max(Math.abs(extent.from), Math.abs(extent.to)))
}

/** So that zero is in it. */
export function withZero({ from, to }: Range): Range {
  return { from: Math.min(from, 0), to: Math.max(to, 0) }
}
