import fc from "fast-check"
import { expect, it } from "vitest"
import { pulseResistances } from "../../host/analysis/resistance"
import type { Sample } from "../../host/sample"
import { LithiumSymmetric } from "../../sim/cells/lithiumSymmetric"
import { ncm811 } from "../../sim/cells/parameters/Ding2022"
import { kneadedLithiumAlN_1 } from "../../sim/cells/parameters/Ma2024"
import { Thevenin } from "../../sim/cells/thevenin"
import { Cycler } from "./cycler"
import { recordsOf } from "./recordsOf"
import { record, type SyntheticStep } from "./synthetic"

const seed = 20260117
const REST_V = 3.7

const resistancesOf = (samples: Sample[], at_s: number) =>
  pulseResistances(recordsOf(samples), at_s)

/** As the board records a burst: ten a second. */
const times_s = Array.from({ length: 101 }, (_, i) => i / 10)

/** A pulse of 10 s after a minute at another current, through 30 Ω, 20 of which come with 2 s. */
function pulseAfter(before_A: number, pulse_A: number): SyntheticStep[] {
  const at_V = (current_A: number) => REST_V + 30 * current_A
  return [
    { current_A: before_A, duration_s: 60, voltage_V: () => at_V(before_A) },
    {
      current_A: pulse_A,
      duration_s: 10,
      stepType: "pulse",
      voltage_V: (t) => at_V(pulse_A) - 20 * (pulse_A - before_A) * Math.exp(-t / 2),
      times_s,
    },
  ]
}

it("is the change of voltage over the change of current, at the time asked for", () => {
  for (const [before_A, pulse_A] of [
    [0, 1e-3],
    [0, -5e-6],
    [2e-3, 3e-3],
    [1e-3, -1e-3],
    [1e-3, 0],
  ])
    for (const at_s of [0.1, 2, 10]) {
      const [found] = resistancesOf(record(pulseAfter(before_A, pulse_A)), at_s)
      expect(found).toMatchObject({ cycle: 1, stepCount: 2, start_s: 60 })
      expect(found.elapsed_s).toBeCloseTo(at_s, 9)
      expect(found.change_A).toBeCloseTo(pulse_A - before_A, 12)
      expect(found.resistance_ohm).toBeCloseTo(30 - 20 * Math.exp(-at_s / 2), 6)
    }
})

it("finds every pulse, and takes no other step for one", () => {
  const rest: SyntheticStep = { current_A: 0, duration_s: 60, voltage_V: () => REST_V }
  const charge: SyntheticStep = { current_A: 1e-3, duration_s: 60, voltage_V: () => 4 }
  const steps = [...pulseAfter(0, 1e-3), charge, rest, ...pulseAfter(0, -1e-3), rest]
  const found = resistancesOf(record(steps), 10)
  expect(found.map((one) => one.stepCount)).toEqual([2, 6])
  expect(pulseResistances([], 1)).toEqual([])
})

it("reads the nearest record, tells which, and does not stretch the pulse", () => {
  const samples = record(pulseAfter(0, 1e-3))
  const [near] = resistancesOf(samples, 0.13)
  expect(near.elapsed_s).toBeCloseTo(0.1, 9)
  expect(near.resistance_ohm).toBeCloseTo(30 - 20 * Math.exp(-0.05), 9)
  const sparse = samples.filter((s) => s.time_s < 61 || s.time_s > 64)
  expect(resistancesOf(sparse, 2)[0].resistance_ohm).toBeUndefined()
  expect(resistancesOf(samples, 11)[0].resistance_ohm).toBeUndefined()
  expect(resistancesOf(samples, 10.4)[0].elapsed_s).toBeCloseTo(10, 9)
})

it("waits for the current: a record that still shows the one before tells nothing", () => {
  const samples = record(pulseAfter(1e-3, 3e-3))
  const late = samples.filter((s) => s.stepCount === 2 && s.time_s < 60.15)
  for (const sample of late) {
    sample.current_A = 1e-3
    sample.voltage_V = samples[0].voltage_V
  }
  expect(resistancesOf(samples, 0.1)[0].resistance_ohm).toBeUndefined()
  expect(resistancesOf(samples, 0.2)[0].resistance_ohm).toBeCloseTo(30 - 20 * Math.exp(-0.1), 9)
})

it("is undefined where what came before the pulse was not recorded", () => {
  const samples = record(pulseAfter(0, 1e-3))
  const resistance = (kept: typeof samples, at_s = 1) => resistancesOf(kept, at_s)[0].resistance_ohm
  expect(resistance(samples)).toBeDefined()
  expect(resistance(samples.filter((s) => s.stepCount === 2))).toBeUndefined()
  const endless = samples.map((s) => (s.stepCount === 1 ? { ...s, isLast: false } : s))
  expect(resistance(endless)).toBeUndefined()
  expect(resistance(samples.filter((s) => s.stepCount === 1 || !s.isFirst))).toBeUndefined()
  const skipped = samples.map((s) => (s.stepCount === 2 ? { ...s, stepCount: 3 } : s))
  expect(resistance(skipped)).toBeUndefined()
  const interrupted = samples.map((s) => (s.stepCount === 2 ? { ...s, time_s: s.time_s + 5 } : s))
  expect(resistance(samples, 8)).toBeDefined()
  expect(resistance(interrupted, 8)).toBeUndefined()
})

it("refuses a time before the pulse", () => {
  for (const at_s of [0, -1, Number.NaN]) expect(() => pulseResistances([], at_s)).toThrow(/at_s/)
})

it(`returns the resistance of any resistor, whatever the pulse, seed ${seed}`, () => {
  const current_A = fc.double({ min: -0.05, max: 0.05, noNaN: true })
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 1e4, noNaN: true }),
      current_A,
      current_A,
      (R_ohm, before_A, pulse_A) => {
        if (Math.abs(pulse_A - before_A) < 1e-6) return
        const voltage_V = (now_A: number) => () => 3.2 + R_ohm * now_A
        const samples = record([
          { current_A: before_A, duration_s: 9, voltage_V: voltage_V(before_A) },
          {
            current_A: pulse_A,
            duration_s: 1,
            voltage_V: voltage_V(pulse_A),
            stepType: "pulse",
          },
        ])
        const [{ resistance_ohm }] = resistancesOf(samples, 1)
        expect((resistance_ohm ?? 0) / R_ohm).toBeCloseTo(1, 6)
      },
    ),
    { seed },
  )
})

it("against a full cell's resistances, and a symmetric cell's", () => {
  // So large that its open-circuit voltage stands still.
  const cell = new Thevenin({ ...ncm811, capacity_Ah: 1e9 }, 0.5)
  const cycler = new Cycler(cell)
  cycler.current(1, 0, { after_s: 60 }, 10)
  cycler.current(1, 1e-3, { after_s: 10 }, 0.1, "pulse")
  const { seriesResistance_ohm, relaxingResistance_ohm, relaxation_s } = ncm811
  for (const at_s of [0.1, 0.5, 10]) {
    const known_ohm =
      seriesResistance_ohm + relaxingResistance_ohm * (1 - Math.exp(-at_s / relaxation_s))
    const [{ resistance_ohm }] = resistancesOf(cycler.samples, at_s)
    expect(resistance_ohm).toBeCloseTo(known_ohm, 6)
  }

  const flat = { ...kneadedLithiumAlN_1, nucleation: { amplitude_mV: 0, decay_mAh_per_cm2: 0.01 } }
  const symmetric = new Cycler(new LithiumSymmetric(flat))
  symmetric.current(1, 0, { after_s: 60 }, 10)
  symmetric.current(1, 1.539e-3, { after_s: 1 }, 0.1, "pulse")
  // The 17 mV that its paper prints at 1 mA cm⁻².
  const [{ resistance_ohm }] = resistancesOf(symmetric.samples, 1)
  expect(resistance_ohm).toBeCloseTo(0.017 / 1.539e-3, 2)
})
