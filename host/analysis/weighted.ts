import type { Records } from "../records"

/** Some records of a step: their times and a quantity of each. To be read only: it may be the step's own. */
export interface Window {
  time_s: Float64Array
  value: Float64Array
}

/**
 * The `value` of the records whose `coordinate` (time, or charge passed) lies in [`low`, `high`]; undefined
 * when they do not stand for that window: fewer than three, or over half of it without a record.
 */
export function coveredWindow(
  { length, time_s }: Records,
  coordinate: Float64Array,
  value: Float64Array,
  low: number,
  high: number,
): Window | undefined {
  let from = length
  let to = 0
  let inside = 0
  let edge = low
  let widest = 0
  for (let i = 0; i < length; i++) {
    const at = coordinate[i]
    if (!(at >= low && at <= high)) continue
    if (inside === 0) from = i
    to = i + 1
    inside++
    widest = Math.max(widest, at - edge)
    edge = at
  }
  widest = Math.max(widest, high - edge)
  if (inside < 3 || widest > (high - low) / 2) return undefined
  const times_s = time_s.subarray(from, to)
  const values = value.subarray(from, to)
  if (inside === to - from) return { time_s: times_s, value: values }
  const isInside = (_: number, i: number) =>
    coordinate[from + i] >= low && coordinate[from + i] <= high
  return { time_s: times_s.filter(isInside), value: values.filter(isInside) }
}

/** |v| of every value. */
export function magnitudes(values: Float64Array): Float64Array {
  const all = new Float64Array(values.length)
  for (let i = 0; i < all.length; i++) all[i] = Math.abs(values[i])
  return all
}

/**
 * The mean of the values over time, by trapezoids: each record weighs half the time to each of its
 * neighbours. A plain mean over records would follow wherever the board recorded most often.
 */
export function timeWeightedMean({ time_s, value }: Window): number {
  const last = value.length - 1
  let doubled = 0
  for (let i = 1; i <= last; i++) doubled += (time_s[i] - time_s[i - 1]) * (value[i - 1] + value[i])
  return doubled / 2 / (time_s[last] - time_s[0])
}

/** The level that the values exceed for half of the time; weights as in `timeWeightedMean`. */
export function timeWeightedMedian({ time_s, value }: Window): number {
  const last = value.length - 1
  const weights_s = new Float64Array(value.length)
  for (let i = 1; i <= last; i++) {
    const half_s = (time_s[i] - time_s[i - 1]) / 2
    weights_s[i - 1] += half_s
    weights_s[i] = half_s
  }
  return select(value.slice(), weights_s, (time_s[last] - time_s[0]) / 2)
}

/**
 * The least value that, with all below it, weighs `weight`: Hoare's quickselect. Changes the order of both
 * arrays.
 */
function select(values: Float64Array, weights: Float64Array, weight: number): number {
  let from = 0
  let to = values.length - 1
  let left = weight
  while (from < to) {
    const pivot = values[(from + to) >> 1]
    let low = from
    let high = to
    let below = 0
    while (low <= high) {
      while (values[low] < pivot) below += weights[low++]
      while (values[high] > pivot) high--
      if (low > high) break
      below += weights[high]
      swap(values, low, high)
      swap(weights, low, high)
      low++
      high--
    }
    // Now what stands before `low` is at most the pivot, and the rest at least.
    if (left <= below) to = low - 1
    else {
      left -= below
      from = low
    }
  }
  return values[from]
}

function swap(array: Float64Array, i: number, j: number): void {
  const kept = array[i]
  array[i] = array[j]
  array[j] = kept
}
