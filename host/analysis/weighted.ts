import type { Sample } from "../sample"

/**
 * The records whose `coordinate` (time, or charge passed) lies in [`low`, `high`]; undefined when
 * they do not stand for that window: fewer than three, or over half of it without a record.
 */
export function coveredWindow(
  samples: Sample[],
  coordinate: (sample: Sample) => number,
  low: number,
  high: number,
): Sample[] | undefined {
  const inside = samples.filter((s) => coordinate(s) >= low && coordinate(s) <= high)
  if (inside.length < 3) return undefined
  const edges = [low, ...inside.map(coordinate), high]
  const widest = edges.slice(1).reduce((gap, edge, i) => Math.max(gap, edge - edges[i]), 0)
  return widest > (high - low) / 2 ? undefined : inside
}

/**
 * The mean of `value` over time, by trapezoids: each record weighs half the time to each of its
 * neighbours. A plain mean over records would follow wherever the board recorded most often.
 */
export function timeWeightedMean(samples: Sample[], value: (sample: Sample) => number): number {
  const weights = timeWeights_s(samples)
  const total_s = weights.reduce((sum, weight) => sum + weight, 0)
  return samples.reduce((sum, s, i) => sum + weights[i] * value(s), 0) / total_s
}

/** The level that `value` exceeds for half of the time; weights as in `timeWeightedMean`. */
export function timeWeightedMedian(samples: Sample[], value: (sample: Sample) => number): number {
  const weights = timeWeights_s(samples)
  const ranked = samples
    .map((s, i) => ({ value: value(s), weight: weights[i] }))
    .sort((a, b) => a.value - b.value)
  const half = weights.reduce((sum, weight) => sum + weight, 0) / 2
  let below = 0
  for (const entry of ranked) {
    below += entry.weight
    if (below >= half) return entry.value
  }
  return ranked[ranked.length - 1].value
}

function timeWeights_s(samples: Sample[]): number[] {
  return samples.map((s, i) => {
    const before = samples[i - 1] ?? s
    const after = samples[i + 1] ?? s
    return (after.time_s - before.time_s) / 2
  })
}
