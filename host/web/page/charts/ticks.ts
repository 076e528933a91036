import { fixed } from "../words"
import { type Range, spanOf } from "./range"

/** Ticks of an axis: where, and what each says. All in the unit of the axis. */
export interface Ticks {
  at: number[]
  texts: string[]
}

/**
 * 1, 2 or 5 times a power of ten.
 * @param most how many of it fit into the span at most
 */
export function niceStep(span: number, most: number): number {
  const rough = span / Math.max(1, most)
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 5].find((each) => each * power >= rough * (1 - 1e-9)) ?? 10
  return factor * power
}

/** Round numbers within a range, all with the same decimals. */
export function ticksOf(range: Range, most: number, least = 0): Ticks {
  const step = Math.max(niceStep(spanOf(range), most), least)
  const places = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  const first = Math.ceil(range.from / step - 1e-9)
  const last = Math.floor(range.to / step + 1e-9)
  const at = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step)
  return { at, texts: at.map((value) => fixed(value, places)) }
}
