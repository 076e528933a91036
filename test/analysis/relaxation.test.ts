import fc from "fast-check"
import { expect, it } from "vitest"
import { areaResistance, cycleAreaResistance } from "../../host/analysis/areaResistance"
import { cycleTable } from "../../host/analysis/cycles"
import { relaxationResistances } from "../../host/analysis/relaxation"
import type { Sample } from "../../host/sample"
import { ncm811 } from "../../sim/cells/parameters/Ding2022"
import { Thevenin } from "../../sim/cells/thevenin"
import { Cycler } from "./cycler"
import { recordsOf } from "./recordsOf"
import { record, type SyntheticStep, symmetricCell } from "./synthetic"

const seed = 20180119
const times_s = Array.from({ length: 101 }, (_, i) => i / 10)

/** A minute of current, then a rest: 30 Ω, of which 20 let go with 2 s. */
const afterCurrent = (current_A: number): SyntheticStep[] => [
  { current_A, duration_s: 60, voltage_V: () => 3.7 + 30 * current_A },
  {
    current_A: 0,
    duration_s: 10,
    voltage_V: (t) => 3.7 + 20 * current_A * Math.exp(-t / 2),
    times_s,
  },
]
const read = (samples: Sample[], at_s: number, most?: number) =>
  relaxationResistances(recordsOf(samples, most), at_s)

it("is what the voltage loses when the current stops, at the time asked for", () => {
  for (const current_A of [1e-3, -2e-3])
    for (const at_s of [0.1, 2, 10]) {
      const [found] = read(record(afterCurrent(current_A)), at_s)
      expect(found).toMatchObject({ cycle: 1, stepCount: 2, start_s: 60 })
      expect(found.elapsed_s).toBeCloseTo(at_s, 9)
      expect(found.change_A).toBeCloseTo(-current_A, 12)
      expect(found.resistance_ohm).toBeCloseTo(30 - 20 * Math.exp(-at_s / 2), 6)
    }
})

it("finds each rest after a current, not the one before nor a second rest", () => {
  const rest: SyntheticStep = { current_A: 0, duration_s: 10, voltage_V: () => 3.7, times_s }
  const found = read(record([rest, ...afterCurrent(1e-3), rest, ...afterCurrent(1e-3)]), 1)
  expect(found.map((one) => one.stepCount)).toEqual([3, 6])
  expect(relaxationResistances([], 1)).toEqual([])
  expect(() => relaxationResistances([], 0)).toThrow(/at_s/)
})

it("is undefined where the moment, or the passage to the rest, was not recorded", () => {
  const samples = record(afterCurrent(1e-3))
  const known = (kept: Sample[], at_s = 2) => read(kept, at_s)[0]?.resistance_ohm !== undefined
  expect(known(samples)).toBe(true)
  expect(known(samples.filter((s) => s.time_s < 61 || s.time_s > 63))).toBe(false)
  expect(known(samples, 11)).toBe(false)
  expect(known(samples.filter((s) => s.stepCount === 2 || !s.isLast))).toBe(false)
  expect(known(samples.filter((s) => s.stepCount === 1 || !s.isFirst))).toBe(false)
  const flowing = samples.map((s) => (s.time_s > 61 ? { ...s, current_A: 0.9e-3 } : s))
  expect(known(flowing)).toBe(false)
})

it(`says the same in whatever batches the records come, seed ${seed}`, () => {
  const samples = record([...afterCurrent(1e-3), ...afterCurrent(-3e-3)])
  const whole = read(samples, 1)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), (most) => {
      expect(read(samples, 1, most)).toEqual(whole)
    }),
    { seed, numRuns: 30 },
  )
})

it("against a full cell's resistances", () => {
  const cycler = new Cycler(new Thevenin({ ...ncm811, capacity_Ah: 1e9 }, 0.5))
  const { seriesResistance_ohm, relaxingResistance_ohm, relaxation_s } = ncm811
  cycler.current(1, 1e-3, { after_s: 40 * relaxation_s }, relaxation_s)
  cycler.current(1, 0, { after_s: 30 }, 0.1)
  for (const at_s of [0.1, 1, 30]) {
    const known_ohm =
      seriesResistance_ohm + relaxingResistance_ohm * (1 - Math.exp(-at_s / relaxation_s))
    expect(read(cycler.samples, at_s)[0].resistance_ohm).toBeCloseTo(known_ohm, 6)
  }
})

it("ASR is V̄·A/I, of the cell, and half of it of an interface", () => {
  // 20 mV at 0.5 mA cm⁻²: 40 Ω cm².
  const [row] = cycleTable(
    recordsOf(symmetricCell({ current_A: 1e-3, cycles: 1, magnitude_V: () => 0.02 })),
  )
  for (const found of [areaResistance(row.plating, 2), cycleAreaResistance(row, 2)]) {
    expect(found?.cell_ohm_cm2).toBeCloseTo(40, 9)
    expect(found?.perInterface_ohm_cm2).toBeCloseTo(20, 9)
  }
  expect(cycleAreaResistance({ ...row, stripping: undefined }, 2)).toBeUndefined()
  expect(areaResistance({ overpotential_V: undefined, current_A: 1e-3 }, 2)).toBeUndefined()
  expect(() => areaResistance(row.plating, 0)).toThrow(/area_cm2/)
})
