import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { thermalVoltage_V } from "../../host/analysis/exchangeCurrent/kinetics"
import { microPolarisation } from "../../host/analysis/exchangeCurrent/microPolarisation"
import { allenHickling, apparentExchangeCurrent } from "../../host/analysis/exchangeCurrent/tafel"
import { fitLine } from "../../host/analysis/line"
import { at25, area_cm2, sweep } from "./idealSweep"
import { recordsOf } from "./recordsOf"
import { record } from "./synthetic"

const seed = 19570053
it("a line goes through its points, and of scattered ones has the least squares", () => {
  const line = fitLine([0, 1, 2, 3, 4].map((x) => ({ x, y: 2 - 3 * x })))
  expect(line).toEqual({ intercept: 2, slope: -3, r2: 1, points: 5 })
  // y = 0, 0, 0, 0, 5 on x = 0 … 4: slope 10/10, intercept 1 − 2, r² = 10²/(10·20).
  const scattered = fitLine([0, 0, 0, 0, 5].map((y, x) => ({ x, y })))
  expect(scattered?.slope).toBeCloseTo(1, 12)
  expect(scattered?.intercept).toBeCloseTo(-1, 12)
  expect(scattered?.r2).toBeCloseTo(0.5, 12)
  expect(fitLine([1, 2, 3, 4].map((x) => ({ x, y: x })))).toBeUndefined()
  expect(fitLine([1, 1, 1, 1, 1].map((x, y) => ({ x, y })))).toBeUndefined()
})

it("RT/F is 25.69 mV at 25 °C", () => {
  expect(thermalVoltage_V(25)).toBeCloseTo(0.0256926, 6)
})

describe("micro-polarisation", () => {
  it(`reads i₀ at most 0.5 % high, whatever i₀ and R, seed ${seed}`, () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 10, noNaN: true }),
        fc.double({ min: 0, max: 20, noNaN: true }),
        (i0, R_ohm) => {
          const found = microPolarisation(sweep(i0, 0.5, R_ohm, 0.012), {
            ...at25,
            resistance_ohm: R_ohm,
          })
          const ratio = (found?.exchangeCurrent_mA_per_cm2 ?? 0) / i0
          expect(ratio).toBeGreaterThan(1.003)
          expect(ratio).toBeLessThan(1.005)
          expect((found?.transferResistance_ohm_cm2 ?? 0) * ratio * i0).toBeCloseTo(25.6926, 3)
        },
      ),
      { seed, numRuns: 50 },
    )
  })

  it("without the resistance taken off it reads low: 3 Ω cm² halve 17 mA cm⁻²", () => {
    const found = microPolarisation(sweep(17.13, 0.5, 3 / area_cm2, 0.02), at25)
    expect((found?.exchangeCurrent_mA_per_cm2 ?? 0) / 17.13).toBeCloseTo(0.5, 2)
  })

  it("is undefined where the sweep does not cover ±10 mV", () => {
    expect(microPolarisation(sweep(1, 0.5, 0, 0.008), at25)).toBeUndefined()
    const positive = sweep(1, 0.5, 0, 0.02)
    const half = recordsOf(
      record([
        {
          current_A: { current_A: (t) => positive.current_A[200 + t], charge_C: (t) => t },
          voltage_V: (t) => positive.voltage_V[200 + t],
          stepType: "scan",
          duration_s: 200,
          times_s: Array.from({ length: 201 }, (_, i) => i),
        },
      ]),
    )[0]
    expect(microPolarisation(half, at25)).toBeUndefined()
  })
})

describe("Tafel", () => {
  it(`by Allen and Hickling is exact for any i₀, α, R and window, seed ${seed}`, () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 10, noNaN: true }),
        fc.double({ min: 0.2, max: 0.8, noNaN: true }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        fc.double({ min: 0.005, max: 0.05, noNaN: true }),
        fc.constantFrom(1 as const, -1 as const),
        (i0, alpha, resistance_ohm, from_V, branch) => {
          const window = { branch, from_V, to_V: 0.095 }
          const found = allenHickling(
            sweep(i0, alpha, resistance_ohm, 0.1),
            { ...at25, resistance_ohm },
            window,
          )
          expect((found?.exchangeCurrent_mA_per_cm2 ?? 0) / i0).toBeCloseTo(1, 5)
          expect(found?.transferCoefficient).toBeCloseTo(branch > 0 ? alpha : 1 - alpha, 4)
          expect(found?.r2).toBeCloseTo(1, 9)
        },
      ),
      { seed, numRuns: 60 },
    )
  })

  it("by the plain line that papers draw reads 0.78 i₀ over 100 … 200 mV, 0.47 over 50 … 100", () => {
    for (const branch of [1, -1] as const)
      for (const [from_V, to_V, reads] of [
        [0.1, 0.2, 0.777],
        [0.05, 0.1, 0.4745],
      ]) {
        const found = apparentExchangeCurrent(sweep(1.7, 0.5, 0, 0.1), at25, {
          branch,
          from_V,
          to_V,
        })
        expect((found?.exchangeCurrent_mA_per_cm2 ?? 0) / 1.7).toBeCloseTo(reads, 2)
      }
  })

  it("is undefined where the window is not covered, and refuses one that is none", () => {
    const short = sweep(1, 0.5, 0, 0.09)
    expect(allenHickling(short, at25, { branch: 1, from_V: 0.01, to_V: 0.11 })).toBeUndefined()
    expect(
      apparentExchangeCurrent(short, at25, { branch: 1, from_V: 0.1, to_V: 0.22 }),
    ).toBeUndefined()
    for (const [from_V, to_V] of [
      [0.2, 0.1],
      [0, 0.1],
      [0.1, Number.NaN],
    ])
      expect(() => allenHickling(short, at25, { branch: 1, from_V, to_V })).toThrow(RangeError)
  })
})

it("does not read a sweep's first record, which can still show the current of the step before", () => {
  const clean = sweep(1, 0.5, 0, 0.1)
  const current_A = clean.current_A.slice()
  current_A[0] = 0.1
  const window = { branch: -1, from_V: 0.02, to_V: 0.1 } as const
  const found = allenHickling({ ...clean, current_A }, at25, window)
  expect(found?.exchangeCurrent_mA_per_cm2).toBeCloseTo(1, 5)
  const late = { ...clean, current_A: clean.current_A.map((I, i) => (i === 0 ? -0.1 : I)) }
  expect(allenHickling(late, at25, window)?.exchangeCurrent_mA_per_cm2).toBeCloseTo(1, 5)
})
