import { straightLine } from "./extrapolated"

/** A number that changes with time or cycles. */
export interface SeriesPoint {
  at: number
  value: number
}

/**
 * From where on a series stays within `share` of its final level, the mean of its last `last` points: the
 * first point of those that do. Undefined for a series of no more than `last` points, and for one of which
 * only these stay.
 */
export function settledFrom(
  series: readonly SeriesPoint[],
  { share, last }: { share: number; last: number },
): number | undefined {
  if (series.length <= last) return undefined
  const final = series.slice(-last).reduce((sum, { value }) => sum + value, 0) / last
  let from = series.length
  while (from > 0 && Math.abs(series[from - 1].value - final) <= share * Math.abs(final)) from--
  return from >= series.length - last ? undefined : series[from].at
}

/** A piece of a knee has at least so many points. */
const PIECE = 3

/**
 * Where a series that falls along one straight line begins to fall along a steeper one: the break of the two
 * lines, of least squares each, that leave the smallest residue, at their crossing. Undefined where the second
 * is not at least twice as steep: there is no knee.
 */
export function kneeAt(series: readonly SeriesPoint[]): number | undefined {
  let best: { residue: number; first: Line; second: Line } | undefined
  for (let split = PIECE; split <= series.length - PIECE; split++) {
    const first = lineThrough(series.slice(0, split))
    const second = lineThrough(series.slice(split))
    const residue = first.residue + second.residue
    if (best === undefined || residue < best.residue) best = { residue, first, second }
  }
  if (best === undefined) return undefined
  const { first, second } = best
  if (!(second.slope < 0 && second.slope < 2 * first.slope)) return undefined
  return (second.intercept - first.intercept) / (first.slope - second.slope)
}

interface Line {
  slope: number
  intercept: number
  residue: number
}

function lineThrough(points: readonly SeriesPoint[]): Line {
  const line = straightLine(
    points.map(({ at }) => at),
    points.map(({ value }) => value),
  )
  let residue = 0
  for (const { at, value } of points) residue += (value - line.slope * at - line.intercept) ** 2
  return { ...line, residue }
}
