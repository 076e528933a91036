import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { dischargeOverCharge } from "../../../host/analysis/coulombicEfficiency"
import { type FailureCriterion, USUAL_CRITERIA } from "../../../host/analysis/life/criterion"
import { cycleLife } from "../../../host/analysis/life/cycleLife"
import { LithiumSymmetric } from "../../../sim/cells/lithiumSymmetric"
import { bareLithium_20 } from "../../../sim/cells/parameters/Ma2024"
import { Cycler } from "../cycler"
import { type AgingCycle, aging, rowsOf } from "./aging"

const seed = 20240110
/** Of one cycle with its rest, and of one without. */
const CYCLE_s = 7800
const DRIVEN_s = 7200

const life = (cycles: AgingCycle[], criterion: FailureCriterion) => {
  const rows = rowsOf(aging(cycles))
  return cycleLife(rows, criterion, dischargeOverCharge(rows))
}
const etas = (...all_mV: number[]) => all_mV.map((mV) => ({ eta_V: mV / 1000 }))

describe("overpotential growth", () => {
  const doubled = { kind: "overpotentialGrowth", times: 2, reference: 3 } as const

  it("ends a life where η passes N times that of its reference cycle, not before it", () => {
    const found = life(etas(90, 30, 20, 39, 40, 41, 10), doubled)
    expect(found?.failed).toMatchObject({ cycle: 6, time_s: 1800 + 5 * CYCLE_s })
    expect(found?.failed?.value).toBeCloseTo(0.041, 12)
    expect(found?.failed?.limit).toBeCloseTo(0.04, 12)
    expect(found).toMatchObject({ cycles: 5, life_s: 5 * CYCLE_s, isLowerBound: false })
  })

  it("a test that ended before gives a lower bound", () => {
    const found = life(etas(20, 20, 20, 30), doubled)
    expect(found).toMatchObject({ failed: undefined, cycles: 4, isLowerBound: true })
    expect(found?.life_s).toBeCloseTo(3 * CYCLE_s + DRIVEN_s, 6)
  })

  it("cannot be judged before its reference cycle was run", () => {
    expect(life(etas(20, 90), doubled)).toBeUndefined()
    expect(life(etas(20, 90), USUAL_CRITERIA.overpotentialGrowth)).toBeUndefined()
    expect(cycleLife([], doubled)).toBeUndefined()
  })

  it(`is the first cycle above, whatever the course, seed ${seed}`, () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 10, max: 60 }), { minLength: 4, maxLength: 12 }),
        (all_mV) => {
          const found = life(etas(...all_mV), doubled)
          const at = all_mV.findIndex((mV, n) => n > 2 && mV > 2 * all_mV[2] + 1e-9)
          expect(found?.failed?.cycle).toBe(at < 0 ? undefined : at + 1)
          expect(found?.cycles).toBe(at < 0 ? all_mV.length : at)
        },
      ),
      { seed, numRuns: 40 },
    )
  })
})

it("absolute limits look at η, and at |V| of any moment", () => {
  expect(life(etas(20, 60), { kind: "overpotentialAbove", limit_V: 0.05 })?.failed?.cycle).toBe(2)
  const spiking = aging(etas(20, 20))
  const rows = rowsOf(spiking.map((s) => (s.time_s === 12000 ? { ...s, voltage_V: 0.5 } : s)))
  expect(cycleLife(rows, { kind: "overpotentialAbove", limit_V: 0.4 })?.failed).toBeUndefined()
  expect(cycleLife(rows, { kind: "voltageAbove", limit_V: 0.4 })?.failed).toMatchObject({
    cycle: 2,
    value: 0.5,
  })
})

describe("Coulombic efficiency", () => {
  const low = USUAL_CRITERIA.efficiencyBelow
  const of = (...all: number[]) => all.map((efficiency) => ({ efficiency }))

  it("wants three low cycles in a row, and counts from the first of them", () => {
    expect(life(of(0.7, 0.9, 0.7, 0.7, 0.9, 0.7, 0.7, 0.7), low)?.failed?.cycle).toBe(6)
    expect(life(of(0.7, 0.9, 0.7, 0.7, 0.9, 0.7, 0.7), low)).toMatchObject({
      failed: undefined,
      cycles: 7,
    })
  })

  it("a cycle of which nothing is known, or that is missing, ends a row", () => {
    const samples = aging(of(0.7, 0.7, 0.7, 0.7))
    const known = (kept: typeof samples) => {
      const rows = rowsOf(kept)
      return cycleLife(rows, low, dischargeOverCharge(rows))?.failed?.cycle
    }
    expect(known(samples)).toBe(1)
    expect(known(samples.filter((s) => s.stepCount !== 5 || !s.isLast))).toBeUndefined()
    expect(cycleLife(rowsOf(samples), low)).toBeUndefined()
  })
})

it("retention counts against its reference, in cycles after it", () => {
  const cycles = [0.5, 1, 0.9, 0.81, 0.79].map((efficiency) => ({ efficiency }))
  const criterion = { kind: "retentionBelow", ratio: 0.8, reference: 2 } as const
  expect(life(cycles, criterion)?.failed).toMatchObject({
    cycle: 5,
    value: expect.closeTo(0.79, 9),
    limit: 0.8,
  })
  expect(life(cycles, { ...criterion, reference: 9 })).toBeUndefined()
})

it("a running cycle does not count, nor does a rest before the first", () => {
  const samples = aging(etas(20, 20, 20))
  const rows = rowsOf(samples.filter((s) => s.stepCount < 9 || (s.stepCount === 9 && !s.isLast)))
  expect(cycleLife(rows, { kind: "voltageAbove", limit_V: 1 })).toMatchObject({
    cycles: 2,
    life_s: CYCLE_s + DRIVEN_s,
    isLowerBound: true,
  })
})

it("of a cell whose film grows beyond its knee, within 2 cycles of what its own voltage says", () => {
  // With a sooner knee, so that the test is short.
  const { growth, ...parameters } = bareLithium_20
  if (growth?.kind !== "exponential") throw new Error("The parameters have another growth.")
  const knee_cycles = growth.knee_cycles - 80
  const cell = new LithiumSymmetric({ ...parameters, growth: { ...growth, knee_cycles } })
  const cycler = new Cycler(cell)
  const I_A = 20e-3 * parameters.area_cm2
  const witnesses_V: number[] = []
  for (let cycle = 1; cycle <= 45; cycle++) {
    cycler.current(cycle, I_A, { after_s: 3600 }, 100)
    witnesses_V.push(cell.voltage_V(I_A))
    cycler.current(cycle, -I_A, { after_s: 3600 }, 100)
  }
  const found = cycleLife(rowsOf(cycler.samples), USUAL_CRITERIA.overpotentialGrowth)
  const doubled = witnesses_V.findIndex((V, n) => n > 9 && V > 2 * witnesses_V[9]) + 1
  expect(doubled).toBeGreaterThan(11)
  expect(Math.abs((found?.failed?.cycle ?? 0) - doubled)).toBeLessThanOrEqual(2)
})
