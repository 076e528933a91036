import fc from "fast-check"
import { expect, it } from "vitest"
import { dischargeOverCharge } from "../../host/analysis/coulombicEfficiency"
import { cycleTable } from "../../host/analysis/cycles"
import { initialEfficiency } from "../../host/analysis/initialEfficiency"
import { cycleCharges } from "../../host/analysis/iterateCycles"
import { polarisation_V } from "../../host/analysis/mediumVoltage"
import { rateCapability } from "../../host/analysis/rateCapability"
import { retentions } from "../../host/analysis/retention"
import type { Sample } from "../../host/sample"
import { FullCell } from "../../sim/cells/fullCell"
import { lfpRate } from "../../sim/cells/parameters/Zhang2021FullCell"
import { Cycler } from "./cycler"
import { recordsOf } from "./recordsOf"
import { record, type SyntheticStep, symmetricCell } from "./synthetic"

const seed = 20200971
const rowsOf = (samples: Sample[]) => cycleTable(recordsOf(samples))

/** For each cycle 1 mAh in at 1 mA, and out what is given, at a current. */
function cycling(discharges: [current_mA: number, charge_mAh: number][]): Sample[] {
  return record(
    discharges.flatMap(([current_mA, charge_mAh], n): SyntheticStep[] => [
      { cycle: n + 1, current_A: 1e-3, duration_s: 3600, voltage_V: () => 4 },
      {
        cycle: n + 1,
        current_A: -current_mA * 1e-3,
        duration_s: (3600 * charge_mAh) / current_mA,
        voltage_V: () => 3.5,
      },
    ]),
  )
}

const charges = (samples: Sample[]) => cycleCharges(recordsOf(samples))

it("retention is against the stated cycle, not clipped, with the decay per cycle", () => {
  const samples = cycling([0.8, 1, 0.95, 0.9, 1.01].map((charge) => [1, charge]))
  const found = retentions(charges(samples), 2)
  expect(found?.map((one) => one.retention)).toEqual(
    [0.8, 1, 0.95, 0.9, 1.01].map((value) => expect.closeTo(value, 9)),
  )
  expect(found?.[3].decayPerCycle).toBeCloseTo(0.05, 9)
  expect(found?.[1].decayPerCycle).toBeUndefined()
  expect(retentions(charges(samples), 6)).toBeUndefined()
})

it("retention is unknown where records are missing, all of it if of the reference", () => {
  const samples = cycling([1, 0.9, 0.8].map((charge) => [1, charge])).filter(
    (s) => s.stepCount !== 4 || !s.isLast,
  )
  expect(retentions(charges(samples), 1)?.map((one) => one.retention !== undefined)).toEqual([
    true,
    false,
    true,
  ])
  expect(retentions(charges(samples), 2)).toBeUndefined()
})

it("rates come in groups of one discharge current, the return to the first apart", () => {
  const samples = cycling([
    [0.2, 1],
    [0.2, 0.96],
    [1, 0.8],
    [1.02, 0.7],
    [5, 0.3],
    [0.2, 0.97],
  ])
  const found = rateCapability(rowsOf(samples))
  expect(found.map(({ from, to }) => [from, to])).toEqual([
    [1, 2],
    [3, 4],
    [5, 5],
    [6, 6],
  ])
  expect(found.map(({ current_A }) => current_A)).toEqual(
    [0.2e-3, 1e-3, 5e-3, 0.2e-3].map((value) => expect.closeTo(value, 12)),
  )
  expect(found[1].mean_mAh).toBeCloseTo(0.75, 9)
  expect(found[1].first_mAh).toBeCloseTo(0.8, 9)
  expect(found[1].last_mAh).toBeCloseTo(0.7, 9)
})

it("a rate's mean is unknown if one of its cycles is; the running cycle is left out", () => {
  const samples = cycling([
    [0.2, 1],
    [0.2, 0.96],
    [1, 0.8],
  ])
  const gapped = samples.filter((s) => s.stepCount !== 4 || !s.isFirst)
  expect(rateCapability(rowsOf(gapped))[0]).toMatchObject({
    first_mAh: expect.closeTo(1, 9),
    last_mAh: undefined,
    mean_mAh: undefined,
  })
  expect(rateCapability(rowsOf(samples.slice(0, -1))).length).toBe(1)
})

it("of a symmetric cell a rate has its hysteresis", () => {
  const samples = [1, 2].flatMap((mA, k) =>
    symmetricCell({ current_A: mA * 1e-3, cycles: 2, magnitude_V: () => 0.01 * mA }).map((s) => ({
      ...s,
      time_s: s.time_s + 4 * 3600 * k,
      cycle: s.cycle + 2 * k,
      stepCount: s.stepCount + 4 * k,
    })),
  )
  expect(rateCapability(rowsOf(samples)).map((one) => one.hysteresis_V)).toEqual([
    expect.closeTo(0.02, 12),
    expect.closeTo(0.04, 12),
  ])
})

it("initial efficiency is that of the first cycle with a current, and of no later one", () => {
  const efficiencies = (samples: Sample[]) => dischargeOverCharge(charges(samples))
  const samples = cycling([
    [1, 0.92],
    [1, 0.99],
  ])
  expect(initialEfficiency(efficiencies(samples))).toMatchObject({
    cycle: 1,
    efficiency: expect.closeTo(0.92, 9),
    isAbove100: false,
  })
  expect(initialEfficiency(efficiencies(samples.filter((s) => s.stepCount > 1)))).toBeUndefined()
  expect(initialEfficiency(efficiencies(samples.filter((s) => s.stepCount > 2)))).toBeUndefined()
  expect(initialEfficiency([])).toBeUndefined()
})

it(`medium voltage is that at half the charge, whatever the curve's shape, seed ${seed}`, () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.2, max: 4, noNaN: true }),
      fc.integer({ min: 1000, max: 9000 }),
      (power, duration_s) => {
        const share = (t: number) => (t / duration_s) ** power
        const [row] = rowsOf(
          record([
            { current_A: 1e-3, duration_s, voltage_V: (t) => 3 + share(t) },
            { current_A: -1e-3, duration_s, voltage_V: (t) => 3.8 - share(t) },
          ]),
        )
        // The chord over 10 s stands off the curve by at most its curvature: 4·3·(10 s)²/8/(1000 s)².
        expect(Math.abs((row.plating?.medium_V ?? 0) - (3 + 0.5 ** power))).toBeLessThan(1.5e-4)
        expect(Math.abs((polarisation_V(row) ?? 0) - (2 * 0.5 ** power - 0.8))).toBeLessThan(3e-4)
      },
    ),
    { seed, numRuns: 60 },
  )
})

it("medium voltage is unknown where the middle was not recorded, and while the step runs", () => {
  const step = { current_A: 1e-3, duration_s: 3600, voltage_V: (t: number) => 3 + t / 3600 }
  const samples = record([step])
  const medium_V = (kept: Sample[]) => rowsOf(kept)[0].plating?.medium_V
  expect(medium_V(samples)).toBeCloseTo(3.5, 9)
  expect(medium_V(samples.filter((s) => s.time_s < 1700 || s.time_s > 1900))).toBeUndefined()
  expect(medium_V(samples.slice(0, -1))).toBeUndefined()
  expect(medium_V(record([{ ...step, stepType: "scan" }]))).toBeUndefined()
  expect(polarisation_V(rowsOf(samples)[0])).toBeUndefined()
})

it("a cell's rate capability comes back: 160 and 146 mAh g⁻¹ at 0.2 and 0.5C", () => {
  const cell = new FullCell(lfpRate, "charged")
  const cycler = new Cycler(cell)
  const mass_g = (lfpRate.loading_mg_per_cm2 * lfpRate.area_cm2) / 1000
  const oneC_A = (lfpRate.oneC_mA_per_g * mass_g) / 1000
  const [low_V, high_V] = lfpRate.window_V
  const rates = [0.2, 0.2, 0.5, 0.5]
  const witnesses_mAh: number[] = []
  rates.forEach((rate, n) => {
    const { dischargingCharge_C } = cell
    cycler.current(n + 1, -rate * oneC_A, { until_V: low_V }, 60)
    witnesses_mAh.push((cell.dischargingCharge_C - dischargingCharge_C) / 3.6)
    cycler.current(n + 1, rate * oneC_A, { until_V: high_V }, 60)
  })
  const found = rateCapability(rowsOf(cycler.samples))
  const printed = [160, 146]
  found.forEach(({ last_mAh }, k) => {
    expect(last_mAh).toBeCloseTo(witnesses_mAh[2 * k + 1], 9)
    // The first discharge at a rate follows a charge at another.
    expect(Math.abs((last_mAh ?? 0) / mass_g / printed[k] - 1)).toBeLessThan(0.01)
  })
  expect(found.map(({ current_A }) => current_A / oneC_A)).toEqual([
    expect.closeTo(0.2, 6),
    expect.closeTo(0.5, 6),
  ])
})
