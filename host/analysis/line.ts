/** A straight line through points, y = intercept + slope·x. */
export interface Line {
  intercept: number
  slope: number
  /** Coefficient of determination: 1 where all points lie on it. */
  r2: number
  points: number
}

/** Fewer points than this are no fit. */
const FEWEST = 5

/** The least-squares line of y on x; undefined with fewer than five points, or where all x are the same. */
export function fitLine(points: readonly { x: number; y: number }[]): Line | undefined {
  if (points.length < FEWEST) return undefined
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length
  let xx = 0
  let xy = 0
  let yy = 0
  for (const { x, y } of points) {
    xx += (x - meanX) ** 2
    xy += (x - meanX) * (y - meanY)
    yy += (y - meanY) ** 2
  }
  if (xx === 0) return undefined
  const slope = xy / xx
  const r2 = yy === 0 ? 1 : xy ** 2 / (xx * yy)
  return { intercept: meanY - slope * meanX, slope, r2, points: points.length }
}
