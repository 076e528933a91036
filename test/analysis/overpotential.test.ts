import fc from "fast-check"
import { expect, it } from "vitest"
import { halfCycles } from "../../host/analysis/halfCycles"
import { hysteresis_V, overpotential_V } from "../../host/analysis/overpotential"
import type { Sample } from "../../host/sample"
import { recordsOf } from "./recordsOf"
import { record, symmetricCell } from "./synthetic"

const seed = 20240202

const halfCyclesOf = (samples: Sample[]) => halfCycles(recordsOf(samples))

it("is the plateau, whatever happens in the first and the last quarter", () => {
  const quarter = (t: number) => (t < 900 ? 0.05 : t > 2700 ? 0.1 : 0.017)
  const samples = symmetricCell({ current_A: 1.539e-3, cycles: 1, magnitude_V: quarter })
  const [plating, stripping] = halfCyclesOf(samples)
  expect(overpotential_V(plating)).toBeCloseTo(0.017, 12)
  expect(overpotential_V(stripping)).toBeCloseTo(0.017, 12)
  expect(hysteresis_V(plating, stripping)).toBeCloseTo(0.034, 12)
})

it("weighs by time: a crowd of records does not draw the mean to itself", () => {
  // 17 mV for the first half of the middle and 19 mV for the second, recorded 100 times as often.
  const times_s = [0]
  for (let t = 900; t < 1800; t += 10) times_s.push(t)
  for (let t = 1800; t <= 2700; t += 0.1) times_s.push(t)
  times_s.push(3600)
  const [half] = halfCyclesOf(
    record([
      {
        current_A: 1e-3,
        duration_s: 3600,
        voltage_V: (t) => (t < 1800 ? 0.017 : 0.019),
        times_s,
      },
    ]),
  )
  expect(overpotential_V(half)).toBeCloseTo(0.018, 4)
})

it("is undefined while the half-cycle runs, and where its middle was not recorded", () => {
  const samples = symmetricCell({ current_A: 1e-3, cycles: 1, magnitude_V: () => 0.017 })
  expect(overpotential_V(halfCyclesOf(samples.slice(0, 200))[0])).toBeUndefined()
  const gapped = samples.filter((s) => s.time_s < 1000 || s.time_s > 2000)
  const [plating, stripping] = halfCyclesOf(gapped)
  expect(overpotential_V(plating)).toBeUndefined()
  expect(hysteresis_V(plating, stripping)).toBeUndefined()
  expect(overpotential_V(stripping)).toBeCloseTo(0.017, 12)
})

it("reads a constant voltage exactly at any spacing of records; an offset leaves 2η alone", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-4, max: 0.5, noNaN: true }),
      fc.double({ min: -5e-5, max: 5e-5, noNaN: true }),
      fc.array(fc.double({ min: 0.1, max: 30, noNaN: true }), { minLength: 20, maxLength: 60 }),
      (eta_V, offset_V, gaps_s) => {
        const times_s = [0]
        for (const gap_s of gaps_s) times_s.push(times_s[times_s.length - 1] + gap_s)
        const duration_s = times_s[times_s.length - 1]
        const [plating, stripping] = halfCyclesOf(
          record(
            [1, -1].map((sign) => ({
              current_A: sign * 1e-3,
              duration_s,
              voltage_V: () => sign * eta_V + offset_V,
              times_s,
            })),
          ),
        )
        const eta = overpotential_V(plating)
        if (eta === undefined) return
        expect(eta).toBeCloseTo(eta_V + offset_V, 12)
        expect(hysteresis_V(plating, stripping)).toBeCloseTo(2 * eta_V, 12)
      },
    ),
    { seed },
  )
})

it("is undefined where the current was not constant", () => {
  const types = ["constant_voltage", "cccv", "pulse", "scan", "constant_current"] as const
  const found = types.map((stepType) => {
    const step = { stepType, duration_s: 3600, voltage_V: () => 0.017 }
    const [half, other] = halfCyclesOf(
      record([
        { ...step, current_A: 1e-3 },
        { ...step, current_A: -1e-3, voltage_V: () => -0.017 },
      ]),
    )
    return [overpotential_V(half), hysteresis_V(half, other)]
  })
  expect(found.slice(0, 4).flat()).toEqual(Array(8).fill(undefined))
  expect(found[4]).toEqual([expect.closeTo(0.017, 12), expect.closeTo(0.034, 12)])
})
