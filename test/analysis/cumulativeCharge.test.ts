import { expect, it } from "vitest"
import { cumulativeCharges } from "../../host/analysis/cumulativeCharge"
import { cycleCharges } from "../../host/analysis/iterateCycles"
import { perArea_mAh_per_cm2, perMass_mAh_per_g } from "../../host/analysis/normalise"
import type { Sample } from "../../host/sample"
import { recordsOf } from "./recordsOf"
import { record, symmetricCell } from "./synthetic"

const AREA_cm2 = 2
const cumulated = (samples: Sample[], platingSign?: 1 | -1) => [
  ...cumulativeCharges(cycleCharges(recordsOf(samples)), AREA_cm2, platingSign),
]

it("sums plating, and plating and stripping, per area: 3000 × 20 mAh cm⁻² each way are 120,000", () => {
  // The same ratio with fewer cycles: 3 × 20 mAh cm⁻² at 20 mA cm⁻².
  const samples = symmetricCell({ current_A: 0.04, cycles: 3, magnitude_V: () => 0.03 })
  const found = cumulated(samples)
  expect(found.map((one) => one.cycle)).toEqual([1, 2, 3])
  expect(found[2].plated_mAh_per_cm2).toBeCloseTo(60, 9)
  expect(found[2].platedAndStripped_mAh_per_cm2).toBeCloseTo(120, 9)
  expect(found.every((one) => one.isKnown)).toBe(true)
})

it("takes the plating direction from the wiring", () => {
  const samples = record([
    { current_A: 1e-3, duration_s: 3600, voltage_V: () => 1 },
    { current_A: -2e-3, duration_s: 3600, voltage_V: () => -1 },
  ])
  expect(cumulated(samples)[0].plated_mAh_per_cm2).toBeCloseTo(0.5, 12)
  expect(cumulated(samples, -1)[0].plated_mAh_per_cm2).toBeCloseTo(1, 12)
  expect(cumulated(samples, -1)[0].platedAndStripped_mAh_per_cm2).toBeCloseTo(1.5, 12)
})

it("says from where on it is a lower bound", () => {
  const samples = symmetricCell({ current_A: 1e-3, cycles: 5, magnitude_V: () => 0.02 })
  const gapped = samples.filter((s) => s.stepCount !== 4)
  expect(cumulated(gapped).map((one) => one.isKnown)).toEqual([true, false, false, false, false])
})

it("normalises by area and by mass, and refuses what is no area or mass", () => {
  expect(perArea_mAh_per_cm2(3, 1.5)).toBe(2)
  expect(perMass_mAh_per_g(1.5, 10)).toBe(150)
  for (const bad of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => perArea_mAh_per_cm2(1, bad)).toThrow(/area_cm2/)
    expect(() => perMass_mAh_per_g(1, bad)).toThrow(/active_mass_mg/)
  }
})
