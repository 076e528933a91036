import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Slope } from "../../firmware/core/slope"
import { Random } from "../../sim/random"

const SEED = 20_260_741

/** |dV/dt| by all samples of a step so far. */
function reference(samples_V: number[]): number {
  const blocks = Math.floor(samples_V.length / 30)
  if (blocks < 2) return Number.NaN
  const mean = (block: number) =>
    samples_V.slice(30 * block, 30 * block + 30).reduce((sum, v) => sum + v) / 30
  return Math.abs(mean(blocks - 1) - mean(blocks - 2)) / 30
}

describe("Slope", () => {
  test(`is the change of two 30 s means, and none before 60 s (seed ${SEED})`, () => {
    const lengths_s = fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 3 })
    fc.assert(
      fc.property(lengths_s, fc.nat(), (lengths_s, seed) => {
        const random = new Random(seed)
        const slope = new Slope()
        for (const seconds of lengths_s) {
          const step = Array.from({ length: seconds }, () => random.normal())
          slope.begin()
          expect(slope.rate_V_per_s).toBeNaN()
          step.forEach((voltage_V, second) => {
            slope.sample(voltage_V)
            expect(slope.rate_V_per_s).toEqual(reference(step.slice(0, second + 1)))
          })
        }
      }),
      { seed: SEED },
    )
  })

  test("is neither above nor below anything while it is unknown", () => {
    const slope = new Slope()
    slope.begin()
    for (let second = 0; second < 59; second++) slope.sample(second)
    expect([slope.rate_V_per_s >= 0, slope.rate_V_per_s <= 1e9]).toEqual([false, false])
    slope.sample(59)
    expect(slope.rate_V_per_s).toBeCloseTo(1, 12)
  })

  test(`reads a ramp of 10 µV/s either way within 1 µV/s, through 20 µV of noise (seed ${SEED})`, () => {
    const random = new Random(SEED)
    for (const rate of [10e-6, -10e-6]) {
      const slope = new Slope()
      slope.begin()
      for (let second = 1; second <= 3600; second++) {
        slope.sample(3 + rate * second + random.normal(20e-6))
        if (second >= 60) expect(Math.abs(slope.rate_V_per_s - 10e-6)).toBeLessThan(1e-6)
      }
    }
  })
})
