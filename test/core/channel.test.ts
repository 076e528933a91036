import fc from "fast-check"
import { describe, expect, test } from "vitest"
import * as states from "../../firmware/core/states"
import {
  SEED,
  PERIOD_ms,
  FINE_A,
  Bench,
  pointsOf,
  endsOf,
  resistor,
  capacitor,
  rest,
  current,
} from "./channelBench"

describe("a test", () => {
  test("zeroes on the dummy, closes the relay at 0 A, runs its steps and opens it", () => {
    const bench = new Bench([rest(1), current(1, { until_time_s: 2 })], resistor)
    bench.channel.start(7, bench.now_ms, 23.25)
    let zeroing = 0
    while (bench.channel.state === states.STATE_ZEROING) {
      if (!bench.isRelayClosed) zeroing++
      bench.period()
    }
    expect(zeroing * PERIOD_ms).toBeLessThan(5000)
    expect(bench.isRelayClosed).toBe(true)
    expect(Math.abs(bench.charge_C)).toBeLessThan(FINE_A * 0.2)
    const records = bench.finish()
    expect(bench.isRelayClosed).toBe(false)
    expect(bench.isAwake).toBe(false)
    expect(bench.channel.state).toBe(states.STATE_FINISHED)
    expect(records.map((record) => record.kind)).toEqual([
      "testBegins",
      "stepBegins",
      "point",
      "point",
      "stepBegins",
      "point",
      "point",
      "testEnds",
    ])
    expect(records[0]).toMatchObject({ calibrationDate_s: 0, temperature_degC: 23.25 })
    expect(records.at(-1)).toMatchObject({ reason: states.END_OF_PROGRAM, testTime_ms: 3000 })
  })

  test("counts cycles and steps of loops", () => {
    const bench = new Bench(
      [
        { step: "tag", tag: "a" },
        current(1, { until_time_s: 1 }),
        current(-1, { until_time_s: 1 }),
        { step: "loop", loop_to: "a", cycle_count: 3 },
      ],
      resistor,
    )
    const steps = bench
      .begin()
      .finish()
      .filter(({ kind }) => kind === "stepBegins")
    expect(steps.map(({ stepIndex, cycle, stepCount }) => [stepIndex, cycle, stepCount])).toEqual([
      [0, 1, 1],
      [1, 1, 2],
      [0, 2, 3],
      [1, 2, 4],
      [0, 3, 5],
      [1, 3, 6],
    ])
  })

  test("stopped by the host", () => {
    const bench = new Bench([rest(100)], resistor).begin().run(10)
    bench.channel.stop(states.STOPPED_BY_HOST, bench.now_ms)
    bench.period()
    expect(bench.isRelayClosed).toBe(false)
    expect(bench.records().at(-1)).toMatchObject({ kind: "testEnds", reason: 1 })
    bench.channel.stop(states.STOPPED_BY_HOST, bench.now_ms)
    expect(bench.records().filter(({ kind }) => kind === "testEnds")).toHaveLength(1)
  })

  test("a second test on the same channel begins with nothing of the first", () => {
    const bench = new Bench([current(1, { until_time_s: 5 })], resistor)
    const first = pointsOf(bench.begin().finish())
    const before = bench.records().length
    const second = pointsOf(bench.begin().finish().slice(before))
    expect(second).toEqual(first)
  })
})

describe("a step ends at the period nearest to its cutoff", () => {
  test(`time (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 5000 }), (time_ms) => {
        const bench = new Bench([rest(time_ms / 1000)], resistor)
        const [end] = endsOf(bench.begin().finish())
        expect(Math.abs(end.testTime_ms - time_ms)).toBeLessThanOrEqual(PERIOD_ms / 2)
      }),
      { seed: SEED, numRuns: 40 },
    )
  })

  test(`charge, whose record is what passed through the cell (seed ${SEED})`, () => {
    const cases = fc.record({
      current_mA: fc
        .tuple(fc.double({ min: 0.05, max: 45, noNaN: true }), fc.constantFrom(1, -1))
        .map(([size, sign]) => size * sign),
      time_s: fc.double({ min: 3, max: 20, noNaN: true }),
      currentOffsetCode: fc.integer({ min: -5000, max: 5000 }),
      voltageOffset_V: fc.double({ min: -0.01, max: 0.01, noNaN: true }),
    })
    fc.assert(
      fc.property(cases, ({ current_mA, time_s, currentOffsetCode, voltageOffset_V }) => {
        const capacity_mAh = (Math.abs(current_mA) * time_s) / 3600
        const bench = new Bench([current(current_mA, { until_capacity_mAh: capacity_mAh })], {
          ...resistor,
          resistance_ohm: 10,
        })
        Object.assign(bench, { currentOffsetCode, voltageOffset_V })
        bench.begin()
        const before_C = bench.charge_C
        const [end] = endsOf(bench.finish())
        expect(Math.abs(end.stepCharge_nAh)).toBeGreaterThan(0)
        const miss_nAh = Math.abs(end.stepCharge_nAh) - capacity_mAh * 1e6
        const perPeriod_nAh = (Math.abs(current_mA) * PERIOD_ms) / 3.6
        expect(Math.abs(miss_nAh)).toBeLessThan(perPeriod_nAh * 0.51 + 1)
        const passed_nAh = (bench.charge_C - before_C) / 3.6e-6
        // One code of the widest range is 6 nA, and the log keeps whole nAh.
        expect(Math.abs(end.stepCharge_nAh - passed_nAh)).toBeLessThan(1)
      }),
      { seed: SEED, numRuns: 40 },
    )
  })

  test(`voltage, rising and falling: the first reading there (seed ${SEED})`, () => {
    const cutoffs = fc.tuple(fc.integer({ min: 30, max: 900 }), fc.constantFrom(1, -1))
    fc.assert(
      fc.property(cutoffs, ([size_mV, sign]) => {
        const until_voltage_V = (sign * size_mV) / 1000
        const bench = new Bench([current(2 * sign, { until_voltage_V })], {
          ...capacitor,
          slope_V_per_C: 5, // 1 mV a period
        })
        const [end] = endsOf(bench.begin().finish())
        const beyond_uV = sign * end.voltage_uV - size_mV * 1000
        expect(beyond_uV).toBeGreaterThanOrEqual(0)
        expect(beyond_uV).toBeLessThan(1100)
        expect(bench.channel.state).toBe(states.STATE_FINISHED)
      }),
      { seed: SEED, numRuns: 30 },
    )
  })

  test("a 0 V cutoff ends a discharge at 0 V", () => {
    const bench = new Bench([current(-1, { until_voltage_V: 0 })], { ...capacitor, rest_V: 0.05 })
    const [end] = endsOf(bench.begin().finish())
    expect(end.voltage_uV).toBeLessThanOrEqual(0)
    expect(end.voltage_uV).toBeGreaterThan(-200)
    expect(end.stepCharge_nAh * 3.6e-6).toBeCloseTo(-0.04, 3)
  })

  test("the first of several cutoffs", () => {
    const until = { until_time_s: 3, until_voltage_V: 4, until_capacity_mAh: 10 }
    const [end] = endsOf(new Bench([current(1, until)], capacitor).begin().finish())
    expect(end.testTime_ms).toBe(3000)
  })
})

describe("recording", () => {
  test("the first and the last reading of each step, and one each interval between", () => {
    const bench = new Bench([rest(35), current(1, { until_time_s: 25 })], resistor)
    const points = pointsOf(bench.begin().finish())
    expect(points.map(({ testTime_ms }) => testTime_ms)).toEqual([
      100, 10_100, 20_100, 30_100, 35_000, 35_100, 45_100, 55_100, 60_000,
    ])
    const marks = points.map(({ isFirst, isLast }) => (isFirst ? "F" : isLast ? "L" : "."))
    expect(marks.join("")).toBe("F...LF..L")
  })

  test("whenever the voltage has moved by ΔV since the last record", () => {
    // 1 mV a period, and a record every 10 mV.
    const bench = new Bench(
      [current(2, { until_voltage_V: 0.3 })],
      { ...capacitor, slope_V_per_C: 5 },
      { voltage_V: 0.01, time_s: 1000 },
    )
    const points = pointsOf(bench.begin().finish())
    expect(points.length).toBeGreaterThan(25)
    for (let i = 1; i < points.length - 1; i++) {
      const moved_uV = points[i].voltage_uV - points[i - 1].voltage_uV
      expect(moved_uV).toBeGreaterThanOrEqual(9_999)
      expect(moved_uV).toBeLessThan(11_100)
    }
  })

  test("every reading in a step's first burst_s", () => {
    const bench = new Bench([rest(5), rest(5)], resistor, { burst_s: 1 })
    const points = pointsOf(bench.begin().finish())
    const ofStep = (stepIndex: number) =>
      points.filter((point) => point.stepIndex === stepIndex).map(({ testTime_ms }) => testTime_ms)
    const burst = Array.from({ length: 10 }, (_, i) => 100 * (i + 1))
    expect(ofStep(0)).toEqual([...burst, 5000])
    expect(ofStep(1)).toEqual([...burst.map((time_ms) => time_ms + 5000), 10_000])
  })

  test("what is recorded is what the cell did", () => {
    const bench = new Bench([current(0.5, { until_time_s: 30 })], resistor, { time_s: 1 })
    for (const point of pointsOf(bench.begin().finish()).slice(4)) {
      const time_h = point.testTime_ms / 3.6e6
      expect(Math.abs(point.current_nA - 500_000)).toBeLessThan(400)
      expect(Math.abs(point.voltage_uV - 50_000)).toBeLessThan(50)
      expect(Math.abs(point.stepCharge_nAh - 500_000 * time_h)).toBeLessThan(2)
      expect(Math.abs(point.stepEnergy_nWh - 25_000 * time_h)).toBeLessThan(2)
    }
  })
})
