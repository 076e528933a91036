import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { differentialCapacity } from "../../host/analysis/differentialCapacity"
import { halfCycles } from "../../host/analysis/halfCycles"
import { levelEvaluation } from "../../host/analysis/levelEvaluation"
import { Random } from "../../sim/random"
import { recordsOf } from "./recordsOf"
import { record, type SyntheticStep } from "./synthetic"

const seed = 20200051
const every = (interval_s: number, duration_s: number) =>
  Array.from({ length: Math.round(duration_s / interval_s) + 1 }, (_, i) => i * interval_s)

/** One hour at 1 mA in either direction, a record each second. */
function half(voltage_V: (t: number) => number, step: Partial<SyntheticStep> = {}) {
  const times_s = every(1, 3600)
  return halfCycles(
    recordsOf(record([{ current_A: 1e-3, duration_s: 3600, voltage_V, times_s, ...step }])),
  )[0]
}

/** Two plateaus as an ideal electrode has them: x(V) is known, dx/dV too; V(x) by bisection. */
const steep = 200
const fill = (V: number) =>
  0.4 / (1 + Math.exp(-steep * (V - 3.4))) + 0.6 / (1 + Math.exp(-steep * (V - 3.5)))
const slope = (V: number) => {
  const peak = (at: number) => steep / (4 * Math.cosh((steep * (V - at)) / 2) ** 2)
  return 0.4 * peak(3.4) + 0.6 * peak(3.5)
}
const voltageAt = (x: number) => {
  let [low, high] = [3.3, 3.6]
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2
    if (fill(middle) < x) low = middle
    else high = middle
  }
  return low
}
const twoPlateaus = (t: number) => voltageAt(0.0005 + (0.999 * t) / 3600)
const capacity_Ah = 1e-3 / 0.999

describe("fixed steps of voltage", () => {
  it("a straight voltage has one dQ/dV, charging and discharging", () => {
    const up = differentialCapacity(
      half((t) => 3 + t / 3600),
      0.0099,
    )
    const down = differentialCapacity(
      half((t) => 4 - t / 3600, { current_A: -1e-3 }),
      0.0099,
    )
    for (const curve of [up, down]) {
      expect(curve?.length).toBeGreaterThan(90)
      for (const { capacity_Ah_per_V } of curve ?? [])
        expect(capacity_Ah_per_V).toBeCloseTo(1e-3, 9)
    }
    expect(up?.[0].voltage_V).toBeCloseTo(3.005, 9)
    expect(down?.[0].voltage_V).toBeCloseTo(3.995, 9)
  })

  it("finds both plateaus of a curve whose derivative is known", () => {
    const curve = differentialCapacity(half(twoPlateaus), 0.001) ?? []
    for (const { voltage_V, capacity_Ah_per_V } of curve)
      if (voltage_V > 3.37 && voltage_V < 3.53)
        expect(Math.abs(capacity_Ah_per_V / capacity_Ah - slope(voltage_V))).toBeLessThan(0.4)
    const highest = curve.reduce((a, b) => (b.capacity_Ah_per_V > a.capacity_Ah_per_V ? b : a))
    expect(Math.abs(highest.voltage_V - 3.5)).toBeLessThan(0.001)
    expect(highest.capacity_Ah_per_V / capacity_Ah).toBeCloseTo(slope(3.5), 0)
  })

  it("takes each step between two records, so that the charge of all steps is what passed", () => {
    const curve =
      differentialCapacity(
        half((t) => 3 + t / 3600),
        0.0124,
      ) ?? []
    const sum_Ah = curve.reduce((sum, one) => sum + one.capacity_Ah_per_V * 0.0125, 0)
    expect(sum_Ah).toBeCloseTo(1e-3, 9)
  })

  it("is negative where the voltage turns back", () => {
    const curve =
      differentialCapacity(
        half((t) => 3.5 - t / 36000),
        0.01,
      ) ?? []
    expect(curve.length).toBeGreaterThan(5)
    expect(curve.every((one) => one.capacity_Ah_per_V < 0)).toBe(true)
  })
})

describe("level evaluation", () => {
  it(`sums up to the charge at any level and any spacing of records, seed ${seed}`, () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 0.1, noNaN: true }),
        fc.array(fc.double({ min: 0.1, max: 60, noNaN: true }), { minLength: 5, maxLength: 80 }),
        fc.integer({ min: 1, max: 1e6 }),
        (level_V, gaps_s, noiseSeed) => {
          const random = new Random(noiseSeed)
          const times_s = [0]
          for (const gap_s of gaps_s) times_s.push(times_s[times_s.length - 1] + gap_s)
          const duration_s = times_s[times_s.length - 1]
          const curve = levelEvaluation(
            half((t) => 3 + t / 3600 + random.normal(0.01), { duration_s, times_s }),
            level_V,
          )
          const sum_Ah = (curve ?? []).reduce(
            (sum, one) => sum + one.capacity_Ah_per_V * level_V,
            0,
          )
          expect(sum_Ah / ((1e-3 * duration_s) / 3600)).toBeCloseTo(1, 9)
        },
      ),
      { seed, numRuns: 60 },
    )
  })

  it("with records at equal times it is I·Δt·N ÷ ΔV, as published", () => {
    // 36 records lie in each level of 10 mV.
    const curve =
      levelEvaluation(
        half((t) => 3.0001 + t / 3600),
        0.01,
      ) ?? []
    for (const one of curve.slice(1, -1))
      expect(one.capacity_Ah_per_V).toBeCloseTo(((1e-3 / 3600) * 36) / 0.01, 9)
    expect(curve[1].voltage_V).toBeCloseTo(3.015, 9)
  })

  it("finds the plateaus through noise that a difference of single records does not survive", () => {
    const random = new Random(seed)
    const noisy = half((t) => twoPlateaus(t) + random.normal(50e-6))
    const curve = (levelEvaluation(noisy, 0.002) ?? []).filter(
      ({ voltage_V }) => voltage_V > 3.37 && voltage_V < 3.53,
    )
    for (const { voltage_V, capacity_Ah_per_V } of curve)
      expect(Math.abs(capacity_Ah_per_V / capacity_Ah - slope(voltage_V))).toBeLessThan(0.6)
  })
})

it("both want a whole half-cycle at constant current, and a step above 0", () => {
  const whole = half((t) => 3 + t / 3600)
  for (const method of [differentialCapacity, levelEvaluation]) {
    expect(method(whole, 0.01)).toBeDefined()
    expect(method({ ...whole, complete: false }, 0.01)).toBeUndefined()
    expect(method({ ...whole, stepType: "cccv" }, 0.01)).toBeUndefined()
    for (const bad of [0, -1, Number.NaN]) expect(() => method(whole, bad)).toThrow(RangeError)
  }
})
