import fc from "fast-check"
import { expect, it } from "vitest"
import { magnitudes, timeWeightedMean, timeWeightedMedian } from "../../host/analysis/weighted"

const seed = 20260321

/** Values at times whole seconds apart, so that weights add up without rounding. */
const window = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -20, max: 20 })), {
    minLength: 3,
    maxLength: 60,
  })
  .map((points) => {
    let now_s = 0
    const time_s = Float64Array.from(points, ([after_s]) => (now_s += after_s))
    return { time_s, value: Float64Array.from(points, ([, value]) => value) }
  })

/** Half the time to each neighbour. */
const weights = (time_s: Float64Array) =>
  Array.from(time_s, (at_s, i) => ((time_s[i + 1] ?? at_s) - (time_s[i - 1] ?? at_s)) / 2)

it(`the mean weighs each value by the time around it, seed ${seed}`, () => {
  fc.assert(
    fc.property(window, ({ time_s, value }) => {
      const w = weights(time_s)
      const total = w.reduce((sum, one) => sum + one)
      const sum = w.reduce((sum, one, i) => sum + one * value[i], 0)
      const sumOfMagnitudes = w.reduce((sum, one, i) => sum + one * Math.abs(value[i]), 0)
      const mean = timeWeightedMean({ time_s, value: magnitudes(value) })
      expect(timeWeightedMean({ time_s, value })).toBeCloseTo(sum / total, 9)
      expect(mean).toBeCloseTo(sumOfMagnitudes / total, 9)
    }),
    { seed },
  )
})

it(`the median is the first value that half of the time does not exceed, seed ${seed}`, () => {
  fc.assert(
    fc.property(window, ({ time_s, value }) => {
      const w = weights(time_s)
      const half = w.reduce((sum, one) => sum + one) / 2
      const weightUpTo = (level: number) =>
        w.reduce((sum, one, i) => sum + (value[i] <= level ? one : 0), 0)
      const expected = [...value].sort((a, b) => a - b).find((level) => weightUpTo(level) >= half)
      const given = value.slice()
      expect(timeWeightedMedian({ time_s, value })).toBe(expected)
      expect(value).toEqual(given)
    }),
    { seed, numRuns: 500 },
  )
})
