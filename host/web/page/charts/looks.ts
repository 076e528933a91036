import type { Marker } from "./lines"

/** How lines of a chart differ besides by their colour. */
export const DASHES: readonly (readonly number[])[] = [
  [],
  [7, 4],
  [2, 3],
  [10, 3, 2, 3],
  [4, 2],
  [12, 4],
  [2, 2, 6, 2],
  [1, 4],
]

export const MARKERS: readonly Marker[] = ["circle", "square", "diamond", "up", "down", "cross"]

/** Of several alike lines, the n-th. */
export function look(n: number): { dash: readonly number[]; marker: Marker } {
  return { dash: DASHES[n % DASHES.length], marker: MARKERS[n % MARKERS.length] }
}

/**
 * Colour, dash and width of the n-th oldest of several cycles: the newest stands out.
 * @param ramp colours from the oldest to the newest, #rrggbb
 */
export function ofAge(
  n: number,
  count: number,
  ramp: readonly string[],
): { colour: string; dash: readonly number[]; width: number } {
  const newness = count > 1 ? n / (count - 1) : 1
  return {
    colour: between(ramp, newness),
    dash: DASHES[(count - 1 - n) % DASHES.length],
    width: 1.25 + 0.75 * newness,
  }
}

/** A colour of a ramp, 0 its first and 1 its last. */
export function between(ramp: readonly string[], part: number): string {
  const place = Math.min(Math.max(part, 0), 1) * (ramp.length - 1)
  const i = Math.min(Math.floor(place), ramp.length - 2)
  if (ramp.length < 2) return ramp[0]
  const mix = place - i
  const a = rgb(ramp[i])
  const b = rgb(ramp[i + 1])
  const channels = a.map((value, k) => Math.round(value + (b[k] - value) * mix))
  return `#${channels.map((value) => value.toString(16).padStart(2, "0")).join("")}`
}

function rgb(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}
