import fc from "fast-check"
import { expect, it } from "vitest"
import { halfCycles } from "../../host/analysis/halfCycles"
import { nucleation } from "../../host/analysis/nucleation"
import { samplesOf } from "../../host/records"
import type { Sample } from "../../host/sample"
import { Random } from "../../sim/random"
import { recordsOf } from "./recordsOf"
import { record, spike, symmetricCell } from "./synthetic"

const seed = 20170117
const NOISE_V = 20e-6

const halfCyclesOf = (samples: Sample[]) => halfCycles(recordsOf(samples))

/** A plating half of 1 h at 1 mA cm⁻² on 1.539 cm². */
function plating(magnitude_V: (elapsed_s: number) => number, times_s?: number[]) {
  const step = { current_A: 1.539e-3, duration_s: 3600, voltage_V: magnitude_V, times_s }
  return halfCyclesOf(record([step]))[0]
}

function every(interval_s: number): number[] {
  return Array.from({ length: Math.floor(3600 / interval_s) + 1 }, (_, i) => i * interval_s)
}

it("is the height of the spike above the plateau", () => {
  const found = nucleation(plating(spike(0.017, 0.03, 36)))
  expect(found?.tip_V).toBeCloseTo(0.047, 12)
  expect(found?.plateau_V).toBeCloseTo(0.017, 12)
  expect(found?.overpotential_V).toBeCloseTo(0.03, 12)
  expect(found?.tip_s).toBe(0)
  // 36 s · ln 2 = 24.95 s, and the record after it.
  expect(found?.halfFall_s).toBe(30)
})

it("reads stripping as it reads plating", () => {
  const [, stripping] = halfCyclesOf(
    symmetricCell({ current_A: 1.539e-3, cycles: 1, magnitude_V: spike(0.017, 0.03, 36) }),
  )
  expect(nucleation(stripping)?.overpotential_V).toBeCloseTo(0.03, 12)
})

it("resolves 1.8 s, a spike at 20 mA cm⁻², at ten records a second, but not at one", () => {
  expect(nucleation(plating(spike(0.1, 0.2, 1.8)))?.overpotential_V).toBeCloseTo(0.2, 12)
  expect(nucleation(plating(spike(0.1, 0.2, 1.8), every(1)))).toBeUndefined()
})

it("does not take the voltage of the step before for a tip", () => {
  // The reversal takes 1 s to come through: |V| starts at 47 mV with the wrong sign.
  const slow = (t: number) => (t < 1 ? -0.047 + 0.094 * t : spike(0.017, 0.03, 36)(t - 1))
  const found = nucleation(plating(slow))
  expect(found?.tip_s).toBe(1)
  expect(found?.overpotential_V).toBeCloseTo(0.03, 6)
})

it("takes the first maximum, not a higher one after it", () => {
  const twoHumps = (t: number) =>
    0.02 + 0.01 * Math.exp(-((t - 4) ** 2) / 8) + 0.05 * Math.exp(-(((t - 1000) / 200) ** 2))
  expect(nucleation(plating(twoHumps, every(0.1)))?.tip_s).toBeCloseTo(4, 1)
})

it("finds no tip where the voltage only climbs, nor in noise, nor in a half still running", () => {
  const random = new Random(seed)
  expect(nucleation(plating((t) => 0.017 - 0.01 * Math.exp(-t / 60)))).toBeUndefined()
  expect(nucleation(plating(() => 0.017 + random.normal(NOISE_V), every(0.5)))).toBeUndefined()
  const { records } = plating(spike(0.017, 0.03, 36))
  const running = [...samplesOf(records)].slice(0, -1)
  expect(nucleation(halfCyclesOf(running)[0])).toBeUndefined()
})

it("is undefined when the plateau was not recorded", () => {
  const gapped = every(1).filter((t) => t < 1500 || t > 3500)
  expect(nucleation(plating(spike(0.017, 0.03, 36), gapped))).toBeUndefined()
})

it("recovers spike and plateau through the noise of the voltage channel", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.005, max: 0.1, noNaN: true }),
      fc.double({ min: 0.002, max: 0.2, noNaN: true }),
      fc.double({ min: 2, max: 60, noNaN: true }),
      fc.integer({ min: 0, max: 0x7fffffff }),
      (plateau_V, height_V, decay_s, noiseSeed) => {
        const random = new Random(noiseSeed)
        const clean = spike(plateau_V, height_V, decay_s)
        const found = nucleation(plating((t) => clean(t) + random.normal(NOISE_V)))
        expect(Math.abs((found?.plateau_V ?? 0) - plateau_V)).toBeLessThan(NOISE_V)
        expect(Math.abs((found?.overpotential_V ?? 0) - height_V)).toBeLessThan(6 * NOISE_V)
      },
    ),
    { seed, numRuns: 60 },
  )
})

it("is sought at constant current only", () => {
  const half = plating(spike(0.017, 0.03, 36))
  expect(nucleation(half)).toBeDefined()
  for (const stepType of ["constant_voltage", "cccv", "pulse", "scan"] as const)
    expect(nucleation({ ...half, stepType })).toBeUndefined()
})
