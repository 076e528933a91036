import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Bench, capacitor, FINE_A, PERIOD_ms, resistor } from "./channelBench"
import { above_V, after_s, current, currentThenVoltage, pulse, rest, rules } from "./methods"
import type { Point } from "./records"

const SEED = 20_240_513
const times = (points: Point[]) => points.map(({ testTime_ms }) => testTime_ms)

describe("a point is recorded", () => {
  test("at the first and the last reading of each step, and once each interval between", () => {
    const bench = new Bench([rest(after_s(35)), current(1, after_s(25))], resistor, {
      rules: rules({ time_s: 10 }),
    })
    const { points, marks } = bench.begin().finish()
    expect(times(points)).toEqual([
      100, 10_100, 20_100, 30_100, 35_000, 35_100, 45_100, 55_100, 60_000,
    ])
    expect(marks).toBe("F...LF..L")
  })

  test("twice in a step of one reading", () => {
    const { points, marks } = new Bench([rest(after_s(0.1)), rest(after_s(1))], resistor)
      .begin()
      .finish()
    expect(marks).toBe("FLFL")
    expect(times(points)).toEqual([100, 100, 200, 1100])
  })

  test("whenever the voltage has moved by ΔV since the last one, either way", () => {
    for (const sign of [1, -1]) {
      // 1 mV a period, and a record every 10 mV.
      const bench = new Bench(
        [current(2 * sign, after_s(30))],
        { ...capacitor, slope_V_per_C: 5 },
        { rules: rules({ voltage_V: 0.01, time_s: 1000 }) },
      )
      const { points } = bench.begin().finish()
      expect(points.length).toBeGreaterThan(25)
      for (let i = 1; i < points.length - 1; i++) {
        const moved_V = (points[i].voltage_V - points[i - 1].voltage_V) * sign
        expect(moved_V).toBeGreaterThanOrEqual(9.999e-3)
        expect(moved_V).toBeLessThan(11.1e-3)
      }
    }
  })

  test("whenever the current has moved by ΔI, as it does at constant voltage", () => {
    const bench = new Bench(
      [currentThenVoltage(1, 0.1, after_s(400))],
      { ...capacitor, resistance_ohm: 50 },
      { rules: rules({ current_mA: 0.05, time_s: 10_000 }) },
    )
    const { points } = bench.begin().finish()
    const moved_A = points.slice(1, -1).map(({ current_A }, i) => points[i].current_A - current_A)
    expect(moved_A.length).toBeGreaterThan(15)
    expect(Math.min(...moved_A)).toBeGreaterThanOrEqual(0.05e-3)
    expect(Math.max(...moved_A.slice(1))).toBeLessThan(0.06e-3)
  })

  test(`not more often than every ΔV and Δt say (seed ${SEED})`, () => {
    const cases = fc.record({
      voltage_mV: fc.integer({ min: 1, max: 50 }),
      time_s: fc.integer({ min: 1, max: 30 }),
      slope_V_per_C: fc.double({ min: 0, max: 20, noNaN: true }),
    })
    fc.assert(
      fc.property(cases, ({ voltage_mV, time_s, slope_V_per_C }) => {
        const bench = new Bench(
          [current(1, after_s(60), above_V(4))],
          { ...capacitor, slope_V_per_C },
          { rules: rules({ voltage_V: voltage_mV / 1000, time_s }) },
        )
        const { points } = bench.begin().finish()
        for (let i = 1; i < points.length - 1; i++) {
          const waited_ms = points[i].testTime_ms - points[i - 1].testTime_ms
          const moved_V = Math.abs(points[i].voltage_V - points[i - 1].voltage_V)
          const isDue = waited_ms >= time_s * 1000 - PERIOD_ms / 2
          expect(isDue || moved_V > voltage_mV / 1000 - 1e-6).toBe(true)
          // Nor less: whatever came a period sooner was neither.
          expect(waited_ms).toBeLessThanOrEqual(time_s * 1000 + PERIOD_ms / 2)
          expect(moved_V).toBeLessThan(voltage_mV / 1000 + slope_V_per_C * 1.2e-4 + 1e-4)
        }
      }),
      { seed: SEED, numRuns: 60 },
    )
  })

  test("each reading in a step's first burst_s", () => {
    const bench = new Bench([rest(after_s(5)), rest(after_s(5))], resistor, {
      rules: rules({ burst_s: 1 }),
    })
    const { points } = bench.begin().finish()
    const ofStep = (index: number) => times(points.filter(({ step }) => step === index))
    const burst = Array.from({ length: 10 }, (_, i) => 100 * (i + 1))
    expect(ofStep(0)).toEqual([...burst, 5000])
    expect(ofStep(1)).toEqual([...burst.map((time_ms) => time_ms + 5000), 10_000])
  })

  test("each reading of a pulse", () => {
    const { points, marks } = new Bench([rest(after_s(1)), pulse(5, after_s(3))], resistor)
      .begin()
      .finish()
    expect(marks).toBe(`FLF${".".repeat(28)}L`)
    expect(times(points.slice(2, 32))).toEqual(Array.from({ length: 30 }, (_, i) => 1100 + 100 * i))
  })

  test("by the rule that its step names", () => {
    const own = [
      [5000, 0xffffffff, 0xffffffff, 0],
      [2000, 0xffffffff, 0xffffffff, 0],
    ]
    const bench = new Bench([{ ...rest(after_s(10)), rule: 1 }, rest(after_s(10))], resistor, {
      rules: [...own, ...own],
    })
    const { points } = bench.begin().finish()
    expect(times(points)).toEqual([100, 2100, 4100, 6100, 8100, 10_000, 10_100, 15_100, 20_000])
  })
})

describe("what is recorded", () => {
  test("is what the cell did", () => {
    const bench = new Bench([current(0.5, after_s(30))], resistor, { rules: rules({ time_s: 1 }) })
    for (const point of bench.begin().finish().points.slice(4)) {
      const time_s = point.testTime_ms / 1000
      expect(Math.abs(point.current_A - 0.5e-3)).toBeLessThan(FINE_A)
      expect(Math.abs(point.voltage_V - 0.05)).toBeLessThan(FINE_A * 100)
      expect(Math.abs(point.charge_mAs - 0.5 * time_s)).toBeLessThan(1e-3)
      expect(Math.abs(point.energy_mWs - 0.025 * time_s)).toBeLessThan(1e-4)
    }
  })

  test("counts charge and energy with their signs, from each step's beginning", () => {
    const bench = new Bench([current(2, after_s(10)), current(-2, after_s(10))], {
      ...resistor,
      rest_V: 1,
    })
    const [charged, discharged] = bench.begin().finish().ends
    expect(charged.charge_mAs).toBeCloseTo(20, 1)
    expect(charged.energy_mWs).toBeCloseTo(1.2 * 20, 1)
    expect(discharged.charge_mAs).toBeCloseTo(-20, 1)
    expect(discharged.energy_mWs).toBeCloseTo(-0.8 * 20, 1)
  })

  test("a period without a reading is counted with the next", () => {
    const bench = new Bench([current(1, after_s(10))], resistor).begin().run(50)
    bench.statuses.push(1)
    bench.run(1)
    bench.finish()
    expect(bench.records.ends[0].charge_mAs / 1000).toBeCloseTo(bench.charge_C, 5)
    expect(bench.records.ends[0].testTime_ms).toBe(10_000)
  })
})
