import { expect, it } from "vitest"
import { peakToPeak_A, responseAt, sweeps } from "../../host/analysis/voltammetry"
import type { Sample } from "../../host/sample"
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import { lithium_cv, lithiumSilver_cv } from "../../sim/cells/parameters/Wang2023"
import { Cycler } from "./cycler"
import { recordsOf } from "./recordsOf"
import { record, type SyntheticStep } from "./synthetic"

/** Through 100 Ω at 1 mV s⁻¹, a record each second. */
const scan = (from_V: number, to_V: number, cycle: number): SyntheticStep => {
  const duration_s = Math.round(1000 * Math.abs(to_V - from_V))
  const voltage_V = (t: number) => from_V + ((to_V - from_V) * t) / duration_s
  return {
    cycle,
    stepType: "scan",
    duration_s,
    voltage_V,
    current_A: { current_A: (t) => voltage_V(t) / 100, charge_C: (t) => t },
    times_s: Array.from({ length: duration_s + 1 }, (_, i) => i),
  }
}
const cyclic = record([
  scan(0, 0.1, 1),
  scan(0.1, -0.08, 1),
  scan(-0.08, 0.1, 1),
  scan(0.1, -0.1, 2),
  { current_A: 0, duration_s: 10, voltage_V: () => 0, cycle: 2 },
])
const sweepsOf = (samples: Sample[]) => [...sweeps(recordsOf(samples))]

it("gives each sweep its ends, its rate and its extremes", () => {
  const found = sweepsOf(cyclic)
  expect(found.map(({ cycle, stepCount }) => [cycle, stepCount])).toEqual([
    [1, 1],
    [1, 2],
    [1, 3],
    [2, 4],
  ])
  expect(found[1]).toMatchObject({
    from_V: 0.1,
    to_V: expect.closeTo(-0.08, 12),
    rate_V_per_s: expect.closeTo(-1e-3, 12),
    start_s: 100,
    highest: { voltage_V: 0.1, current_A: 1e-3 },
    lowest: { voltage_V: expect.closeTo(-0.08, 12), current_A: expect.closeTo(-0.8e-3, 12) },
  })
})

it("leaves out a sweep of which an end is missing, and what is no sweep", () => {
  expect(sweepsOf(cyclic.filter((s) => s.stepCount !== 2 || !s.isLast)).length).toBe(3)
  expect(sweepsOf(cyclic.filter((s) => s.stepCount !== 2 || !s.isFirst)).length).toBe(3)
  expect(sweepsOf(cyclic.filter((s) => s.stepType === "rest"))).toEqual([])
})

it("responds at a stated voltage with the nearest record, not between two, nor far off", () => {
  const [, down] = sweepsOf(cyclic)
  expect(responseAt(down, 0.0303)).toEqual({
    voltage_V: expect.closeTo(0.03, 12),
    current_A: expect.closeTo(0.3e-3, 12),
  })
  expect(responseAt(down, -0.0812)).toBeUndefined()
  expect(responseAt(down, -0.0812, 0.002)?.voltage_V).toBeCloseTo(-0.08, 12)
})

it("peak to peak spans a cycle that was swept both ways", () => {
  const found = sweepsOf(cyclic)
  expect(peakToPeak_A(found, 1)).toBeCloseTo(1.8e-3, 12)
  expect(peakToPeak_A(found, 2)).toBeUndefined()
})

it("of two cells shows which has the faster kinetics, and the current that its parameters give", () => {
  const responses = [lithiumSilver_cv, lithium_cv].map((parameters) => {
    const flat = { ...parameters, nucleation: { amplitude_mV: 0, decay_mAh_per_cm2: 0.01 } }
    const cycler = new Cycler(new LithiumSymmetric({ ...flat, doubleLayer_uF_per_cm2: 0 }))
    cycler.scan(1, -0.1, 0.1, 1e-3, 1)
    const [up] = sweepsOf(cycler.samples)
    const found = responseAt(up, 0.05)
    const i = (found?.current_A ?? 0) / (1e-3 * parameters.area_cm2)
    const V =
      (i * parameters.resistance_ohm_cm2) / 1000 +
      4 * 0.0256926 * Math.asinh(i / 2 / parameters.exchangeCurrent_mA_per_cm2)
    expect(found?.voltage_V).toBeCloseTo(V, 4)
    return found?.current_A ?? 0
  })
  expect(responses[0]).toBeGreaterThan(1.2 * responses[1])
})
