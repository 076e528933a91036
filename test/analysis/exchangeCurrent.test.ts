import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { thermalVoltage_V } from "../../host/analysis/exchangeCurrent/kinetics"
import { microPolarisation } from "../../host/analysis/exchangeCurrent/microPolarisation"
import { allenHickling, apparentExchangeCurrent } from "../../host/analysis/exchangeCurrent/tafel"
import { wholeSweep } from "../../host/analysis/exchangeCurrent/wholeSweep"
import { fitLine } from "../../host/analysis/line"
import { sweeps } from "../../host/analysis/voltammetry"
import type { Records } from "../../host/records"
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import { composite_tafel } from "../../sim/cells/parameters/Ding2022Symmetric"
import { Random } from "../../sim/random"
import { Cycler } from "./cycler"
import { recordsOf } from "./recordsOf"
import { record } from "./synthetic"

const seed = 19570053
const area_cm2 = 1.539
const at25 = { area_cm2, temperature_degC: 25, resistance_ohm: 0 }
const RT_F_V = 0.0256926

/**
 * An exact sweep: by η of each electrode to the current density by Butler and Volmer, and by that and R to the
 * voltage of the terminals. 400 records even in η.
 */
function sweep(i0: number, alpha: number, R_ohm: number, highest_V: number): Records {
  const eta = (t: number) => highest_V * (t / 200 - 1)
  const density = (t: number) =>
    i0 * (Math.exp((alpha * eta(t)) / RT_F_V) - Math.exp(((alpha - 1) * eta(t)) / RT_F_V))
  const current_A = (t: number) => 1e-3 * area_cm2 * density(t)
  const samples = record([
    {
      current_A: { current_A, charge_C: (t) => t },
      voltage_V: (t) => 2 * eta(t) + R_ohm * current_A(t),
      stepType: "scan",
      duration_s: 400,
      times_s: Array.from({ length: 401 }, (_, i) => i),
    },
  ])
  return recordsOf(samples)[0]
}

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

describe("whole sweep", () => {
  it(`tells i₀ and R apart, seed ${seed}`, () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 10, noNaN: true }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        (i0, R_ohm) => {
          const found = wholeSweep(sweep(i0, 0.5, R_ohm, 0.1), at25)
          expect((found?.exchangeCurrent_mA_per_cm2 ?? 0) / i0).toBeCloseTo(1, 4)
          expect(Math.abs((found?.resistance_ohm ?? -1) - R_ohm)).toBeLessThan(1e-3 / i0)
          expect(found?.residual_V).toBeLessThan(1e-5)
        },
      ),
      { seed, numRuns: 30 },
    )
  })

  it("through noise of the voltage channel, to a percent", () => {
    const random = new Random(seed)
    const clean = sweep(1.2, 0.5, 2, 0.1)
    const noisy = { ...clean, voltage_V: clean.voltage_V.map((V) => V + random.normal(20e-6)) }
    const found = wholeSweep(noisy, at25)
    expect(Math.abs((found?.exchangeCurrent_mA_per_cm2 ?? 0) / 1.2 - 1)).toBeLessThan(0.01)
    expect(Math.abs((found?.resistance_ohm ?? 0) - 2)).toBeLessThan(0.02)
    expect(found?.residual_V).toBeCloseTo(20e-6, 5)
  })

  it("is undefined where the curve is a line, or of another kind", () => {
    expect(wholeSweep(sweep(1, 0.5, 2, 0.03), at25)).toBeUndefined()
    const line = sweep(1, 0.5, 0, 0.1)
    const ohmic = { ...line, current_A: line.voltage_V.map((V) => V / 100) }
    expect(wholeSweep(ohmic, at25)).toBeUndefined()
  })
})

it("finds the i₀ and the R of a cell, from its sweep alone: 1.181 mA cm⁻², 3 Ω cm²", () => {
  const { area_cm2, resistance_ohm_cm2, exchangeCurrent_mA_per_cm2: i0 } = composite_tafel
  const cycler = new Cycler(new LithiumSymmetric({ ...composite_tafel, doubleLayer_uF_per_cm2: 0 }))
  cycler.current(1, 0, { after_s: 60 }, 10)
  cycler.scan(1, -0.2, 0.2, 1e-4, 5)
  const [{ records: scan }] = sweeps(recordsOf(cycler.samples))
  const options = { ...at25, area_cm2 }
  const whole = wholeSweep(scan, options)
  const off = (found: { exchangeCurrent_mA_per_cm2: number } | undefined) =>
    Math.abs((found?.exchangeCurrent_mA_per_cm2 ?? 0) / i0 - 1)
  const resistance_ohm = whole?.resistance_ohm ?? 0
  expect(off(whole)).toBeLessThan(0.005)
  expect(resistance_ohm * area_cm2).toBeCloseTo(resistance_ohm_cm2, 1)
  const window = { branch: 1, from_V: 0.01, to_V: 0.08 } as const
  expect(off(allenHickling(scan, { ...options, resistance_ohm }, window))).toBeLessThan(0.01)
  expect(off(microPolarisation(scan, { ...options, resistance_ohm }))).toBeLessThan(0.01)
})
