import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { chargePhases } from "../../host/analysis/chargePhases"
import { modifiedAurbach } from "../../host/analysis/modifiedAurbach"
import { stripToCutoff } from "../../host/analysis/stripToCutoff"
import { thinElectrodeEfficiency } from "../../host/analysis/thinElectrodeEfficiency"
import type { Sample } from "../../host/sample"
import { LithiumCopper } from "../../sim/cells/lithiumCopper"
import { copper_985, lithiumFoil } from "../../sim/cells/parameters/Wang2023"
import { Cycler } from "./cycler"
import { recordsOf } from "./recordsOf"
import { record } from "./synthetic"

const seed = 20180702

const phasesOf = (samples: Sample[]) => [...chargePhases(recordsOf(samples))]

/** Charges in mAh, plating positive, at 1 mA, with a rest after each; records only at the ends. */
function passing(charges_mAh: number[], end_V = -1): Sample[] {
  return record(
    charges_mAh.flatMap((charge_mAh) => [
      {
        current_A: Math.sign(charge_mAh) * 1e-3,
        duration_s: 3600 * Math.abs(charge_mAh),
        voltage_V: () => (charge_mAh < 0 ? end_V : 0.02),
        times_s: [0, 3600 * Math.abs(charge_mAh)],
      },
      { current_A: 0, duration_s: 60, voltage_V: () => 0 },
    ]),
  )
}

const cycles = (n: number, q = 1) => Array.from({ length: n }, () => [-q, q]).flat()
const aurbach = (charges_mAh: number[]) => modifiedAurbach(phasesOf(passing(charges_mAh)))

describe("phases", () => {
  it("join all steps one way, rests or not, and know what is missing", () => {
    const found = phasesOf(passing([1, 2, -3, 1]))
    expect(found.map(({ sign }) => sign)).toEqual([1, -1, 1])
    expect(found.map(({ charge_mAh }) => Math.round(1e9 * charge_mAh) / 1e9)).toEqual([3, 3, 1])
    expect(found[1]).toMatchObject({ end_V: -1, start_s: 10920, end_s: 21720, isKnown: true })
    const missing = (stepCount: number) =>
      phasesOf(passing([1, 2, -3, 1]).filter((s) => s.stepCount !== stepCount))
    expect(missing(3).map(({ isKnown }) => isKnown)).toEqual([true, false, true])
    expect(missing(6).map(({ isKnown }) => isKnown)).toEqual([true, true, false])
    expect(missing(1).map(({ isKnown }) => isKnown)).toEqual([false, true, true])
  })
})

describe("modified Aurbach", () => {
  it("gives 0.990 for Q_T 5, Q_C 1, n 10, Q_S 4.85, whatever conditioning went before", () => {
    for (const before of [[], [5, -4.6], [5, -4.6, 5, -4.8]]) {
      const found = aurbach([...before, 5, ...cycles(10), -4.85])
      expect(found).toMatchObject({ cycles: 10, isAbove100: false, final_V: -1 })
      expect(found?.reservoir_mAh).toBeCloseTo(5, 9)
      expect(found?.cycled_mAh).toBeCloseTo(1, 9)
      expect(found?.final_mAh).toBeCloseTo(4.85, 9)
      expect(found?.efficiency).toBeCloseTo(14.85 / 15, 9)
    }
  })

  it(`follows the formula for any charges, seed ${seed}`, () => {
    const charge = fc.double({ min: 0.5, max: 2, noNaN: true })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        charge,
        fc.double({ min: 1.01, max: 6, noNaN: true }),
        fc.double({ min: 0.1, max: 1.2, noNaN: true }),
        (n, q, ratio, left) => {
          const [reservoir, final] = [q * ratio, q * ratio * left]
          const found = aurbach([reservoir, ...cycles(n, q), -final])
          expect(found?.cycles).toBe(n)
          expect(found?.efficiency).toBeCloseTo((n * q + final) / (n * q + reservoir), 9)
          expect(found?.isAbove100).toBe(left > 1)
        },
      ),
      { seed, numRuns: 100 },
    )
  })

  it("is undefined where the test is not one, is not over, or lacks records", () => {
    expect(aurbach([5, ...cycles(10)])).toBeUndefined()
    expect(aurbach([5, -4.9])).toBeUndefined()
    expect(aurbach([...cycles(3).slice(1), -0.9])).toBeUndefined()
    // Empty in the fourth cycle: what is plated after it is no reservoir.
    expect(aurbach([2, ...cycles(3), -0.3, 1, ...cycles(3), -0.9])).toBeUndefined()
    const samples = passing([5, ...cycles(10), -4.85])
    expect(modifiedAurbach(phasesOf(samples))).toBeDefined()
    expect(modifiedAurbach(phasesOf(samples), -1)).toBeUndefined()
    // 22 phases with a rest after each: the last stripping is step 43.
    const running = samples.filter((s) => s.stepCount < 43 || (s.stepCount === 43 && !s.isLast))
    expect(modifiedAurbach(phasesOf(running))).toBeUndefined()
    expect(modifiedAurbach(phasesOf(samples.filter((s) => s.stepCount !== 8)))).toBeUndefined()
  })
})

describe("thin electrode", () => {
  const ace = (charges_mAh: number[], initial_mAh: number) =>
    thinElectrodeEfficiency(phasesOf(passing(charges_mAh)), initial_mAh)

  it("is 1 − (Q₀ − Q_end)/(n·Q_C) where as much is stripped as plated", () => {
    const found = ace([...cycles(50), -9.25], 10)
    expect(found).toMatchObject({ cycles: 50, isAbove100: false })
    expect(found?.cycled_mAh).toBeCloseTo(1, 9)
    expect(found?.efficiency).toBeCloseTo(1 - 0.75 / 50, 9)
  })

  it("balances what is not alike: lithium that was only stripped is not lost", () => {
    // 10 − 2 + 0.9·1 − 1 + 0.9·1 = 8.8 left.
    expect(ace([-2, 1, -1, 1, -8.8], 10)?.efficiency).toBeCloseTo(0.9, 9)
    expect(ace([-1, 1, -10.1], 10)?.isAbove100).toBe(true)
  })

  it("is undefined before the last stripping, with nothing plated, and where records are missing", () => {
    expect(ace(cycles(5), 10)).toBeUndefined()
    expect(ace([-9], 10)).toBeUndefined()
    const samples = passing([...cycles(5), -9]).filter((s) => s.stepCount !== 3)
    expect(thinElectrodeEfficiency(phasesOf(samples), 10)).toBeUndefined()
    expect(() => ace([-1, 1, -9], 0)).toThrow(/initial_mAh/)
  })
})

it("strip-to-cutoff counts a stripping that met its cutoff, and no other", () => {
  const found = stripToCutoff(phasesOf(passing([-4.46, 1, -2])), -1)
  expect(found.map(({ charge_mAh }) => charge_mAh)).toEqual([
    expect.closeTo(4.46, 9),
    expect.closeTo(2, 9),
  ])
  expect(found[0]).toMatchObject({ end_V: -1, start_s: 0, end_s: expect.closeTo(16056, 6) })
  expect(stripToCutoff(phasesOf(passing([-4.46], -0.99)), -1)).toEqual([])
  expect(stripToCutoff(phasesOf(passing([-4.46], -1)), -1, -1)).toEqual([])
  expect(stripToCutoff(phasesOf(passing([-4.46]).filter((s) => !s.isLast)), -1)).toEqual([])
})

describe("against cells that know their efficiency", () => {
  const I_A = 0.5e-3 * copper_985.area_cm2
  /** Copper at the positive terminal: negative current plates. mAh cm⁻², 0 strips to 1 V. */
  const run = (cell: LithiumCopper, areal: number[]) => {
    const cycler = new Cycler(cell)
    for (const charge of areal)
      if (charge === 0) cycler.current(1, I_A, { until_V: 1 }, 20)
      else
        cycler.current(
          1,
          -Math.sign(charge) * I_A,
          { after_s: (Math.abs(charge) / 0.5) * 3600 },
          20,
        )
    return phasesOf(cycler.samples)
  }

  it("modified Aurbach finds 98.50 %", () => {
    const phases = run(new LithiumCopper(copper_985, "copper"), [5, 0, 5, ...cycles(10), 0])
    const found = modifiedAurbach(phases, -1)
    expect(found?.cycles).toBe(10)
    expect(Math.abs((found?.efficiency ?? 0) - 0.985)).toBeLessThan(5e-5)
    expect(found?.final_V).toBeCloseTo(1, 4)
  })

  it("a foil's capacity, stripped at once, and its 96.2 % by cycling", () => {
    const held_mAh_per_cm2 = lithiumFoil.lithium_mAh_per_cm2 ?? 0
    const area_cm2 = lithiumFoil.area_cm2
    const [whole] = stripToCutoff(run(new LithiumCopper(lithiumFoil, "copper"), [0]), 1, -1)
    expect(Math.abs(whole.charge_mAh / area_cm2 - held_mAh_per_cm2)).toBeLessThan(1e-3)
    const phases = run(new LithiumCopper(lithiumFoil, "copper"), [...cycles(20), 0])
    const found = thinElectrodeEfficiency(phases, whole.charge_mAh, -1)
    expect(found?.cycles).toBe(20)
    expect(Math.abs((found?.efficiency ?? 0) - 0.962)).toBeLessThan(1e-4)
  })
})
