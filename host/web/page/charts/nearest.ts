import type { Line } from "./lines"
import { type Range, spanOf } from "./range"

/** A point of one of several lines. */
export interface PointOf {
  line: number
  index: number
}

/** Where somebody points at; without y, at all that is there. */
export interface Pointer {
  x: number
  y?: number
}

/** Farther, as a part of what is in view, a point is not what is pointed at. */
const NEAR = 0.06
/** Plots are so much wider than high. */
const ASPECT = 2

/** The point of each line that is nearest to a pointer along x; lines grow along x. */
export function pointsAlongX(
  lines: readonly Line[],
  pointer: Pointer | undefined,
  x: Range,
): PointOf[] {
  if (pointer === undefined) return []
  return lines.flatMap((each, line) => {
    const index = nearestByX(each, pointer.x)
    const isNear = index !== undefined && Math.abs(each.xs[index] - pointer.x) <= NEAR * spanOf(x)
    return isNear ? [{ line, index }] : []
  })
}

/** The point of a line, whose `xs` grow, that is nearest to x; undefined of an empty line or where it is broken. */
export function nearestByX({ xs, ys }: Line, x: number): number | undefined {
  if (xs.length === 0) return undefined
  let low = 0
  let high = xs.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (xs[middle] <= x) low = middle
    else high = middle
  }
  const index = x - xs[low] <= xs[high] - x ? low : high
  return ys[index] === null ? undefined : index
}

/** The one point of all lines that is nearest to a pointer, in no or one element. */
export function nearestPoint(
  lines: readonly Line[],
  pointer: Pointer | undefined,
  view: { x: Range; y: Range },
): PointOf[] {
  if (pointer === undefined) return []
  const perX = ASPECT / spanOf(view.x)
  const perY = pointer.y === undefined ? 0 : 1 / spanOf(view.y)
  let best: PointOf | undefined
  let least = (ASPECT * NEAR) ** 2
  lines.forEach(({ xs, ys }, line) => {
    for (let index = 0; index < xs.length; index++) {
      const y = ys[index]
      if (y === null) continue
      const square = (perX * (xs[index] - pointer.x)) ** 2 + (perY * (y - (pointer.y ?? y))) ** 2
      if (square > least) continue
      least = square
      best = { line, index }
    }
  })
  return best === undefined ? [] : [best]
}

/** A pointer that moves along x by a part of what is in view; from the middle when there was none. */
export function pointerAlong(pointer: Pointer | undefined, part: number, x: Range): Pointer {
  const from = pointer?.x ?? (x.from + x.to) / 2
  return { x: Math.min(Math.max(from + part * spanOf(x), x.from), x.to) }
}
