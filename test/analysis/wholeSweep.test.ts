import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { microPolarisation } from "../../host/analysis/exchangeCurrent/microPolarisation"
import { allenHickling } from "../../host/analysis/exchangeCurrent/tafel"
import { wholeSweep } from "../../host/analysis/exchangeCurrent/wholeSweep"
import { sweeps } from "../../host/analysis/voltammetry"
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import { composite_tafel } from "../../sim/cells/parameters/Ding2022Symmetric"
import { Random } from "../../sim/random"
import { Cycler } from "./cycler"
import { at25, sweep } from "./idealSweep"
import { recordsOf } from "./recordsOf"

const seed = 19570054

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
