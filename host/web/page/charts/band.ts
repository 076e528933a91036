import type { Band } from "./drawPointer"
import { type Frame, valueX, valueY } from "./frame"
import type { Range } from "./range"

/** What somebody selects; undefined: of that axis, nothing. */
export interface Selected {
  x?: Range
  y?: Range
}

/** Shorter, a press of the mouse wobbled. */
const LEAST = 5
/** Shorter across than that, only the longer way is meant. */
const ACROSS = 24

/** The area between two places that somebody means: a stretch along x or y, or a rectangle. */
export function bandOf(
  frame: Frame,
  from: { x: number; y: number },
  to: { x: number; y: number },
): Band | undefined {
  const inside = (value: number, low: number, size: number) =>
    Math.min(Math.max(value, low), low + size)
  const { left, top, width, height } = frame
  const [x0, x1] = [from.x, to.x].map((x) => inside(x, left, width)).sort((a, b) => a - b)
  const [y0, y1] = [from.y, to.y].map((y) => inside(y, top, height)).sort((a, b) => a - b)
  const [wide, high] = [x1 - x0, y1 - y0]
  if (Math.max(wide, high) < LEAST) return undefined
  const isAlongX = wide >= ACROSS || wide >= high
  const isAlongY = high >= ACROSS || high > wide
  return {
    left: isAlongX ? x0 : left,
    width: isAlongX ? wide : width,
    top: isAlongY ? y0 : top,
    height: isAlongY ? high : height,
  }
}

export function selectedIn(frame: Frame, band: Band): Selected {
  const right = band.left + band.width
  const bottom = band.top + band.height
  return {
    ...(band.width < frame.width && {
      x: { from: valueX(frame, band.left), to: valueX(frame, right) },
    }),
    ...(band.height < frame.height && {
      y: { from: valueY(frame, bottom), to: valueY(frame, band.top) },
    }),
  }
}
