import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { resume } from "../../firmware/core/commands"
import { pause } from "../../firmware/core/ending"
import * as states from "../../firmware/core/states"
import { Bench, FINE_A, resistor, type TestCell } from "./channelBench"
import {
  above_V,
  after_s,
  below_V,
  current,
  current_below_mA,
  currentThenVoltage,
  END,
  rest,
  rules,
  scan,
  voltage,
} from "./methods"
import type { Point } from "./records"

const SEED = 20_240_514
const HELD_V = 0.5e-3
const everySecond = { rules: rules({ time_s: 1 }) }
const everyReading = { rules: rules({ time_s: 1000, burst_s: 1000 }) }

/** A small cell of 3.9 V. */
const battery: TestCell = {
  resistance_ohm: 15,
  slope_V_per_C: 0.1,
  rest_V: 3.9,
  slow_ohm: 10,
  slow_s: 20,
}

/** The slow part is up to five times the fast one. */
const cells: fc.Arbitrary<TestCell> = fc
  .record({
    resistance_ohm: fc.integer({ min: 2, max: 250 }),
    ratio: fc.integer({ min: 0, max: 50 }),
    slow_s: fc.integer({ min: 0, max: 100 }).map((part) => 0.05 * 1200 ** (part / 100)),
  })
  .map(({ resistance_ohm, ratio, slow_s }) => ({
    resistance_ohm,
    slope_V_per_C: 0,
    rest_V: 0,
    slow_ohm: (resistance_ohm * ratio) / 10,
    slow_s,
  }))

const far_V = (points: Point[], goal_V: number) =>
  Math.max(...points.map(({ voltage_V }) => Math.abs(voltage_V - goal_V)))

describe("constant voltage", () => {
  test(`is held within 0.5 mV, whatever the DACs' gain, and never leaves its current's limit (seed ${SEED})`, () => {
    const gains = fc.double({ min: -0.012, max: 0.012, noNaN: true })
    fc.assert(
      fc.property(cells, gains, fc.constantFrom(1, -1), (cell, driveGain, sign) => {
        const goal_V = sign * Math.min(0.2, 0.03 * cell.resistance_ohm)
        const bench = new Bench([voltage(goal_V, 40, after_s(120))], cell, everySecond)
        bench.driveGain = driveGain
        const { points } = bench.begin().finish()
        expect(bench.channel.endReason).toBe(states.END_OF_PROGRAM)
        // Half a step of the DAC is 0.1 mV at 500 Ω.
        expect(far_V(points.slice(60), goal_V)).toBeLessThan(HELD_V)
        expect(Math.max(...points.map(({ voltage_V }) => voltage_V * sign))).toBeLessThan(
          Math.abs(goal_V) + 10e-3,
        )
        expect(Math.max(...points.map((point) => Math.abs(point.current_A)))).toBeLessThan(0.0405)
      }),
      { seed: SEED, numRuns: 40 },
    )
  })

  test("through all three current ranges, there and back, without losing regulation", () => {
    const cell = { ...resistor, resistance_ohm: 10 }
    const steps = [0.2, 0.001, -0.2, 0, 0.025, -0.01].map((goal_V) =>
      voltage(goal_V, 30, after_s(40)),
    )
    const { records, channel } = new Bench(steps, cell).begin().run(3000)
    expect(channel.state).toBe(states.STATE_FINISHED)
    const held_V = records.ends.map(({ voltage_V }) => voltage_V)
    for (const [i, goal_V] of [0.2, 0.001, -0.2, 0, 0.025, -0.01].entries())
      expect(Math.abs(held_V[i] - goal_V)).toBeLessThan(0.1e-3)
  })

  test("a current is judged from when the voltage has been reached, not on the way", () => {
    const bench = new Bench([voltage(0.2, 10, current_below_mA(2.05))], resistor, everyReading)
    const [end] = bench.begin().finish().ends
    // 20 mV/s to 0.2 V, all of it below 2.05 mA.
    expect(end.testTime_ms).toBeGreaterThan(9000)
    expect(Math.abs(end.voltage_V - 0.2)).toBeLessThan(2e-3)
    const limited = new Bench([voltage(0.2, 1, current_below_mA(1.5), after_s(60))], resistor)
    expect(limited.begin().finish().ends[0].testTime_ms).toBe(60_000)
  })

  test("goes on from the current before, and from none after a rest", () => {
    const bench = new Bench(
      [
        current(1, after_s(5)),
        voltage(0.1, 5, after_s(5)),
        rest(after_s(2)),
        voltage(0.1, 5, after_s(20)),
      ],
      resistor,
      everyReading,
    )
    const { points } = bench.begin().finish()
    const of = (index: number) => points.filter(({ step }) => step === index)
    // 1 mA through 100 Ω is there already.
    expect(far_V(of(1), 0.1)).toBeLessThan(HELD_V)
    expect(Math.abs(of(3)[0].current_A)).toBeLessThan(FINE_A)
    expect(Math.abs(of(3).at(-1)?.voltage_V ?? 0)).toBeCloseTo(0.1, 3)
  })
})

describe("constant current, then constant voltage", () => {
  test("charges at 1 C to 4.3 V and holds it down to C/20 within 0.5 mV", () => {
    const bench = new Bench([currentThenVoltage(4, 4.3, current_below_mA(0.2))], battery, {
      ...everySecond,
      max_uV: 4_400_000,
    })
    const { points, ends } = bench.begin().finish()
    const reached = points.findIndex(({ voltage_V }) => voltage_V > 4.299)
    for (const { current_A } of points.slice(1, reached - 20))
      expect(Math.abs(current_A - 4e-3)).toBeLessThan(FINE_A)
    expect(Math.max(...points.map(({ voltage_V }) => voltage_V))).toBeLessThan(4.303)
    expect(points.length - reached).toBeGreaterThan(60)
    expect(far_V(points.slice(reached + 10), 4.3)).toBeLessThan(HELD_V)
    expect(Math.abs(ends[0].current_A - 0.2e-3)).toBeLessThan(2e-6)
    expect(ends[0].charge_mAs / 1000).toBeCloseTo(bench.charge_C, 3)
  })

  test(`after a current that was the same, or one step after another (seed ${SEED})`, () => {
    const cases = fc.record({
      current_mA: fc.integer({ min: 1, max: 400 }).map((part) => part / 10),
      sign: fc.constantFrom(1, -1),
      cell: cells,
      rate_mV_per_s: fc.integer({ min: 1, max: 20 }).map((part) => part / 10),
      isTwoSteps: fc.boolean(),
    })
    fc.assert(
      fc.property(cases, ({ current_mA, sign, cell, rate_mV_per_s, isTwoSteps }) => {
        // Up to 2 mV/s, and 0.1 V by the fast part at most.
        const size_A = current_mA / 1000
        const resistance_ohm = Math.min(cell.resistance_ohm, 0.1 / size_A)
        const taken = {
          ...cell,
          resistance_ohm,
          slow_ohm: ((cell.slow_ohm ?? 0) * resistance_ohm) / cell.resistance_ohm,
          slope_V_per_C: (rate_mV_per_s * 1e-3) / size_A,
        }
        const goal_V = sign * (0.05 + size_A * (resistance_ohm + taken.slow_ohm))
        const there = sign > 0 ? above_V(goal_V) : below_V(goal_V)
        const first = current(sign * current_mA, isTwoSteps ? there : after_s(1))
        const then = isTwoSteps
          ? voltage(goal_V, 50, after_s(60))
          : currentThenVoltage(sign * current_mA, goal_V, after_s(200))
        const bench = new Bench([first, then], taken, everySecond).begin()
        const { points } = bench.finish()
        const beyond_V = Math.max(...points.map(({ voltage_V }) => sign * (voltage_V - goal_V)))
        expect(beyond_V).toBeLessThan(5e-3)
      }),
      { seed: SEED, numRuns: 60 },
    )
  })

  test("discharges the same way", () => {
    const bench = new Bench(
      [currentThenVoltage(-4, 3.5, current_below_mA(0.2))],
      battery,
      everySecond,
    )
    const { points, ends } = bench.begin().finish()
    expect(Math.min(...points.map(({ voltage_V }) => voltage_V))).toBeGreaterThan(3.497)
    expect(ends[0].current_A).toBeCloseTo(-0.2e-3, 5)
    expect(ends[0].charge_mAs).toBeLessThan(0)
  })

  test("a cell that is there already: down to no current, and the step ends", () => {
    const bench = new Bench([currentThenVoltage(1, 3.8, current_below_mA(0.05))], battery)
    const [end] = bench.begin().finish(200).ends
    expect(end.testTime_ms).toBeLessThan(5000)
    expect(end.current_A).toBeLessThan(0.05e-3)
  })
})

describe("a scan", () => {
  const lsv = (rate_mV_per_s: number, cell: TestCell = resistor) =>
    new Bench([scan(-0.2, 0.2, rate_mV_per_s, 40), rest(after_s(1))], cell, everySecond)

  test.each([
    [0.1, 4000],
    [1, 400],
    [10, 40],
  ])("at %d mV/s takes its time from end to end, within 0.5 mV of a line", (rate, time_s) => {
    const { points, ends } = lsv(rate).begin().finish(60_000)
    const inScan = points.filter(({ step }) => step === 0)
    // At 20 mV/s to where it begins.
    const begins = inScan.findIndex(({ voltage_V }) => voltage_V < -0.1985)
    expect(inScan[begins].testTime_ms / 1000).toBeCloseTo(10, -1)
    expect((ends[0].testTime_ms - inScan[begins].testTime_ms) / 1000).toBeCloseTo(time_s, -1)
    const settled = inScan.slice(begins + 5, -1)
    const first = settled[0]
    for (const { testTime_ms, voltage_V } of settled) {
      const line_V = first.voltage_V + ((testTime_ms - first.testTime_ms) * rate) / 1e6
      expect(Math.abs(voltage_V - line_V)).toBeLessThan(HELD_V)
    }
    expect(ends[0].voltage_V).toBeCloseTo(0.2, 2.5)
  })

  test(`follows slow cells, too (seed ${SEED})`, () => {
    fc.assert(
      fc.property(cells, (cell) => {
        const bench = new Bench([scan(-0.05, 0.05, 1, 40)], cell, everySecond)
        const points = bench.begin().finish().points
        const begins = points.findIndex(({ voltage_V }) => voltage_V < -0.0485)
        const settled = points.slice(begins + 20, -1)
        for (const { testTime_ms, voltage_V } of settled) {
          const line_V = settled[0].voltage_V + (testTime_ms - settled[0].testTime_ms) / 1e6
          expect(Math.abs(voltage_V - line_V)).toBeLessThan(HELD_V)
        }
      }),
      { seed: SEED, numRuns: 20 },
    )
  })

  test("downwards, and ends where it ends though the next begins elsewhere", () => {
    const steps = [scan(0.1, -0.1, 10, 40), scan(-0.1, 0.1, 10, 40)]
    const { ends } = new Bench(steps, resistor).begin().finish()
    expect(ends.map(({ voltage_V }) => Math.round(voltage_V * 100))).toEqual([-10, 10])
  })

  test("does not set out before the cell is there: a limit may keep it", () => {
    const cell = { ...resistor, slope_V_per_C: 1 }
    const bench = new Bench([scan(0.2, 0.1, 10, 1)], cell, everySecond)
    const points = bench.begin().finish().points
    // 0.1 V at once, then 1 mV a second.
    const highest = points.reduce((most, point) =>
      point.voltage_V > most.voltage_V ? point : most,
    )
    expect(highest.voltage_V).toBeCloseTo(0.2, 2)
    expect(highest.testTime_ms).toBeGreaterThan(90_000)
    expect(bench.channel.state).toBe(states.STATE_FINISHED)
  })

  test("ends sooner by a condition, judged from when it has set out", () => {
    const bench = new Bench(
      [scan(-0.2, 0.2, 10, 40, current_below_mA(1)), rest(after_s(1))],
      resistor,
    )
    const [end] = bench.begin().finish().ends
    expect(end.voltage_V).toBeCloseTo(-0.1, 2)
    expect(bench.records.of("step")[1].cause).toBe(0)
    const whole = new Bench([scan(-0.2, 0.2, 10, 40, after_s(1000, END))], resistor)
    expect(whole.begin().finish().ends[0].voltage_V).toBeCloseTo(0.2, 2)
  })

  test.each([
    ["upwards", -0.2, 0.2],
    ["downwards", 0.2, -0.2],
  ])("a pause on its way %s: it goes on from there", (_, from_V, to_V) => {
    const bench = new Bench([scan(from_V, to_V, 5, 40)], resistor, everyReading).begin()
    const sign = Math.sign(to_V)
    bench.run(
      1000,
      () => bench.channel.scanned_V * sign > 0.1 && bench.channel.scanned_V < Infinity,
    )
    const before = bench.records.points.length
    pause(bench.channel, states.PAUSED_BY_HOST, bench.now_ms)
    bench.run(50)
    resume(bench.channel)
    bench.finish()
    const after = bench.records.points.slice(before).map(({ voltage_V }) => voltage_V * sign)
    // From 0 V at 20 mV/s up to 0.1 V, then on at 5 mV/s: 5 s and 20 s.
    expect(after.length).toBeGreaterThan(230)
    expect(after.length).toBeLessThan(290)
    expect(after.at(-1)).toBeCloseTo(0.2, 2)
  })
})
