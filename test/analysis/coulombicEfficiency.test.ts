import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  dischargeOverCharge,
  efficiencyOver,
  strippedOverPlated,
} from "../../host/analysis/coulombicEfficiency"
import { cycleTable } from "../../host/analysis/cycles"
import { cycleCharges } from "../../host/analysis/iterateCycles"
import type { Sample } from "../../host/sample"
import { LithiumCopper } from "../../sim/cells/lithiumCopper"
import { ncm811PlainLithium } from "../../sim/cells/parameters/Ding2022"
import { copper_985 } from "../../sim/cells/parameters/Wang2023"
import { Thevenin } from "../../sim/cells/thevenin"
import { Cycler } from "./cycler"
import { recordsOf } from "./recordsOf"
import { decaying, ramping, record, type SyntheticStep } from "./synthetic"

const seed = 20170301
const I_A = 1.539e-3
const flat = () => 0.02

const stripped = (samples: Sample[], platingSign?: 1 | -1) =>
  strippedOverPlated(cycleCharges(recordsOf(samples)), platingSign)
const discharged = (samples: Sample[]) => dischargeOverCharge(cycleCharges(recordsOf(samples)))

/** One cycle for each efficiency: an hour of plating, that part of one of stripping, a rest. */
function cyclesOf(efficiencies: number[], plating_s = 3600): SyntheticStep[] {
  return efficiencies.flatMap((efficiency, n) => [
    { cycle: n + 1, current_A: I_A, duration_s: plating_s, voltage_V: flat },
    { cycle: n + 1, current_A: -I_A, duration_s: plating_s * efficiency, voltage_V: flat },
    { cycle: n + 1, current_A: 0, duration_s: 60, voltage_V: flat },
  ])
}

describe("per cycle", () => {
  it("is stripped over plated charge", () => {
    const cycles = stripped(record(cyclesOf([0.9, 0.985])))
    expect(cycles.map((one) => one.cycle)).toEqual([1, 2])
    expect(cycles[0].efficiency).toBeCloseTo(0.9, 12)
    expect(cycles[1].efficiency).toBeCloseTo(0.985, 12)
    expect(cycles[1].input_mAh).toBeCloseTo(1.539, 12)
    expect(cycles[1].output_mAh).toBeCloseTo(1.539 * 0.985, 12)
  })

  it("turns with the wiring, and is the same quotient for a full cell", () => {
    const samples = record(cyclesOf([0.8]))
    expect(discharged(samples)[0].efficiency).toBeCloseTo(0.8, 12)
    expect(stripped(samples, -1)[0].efficiency).toBeCloseTo(1.25, 12)
  })

  it("flags what is above 100 %, and does not clip it", () => {
    const [below, above] = stripped(record(cyclesOf([0.999, 1.03])))
    expect(below.isAbove100).toBe(false)
    expect(above.isAbove100).toBe(true)
    expect(above.efficiency).toBeCloseTo(1.03, 12)
  })

  it("counts the charge of every kind of step, and none of a rest", () => {
    const scan = (start_A: number): SyntheticStep => ({
      current_A: ramping(start_A, -I_A / 100),
      duration_s: 150,
      voltage_V: flat,
      times_s: Array.from({ length: 151 }, (_, i) => i),
      stepType: "scan",
    })
    const samples = record([
      { current_A: I_A, duration_s: 1000, voltage_V: flat },
      { current_A: 2 * I_A, duration_s: 10, voltage_V: flat, stepType: "pulse" },
      {
        current_A: decaying(I_A, 500),
        duration_s: 2000,
        voltage_V: flat,
        stepType: "constant_voltage",
      },
      { current_A: decaying(I_A, 700), duration_s: 2000, voltage_V: flat, stepType: "cccv" },
      { current_A: 0, duration_s: 600, voltage_V: flat },
      { current_A: -I_A, duration_s: 1500, voltage_V: flat },
      // From +I to −I/2, then from +I/2 to −I: triangles of 50 and 12.5 s of I.
      scan(I_A),
      scan(I_A / 2),
    ])
    for (const sample of samples) if (sample.stepType === "rest") sample.stepCharge_Ah = 1e-3
    // In seconds of I_A, exactly.
    const in_s = 1000 + 20 - 500 * Math.expm1(-4) - 700 * Math.expm1(-2000 / 700) + 62.5
    const out_s = 1500 + 62.5
    const [found] = discharged(samples)
    expect(found.input_mAh).toBeCloseTo((in_s * I_A) / 3.6, 12)
    expect(found.output_mAh).toBeCloseTo((out_s * I_A) / 3.6, 12)
    expect(found.efficiency).toBeCloseTo(out_s / in_s, 12)
    const [row] = cycleTable(recordsOf(samples), { area_cm2: 1 })
    expect(row.plating?.charge_mAh).toBeCloseTo(found.input_mAh, 12)
    expect(row.stripping?.charge_mAh).toBeCloseTo(found.output_mAh, 12)
  })

  it(`holds for any charges, in any number of steps, seed ${seed}`, () => {
    const charges = fc.array(fc.double({ min: 1, max: 1e5, noNaN: true }), {
      minLength: 1,
      maxLength: 4,
    })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(charges, charges), { minLength: 1, maxLength: 5 }),
        (cycles) => {
          const samples = record(
            cycles.flatMap(([plated_s, stripped_s], n) =>
              [...plated_s, ...stripped_s.map((s) => -s)].map((s) => ({
                cycle: n + 1,
                current_A: Math.sign(s) * I_A,
                duration_s: Math.abs(s),
                voltage_V: flat,
                times_s: [0, Math.abs(s)],
              })),
            ),
          )
          stripped(samples).forEach(({ efficiency, isAbove100 }, n) => {
            const [plated_s, stripped_s] = cycles[n].map((all) => all.reduce((a, b) => a + b))
            expect(efficiency).toBeCloseTo(stripped_s / plated_s, 9)
            expect(isAbove100).toBe((efficiency ?? 0) > 1)
          })
        },
      ),
      { seed, numRuns: 100 },
    )
  })
})

describe("an incomplete cycle has none", () => {
  const samples = record(cyclesOf([0.9, 0.9, 0.9]))
  const known = (kept: typeof samples) => stripped(kept).map((one) => one.efficiency !== undefined)

  it("while it runs", () => {
    expect(known(samples)).toEqual([true, true, true])
    const runningAt = (stepCount: number) =>
      samples.filter((s) => s.stepCount < stepCount || (s.stepCount === stepCount && !s.isLast))
    expect(known(runningAt(8))).toEqual([true, true, false])
    expect(known(runningAt(7))).toEqual([true, true, false])
    expect(stripped(runningAt(7)).at(-1)).toMatchObject({ isAbove100: false })
    // Its rest alone is still running: all charge is known.
    expect(known(runningAt(9))).toEqual([true, true, true])
  })

  it("where a step's end or beginning was not recorded", () => {
    expect(known(samples.filter((s) => s.stepCount !== 4 || !s.isLast))).toEqual([
      true,
      false,
      true,
    ])
    expect(known(samples.filter((s) => s.stepCount !== 5 || !s.isFirst))).toEqual([
      true,
      false,
      true,
    ])
  })

  it("where whole steps are missing, of which nobody knows the cycle", () => {
    expect(known(samples.filter((s) => s.stepCount !== 5))).toEqual([true, false, true])
    expect(known(samples.filter((s) => s.stepCount !== 4))).toEqual([false, false, true])
    expect(known(samples.filter((s) => s.stepCount !== 1))).toEqual([false, true, true])
    const inTwoSteps = record([...cyclesOf([0.9]).slice(0, 1), ...cyclesOf([0.9])])
    expect(known(inTwoSteps)).toEqual([true])
    expect(known(inTwoSteps.filter((s) => s.stepCount !== 1))).toEqual([false])
  })

  it("where charge passed one way only", () => {
    const oneWay = record([
      { current_A: 0, duration_s: 60, voltage_V: flat },
      { current_A: I_A, duration_s: 60, voltage_V: flat },
    ])
    expect(known(oneWay)).toEqual([false])
    expect(stripped([])).toEqual([])
  })
})

describe("over a window", () => {
  const cycles = stripped(
    record([
      ...cyclesOf([0.5]),
      ...cyclesOf([1.02, 0.9], 1800).map((step) => ({ ...step, cycle: (step.cycle ?? 0) + 1 })),
      ...cyclesOf([0.99]).map((step) => ({ ...step, cycle: 4 })),
    ]),
  )

  it("gives the mean and the ratio of sums, which differ", () => {
    const found = efficiencyOver(cycles, 2, 4)
    expect(found).toMatchObject({ from: 2, to: 4, above100: [2] })
    expect(found?.mean).toBeCloseTo((1.02 + 0.9 + 0.99) / 3, 12)
    expect(found?.ratioOfSums).toBeCloseTo((0.51 + 0.45 + 0.99) / 2, 12)
  })

  it("is undefined unless every cycle of it is complete", () => {
    expect(efficiencyOver(cycles, 1, 5)).toBeUndefined()
    expect(efficiencyOver(cycles.slice(1), 1, 4)).toBeUndefined()
    const running = cycles.map((one) => (one.cycle === 3 ? { ...one, efficiency: undefined } : one))
    expect(efficiencyOver(running, 2, 4)).toBeUndefined()
    expect(efficiencyOver(running, 4, 4)?.mean).toBeCloseTo(0.99, 12)
  })

  it("refuses a window that is none", () => {
    expect(() => efficiencyOver(cycles, 4, 2)).toThrow(RangeError)
    expect(() => efficiencyOver(cycles, 1.5, 2)).toThrow(RangeError)
  })
})

describe("against the charge that a cell knows it passed", () => {
  it.each(["copper", "lithium"] as const)("Li‖Cu of 98.50 %, %s at the positive terminal", (at) => {
    const cell = new LithiumCopper(copper_985, at)
    const plating = at === "lithium" ? 1 : -1
    const cycler = new Cycler(cell)
    const witnesses: number[] = []
    for (let cycle = 1; cycle <= 5; cycle++) {
      const { platedCharge_C, strippedCharge_C } = cell
      cycler.current(cycle, plating * I_A, { after_s: 3600 }, 10)
      cycler.current(cycle, -plating * I_A, { until_V: -plating }, 10)
      witnesses.push(
        (cell.strippedCharge_C - strippedCharge_C) / (cell.platedCharge_C - platedCharge_C),
      )
    }
    const cycles = stripped(cycler.samples, plating)
    cycles.forEach(({ efficiency }, n) => {
      expect(efficiency).toBeCloseTo(witnesses[n], 10)
      expect(Math.abs((efficiency ?? 0) - 0.985)).toBeLessThan(2e-5)
    })
    expect(efficiencyOver(cycles, 2, 5)?.mean).toBeCloseTo(0.985, 6)
    expect(efficiencyOver(cycles, 2, 5)?.ratioOfSums).toBeCloseTo(0.985, 6)
  })

  it("a full cell of 91.7 %, charged to 4.3 V and held there to C/20", () => {
    const cell = new Thevenin(ncm811PlainLithium, 0)
    const oneC_A = ncm811PlainLithium.capacity_Ah
    const cycler = new Cycler(cell)
    for (let cycle = 1; cycle <= 3; cycle++) {
      cycler.currentThenVoltage(cycle, oneC_A / 2, 4.3, oneC_A / 20)
      cycler.current(cycle, -oneC_A / 2, { until_V: 2.8 }, 10)
    }
    const [, second, third] = discharged(cycler.samples)
    // From the second cycle on each ends where it began.
    for (const { efficiency } of [second, third]) expect(efficiency).toBeCloseTo(0.917, 4)
    const sum_mAh = (cell.chargingCharge_C - cell.dischargingCharge_C) / 3.6
    const cycles = discharged(cycler.samples)
    expect(cycles.reduce((sum, one) => sum + one.input_mAh - one.output_mAh, 0)).toBeCloseTo(
      sum_mAh,
      9,
    )
  })
})
