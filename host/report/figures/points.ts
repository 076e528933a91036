/** A point of a curve; a y of null breaks the line. */
export interface Point {
  x: number
  y: number | null
  /** In which order points come that do not go along x. */
  at?: number
}

/** Of all values, this part on either side may lie outside the frame, */
const LEFT_OUT = 0.005
/** if it lies so many times the others' range away from them. */
const FAR = 2

/**
 * A frame for values of which a few lie so far from all others that these would be a line: a reading of an open
 * contact, for one. Undefined where all fit.
 */
export function usualRange(
  points: readonly Point[],
): { range: readonly [number, number]; beyond: number[] } | undefined {
  const sorted = points.flatMap(({ y }) => (y === null ? [] : [y])).sort((a, b) => a - b)
  const out = Math.floor(sorted.length * LEFT_OUT)
  const [low, high] = [sorted[out], sorted[sorted.length - 1 - out]]
  const [lowest, highest] = [sorted[0], sorted[sorted.length - 1]]
  const far = FAR * (high - low)
  if (out === 0 || !(far > 0)) return undefined
  const isBelow = low - lowest > far
  const isAbove = highest - high > far
  if (!isBelow && !isAbove) return undefined
  // Half of the range as a margin: what is left out is far beyond.
  const margin = 0.5 * (high - low)
  const near = sorted.filter((value) => value > low - margin && value < high + margin)
  return {
    range: [isBelow ? near[0] : lowest, isAbove ? near[near.length - 1] : highest],
    beyond: [...(isBelow ? [lowest] : []), ...(isAbove ? [highest] : [])],
  }
}

export function range(points: readonly Point[], key: "x" | "y"): readonly [number, number] {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const { [key]: value } of points)
    if (value !== null) {
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  return low <= high ? [low, high] : [0, 1]
}

/** A range about the same middle that is not narrower than so much: noise shall not look like news. */
export function atLeast(
  [low, high]: readonly [number, number],
  span: number,
): readonly [number, number] {
  if (high - low >= span) return [low, high]
  const middle = (low + high) / 2
  return [middle - span / 2, middle + span / 2]
}

/**
 * Single values as a line that is broken between all of them: with round ends each is a dot, and takes ten bytes
 * of a figure instead of a hundred. Fewer dots are larger ones; of more than can be told apart the lowest and the
 * highest of each column of pixels.
 */
export function dots(points: readonly Point[], width: number): { points: Point[]; size: number } {
  const known = points.filter(({ y }) => y !== null)
  const shown = known.length > 2 * width ? ends(known, width) : known
  const size = shown.length > 400 ? 2 : shown.length > 60 ? 3.2 : 5
  return {
    points: shown.flatMap(({ x, y }, i) => [
      { x, y, at: 2 * i },
      { x, y: null, at: 2 * i + 1 },
    ]),
    size,
  }
}

/** Lowest and highest of each column of pixels. */
function ends(points: readonly Point[], width: number): Point[] {
  const [from, to] = range(points, "x")
  const columns = new Map<number, { low: Point; high: Point }>()
  for (const point of points) {
    const column = Math.floor(((point.x - from) / (to - from)) * width)
    const found = columns.get(column)
    if (found === undefined) columns.set(column, { low: point, high: point })
    else if (Number(point.y) < Number(found.low.y)) found.low = point
    else if (Number(point.y) > Number(found.high.y)) found.high = point
  }
  return [...columns.values()].flatMap(({ low, high }) => (low === high ? [low] : [low, high]))
}

/**
 * Leaves out the points of a curve that lie less than a pixel from the last one that was kept: whatever way the curve
 * goes, it looks the same.
 * @param perPixel what a pixel is along x and y
 */
export function thinned<One extends { x: number; y: number }>(
  points: Iterable<One>,
  perPixel: { x: number; y: number },
): One[] {
  const kept: One[] = []
  let last: One | undefined
  let before: One | undefined
  for (const point of points) {
    before = point
    if (last !== undefined && distance(point, last, perPixel) < 1) continue
    kept.push(point)
    last = point
  }
  if (before !== undefined && before !== last) kept.push(before)
  return kept
}

function distance(
  a: { x: number; y: number },
  b: { x: number; y: number },
  perPixel: { x: number; y: number },
): number {
  return Math.hypot((a.x - b.x) / perPixel.x, (a.y - b.y) / perPixel.y)
}
