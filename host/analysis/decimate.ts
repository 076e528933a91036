/** A point of a curve; a `y` of null breaks the line. */
export interface CurvePoint {
  x: number
  y: number | null
}

/**
 * Thins a curve to what `columns` pixels across [`from`, `to`] can show: of each pixel column the
 * first, lowest, highest and last point, so a spike of one record survives (the "M4" aggregation,
 * Jugel et al. 2014, 10.14778/2732951.2732953). Points are kept as they are, never averaged or
 * moved. Where two successive points lie further apart than `gap` the line breaks.
 */
export function decimate(
  points: Iterable<{ x: number; y: number }>,
  { from, to, columns, gap }: { from: number; to: number; columns: number; gap: number },
): CurvePoint[] {
  const kept: CurvePoint[] = []
  let column: { x: number; y: number }[] = []
  let columnIndex = -1
  let previousX = Number.NaN
  const flush = () => {
    if (column.length > 0) kept.push(...extremes(column))
    column = []
  }
  for (const point of points) {
    if (point.x < from || point.x > to) continue
    const index = Math.floor(((point.x - from) / (to - from)) * columns)
    const isGap = point.x - previousX > gap
    if (isGap || index !== columnIndex) flush()
    if (isGap) kept.push({ x: (previousX + point.x) / 2, y: null })
    column.push(point)
    columnIndex = index
    previousX = point.x
  }
  flush()
  return kept
}

function extremes(column: { x: number; y: number }[]): CurvePoint[] {
  let low = 0
  let high = 0
  for (let i = 1; i < column.length; i++) {
    if (column[i].y < column[low].y) low = i
    if (column[i].y > column[high].y) high = i
  }
  const indices = [...new Set([0, low, high, column.length - 1])].sort((a, b) => a - b)
  return indices.map((i) => column[i])
}
