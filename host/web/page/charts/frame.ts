import type { Range } from "./range"
import { spanOf } from "./range"

/** The area of a plot within its axes, CSS pixels, and what it shows. */
export interface Frame {
  left: number
  top: number
  width: number
  height: number
  x: Range
  y: Range
}

/** Room for the numbers of an axis, and for its title. */
const NUMBERS_Y = 54
const NUMBERS_Y_SMALL = 40
const NUMBERS_X = 24
const TITLE = 20
const RIGHT = 12

export function frameOf(
  size: { width: number; height: number },
  shows: { x: Range; y: Range; hasTop: boolean; isXShared: boolean },
): Frame {
  const left = TITLE + (size.width < 480 ? NUMBERS_Y_SMALL : NUMBERS_Y)
  const top = shows.hasTop ? NUMBERS_X : 8
  const bottom = shows.isXShared ? 6 : NUMBERS_X + TITLE
  return {
    left,
    top,
    width: Math.max(size.width - left - RIGHT, 1),
    height: Math.max(size.height - top - bottom, 1),
    x: shows.x,
    y: shows.y,
  }
}

/** Pixels of a value. */
export function placeX({ left, width, x }: Frame, value: number): number {
  return left + ((value - x.from) / spanOf(x)) * width
}

export function placeY({ top, height, y }: Frame, value: number): number {
  return top + height - ((value - y.from) / spanOf(y)) * height
}

/** The value at a pixel. */
export function valueX({ left, width, x }: Frame, place: number): number {
  return x.from + ((place - left) / width) * spanOf(x)
}

export function valueY({ top, height, y }: Frame, place: number): number {
  return y.from + ((top + height - place) / height) * spanOf(y)
}
