/** What is read off a waveform. All arrays are of one length, times ascending. */

/** How far beyond `final` it goes, as a share of the step; 0 if it does not. */
export function overshootOf(values: ArrayLike<number>, start: number, final: number): number {
  let most = 0
  for (let i = 0; i < values.length; i++)
    most = Math.max(most, (values[i] - final) / (final - start))
  return most
}

/** From `from_s` until it stays within `band` × the step around `final`; NaN if it does not. */
export function settlingTime_s(
  time_s: ArrayLike<number>,
  values: ArrayLike<number>,
  from_s: number,
  start: number,
  final: number,
  band: number,
): number {
  const limit = Math.abs(final - start) * band
  let last = values.length - 1
  if (Math.abs(values[last] - final) > limit) return Number.NaN
  while (last > 0 && Math.abs(values[last - 1] - final) <= limit) last--
  return Math.max(0, time_s[last] - from_s)
}

/** ∫ value dt by trapezia, between two instants. */
export function integralOf(
  time_s: ArrayLike<number>,
  values: ArrayLike<number>,
  from_s = Number.NEGATIVE_INFINITY,
  to_s = Number.POSITIVE_INFINITY,
): number {
  let sum = 0
  for (let i = 1; i < values.length; i++) {
    if (time_s[i - 1] < from_s || time_s[i] > to_s) continue
    sum += ((values[i] + values[i - 1]) / 2) * (time_s[i] - time_s[i - 1])
  }
  return sum
}

/** The value furthest from zero between two instants, with its sign. */
export function peakOf(
  time_s: ArrayLike<number>,
  values: ArrayLike<number>,
  from_s = Number.NEGATIVE_INFINITY,
  to_s = Number.POSITIVE_INFINITY,
): number {
  let peak = 0
  for (let i = 0; i < values.length; i++)
    if (time_s[i] >= from_s && time_s[i] <= to_s && Math.abs(values[i]) > Math.abs(peak))
      peak = values[i]
  return peak
}

/** When it first passes `level`, in either direction, after `from_s`; NaN if it never does. */
export function crossingTime_s(
  time_s: ArrayLike<number>,
  values: ArrayLike<number>,
  level: number,
  from_s = Number.NEGATIVE_INFINITY,
): number {
  for (let i = 1; i < values.length; i++) {
    if (time_s[i] < from_s) continue
    const before = values[i - 1] - level
    const after = values[i] - level
    if (before === 0 || before > 0 === after > 0) continue
    return time_s[i - 1] + ((time_s[i] - time_s[i - 1]) * before) / (before - after)
  }
  return Number.NaN
}

/** The largest mean over any stretch of `window_s`, as a magnitude. */
export function largestMeanOf(
  time_s: ArrayLike<number>,
  values: ArrayLike<number>,
  window_s: number,
): number {
  const sums = new Float64Array(time_s.length)
  let largest = 0
  let from = 0
  for (let i = 1; i < time_s.length; i++) {
    sums[i] = sums[i - 1] + ((values[i] + values[i - 1]) / 2) * (time_s[i] - time_s[i - 1])
    while (time_s[i] - time_s[from + 1] >= window_s) from++
    if (time_s[i] - time_s[from] < window_s) continue
    largest = Math.max(largest, Math.abs(sums[i] - sums[from]) / (time_s[i] - time_s[from]))
  }
  return largest
}
