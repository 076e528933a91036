import { extentOf, type Line } from "./lines"
import { type Range, spanOf } from "./range"

/** More than so many times as wide as nearly all points, a scale hides what they tell. */
const FAR = 4
/** Nearly all: this part of the points on each side may be left out. */
const PART = 0.02
/** Of fewer points, nobody can say which is unusual. */
const FEW = 8

/**
 * The scale that shows nearly all points well, when a few lie so far away that they would flatten the others, or are
 * of what is not complete yet.
 * @param least a narrower scale is not shown
 * @returns undefined when all fit on one scale
 */
export function calmExtent(
  lines: readonly Line[],
  x: Range,
  least: number,
): { range: Range; outside: number } | undefined {
  const whole = extentOf(lines, x)
  const near = usual(lines.flatMap((line) => valuesOf(line, x, true)))
  if (whole === undefined || near.length === 0) return undefined
  const range = { from: near[0], to: near[near.length - 1] }
  if (spanOf(whole) < FAR * Math.max(spanOf(range), least)) return undefined
  const all = lines.flatMap((line) => valuesOf(line, x, false))
  return { range, outside: all.filter((y) => y < range.from || y > range.to).length }
}

function valuesOf({ xs, ys, isHollow }: Line, x: Range, isWhole: boolean): number[] {
  return ys.flatMap((y, i) => {
    const isLeftOut = y === null || xs[i] < x.from || xs[i] > x.to || (isWhole && isHollow?.(i))
    return isLeftOut ? [] : [y]
  })
}

/** Values in order, without those that are far from nearly all others. */
function usual(values: number[]): number[] {
  const ys = values.sort((a, b) => a - b)
  if (ys.length < FEW) return ys
  const left = Math.max(1, Math.floor(ys.length * PART))
  const most = { from: ys[left], to: ys[ys.length - 1 - left] }
  const room = spanOf(most) * 0.5
  return ys.filter((y) => y >= most.from - room && y <= most.to + room)
}

/** A plateau is where the voltage is for all but this part of the time on each side. */
const TIME_PART = 0.1

/**
 * The scale on which plateaus are seen well, where short spikes take most of the whole one, as when lithium is
 * stripped from copper to a cutoff.
 * @returns undefined when the whole scale shows them too
 */
export function plateauExtent(line: Line, x: Range): Range | undefined {
  const { xs, ys } = line
  const points: { y: number; weight: number }[] = []
  for (let i = 1; i < xs.length; i++) {
    const y = ys[i]
    if (y !== null && xs[i] >= x.from && xs[i] <= x.to)
      points.push({ y, weight: xs[i] - xs[i - 1] })
  }
  points.sort((a, b) => a.y - b.y)
  const left = TIME_PART * points.reduce((sum, { weight }) => sum + weight, 0)
  const low = reached(points, left)
  const high = reached(points.reverse(), left)
  if (low === undefined || high === undefined || high <= low) return undefined
  const range = { from: low - 0.6 * (high - low), to: high + 0.6 * (high - low) }
  const whole = extentOf([line], x)
  return whole !== undefined && spanOf(whole) > FAR * spanOf(range) ? range : undefined
}

function reached(points: { y: number; weight: number }[], part: number): number | undefined {
  let sum = 0
  return points.find(({ weight }) => {
    sum += weight
    return sum > part
  })?.y
}
