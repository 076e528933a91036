import fc from "fast-check"
import { describe, expect, test } from "vitest"
import * as states from "../../firmware/core/states"
import { Bench, FINE_A, resistor, type TestCell } from "./channelBench"
import { PowerCut } from "./framModel"
import {
  after_s,
  beginsCycle,
  charge_mAh,
  current,
  current_below_mA,
  currentThenVoltage,
  loop,
  pulse,
  rest,
  scan,
  voltage,
} from "./methods"
import type { StepEntry } from "./programs"

const SEED = 20_240_518
const { STATE_FINISHED, STATE_RUNNING } = states
const CONTINUE = { resume: 1 }
const cell: TestCell = { resistance_ohm: 30, slope_V_per_C: 0.2, rest_V: 1 }

/** Two cycles of everything. */
const program: StepEntry[] = [
  beginsCycle(current(4, after_s(5))),
  currentThenVoltage(2, 1.2, current_below_mA(0.2), after_s(20)),
  rest(after_s(3)),
  pulse(-5, after_s(1)),
  loop(2, 2, 1),
  scan(1.1, 1, 10, 20),
  voltage(1.05, 10, after_s(5)),
  current(-4, charge_mAh(0.004)),
  beginsCycle(loop(0, 2, 0)),
]

/** Where a test stands in its program. */
const placeOf = ({ channel: { engine } }: Bench) => ({
  index: engine.index,
  stepCount: engine.stepCount,
  cycle: engine.cycle,
  passes: [...engine.passes],
})

/** What the log counts in all: the last point of each run of points within a step. */
function counted_mAs({ records }: Bench): number {
  let sum_mAs = 0
  let last_mAs = 0
  for (const entry of records.entries) {
    if (entry.kind === "step") {
      sum_mAs += last_mAs
      last_mAs = 0
    } else if (entry.kind === "point") last_mAs = entry.charge_mAs
  }
  return sum_mAs + last_mAs
}

const isSorted = (times_ms: number[]) =>
  times_ms.every((time_ms, i) => i === 0 || time_ms >= times_ms[i - 1])

describe("a test that is to continue", () => {
  const cuts = fc.array(
    fc.record({
      periods: fc.integer({ min: 1, max: 400 }),
      off_ms: fc.integer({ min: 100, max: 100_000 }),
    }),
    { minLength: 1, maxLength: 4 },
  )

  test(`goes on after any power cuts: place, clock and charge (seed ${SEED})`, () => {
    let resumed = 0
    fc.assert(
      fc.property(cuts, (times) => {
        const bench = new Bench(program, cell, CONTINUE).begin()
        const before_C = bench.charge_C
        for (const { periods, off_ms } of times) {
          bench.run(periods)
          if (!bench.channel.isBusy) break
          const place = placeOf(bench)
          const isRunning = bench.channel.state === STATE_RUNNING
          bench.cutPower(off_ms).powerUp()
          expect(placeOf(bench)).toEqual(place)
          expect(bench.isRelayClosed).toBe(false)
          const taken_ms = -bench.now_ms
          bench.toRunning()
          // Less than 2.5 s after the 1.2 s to the first line, and what the chips take.
          if (isRunning) expect(taken_ms + bench.now_ms).toBeLessThan(2500)
          if (isRunning) resumed++
        }
        bench.finish()
        expect(bench.records.faults).toEqual([])
        expect(bench.records.testEnds).toEqual([states.END_OF_PROGRAM])
        expect(isSorted(bench.records.times_ms)).toBe(true)
        // All that may be uncounted, the log says.
        const uncertain_mAs = bench.records
          .of("restarted")
          .reduce((sum, entry) => sum + entry.uncertain_nAh * 3.6e-3, 0)
        const missed_mAs = Math.abs((bench.charge_C - before_C) * 1000 - counted_mAs(bench))
        expect(missed_mAs).toBeLessThan(uncertain_mAs * 1.21 + 0.01)
      }),
      { seed: SEED, numRuns: 60 },
    )
    expect(resumed).toBeGreaterThan(50)
  })

  test("misses a second of current at most, and says how much that may be", () => {
    for (let at = 40; at < 60; at++) {
      const bench = new Bench([current(5, after_s(60))], resistor, CONTINUE).begin().run(at)
      const counted_mAs = bench.channel.stepCharge_mAs
      bench.cutPower().powerUp()
      const missed_mAs = counted_mAs - bench.channel.stepCharge_mAs
      expect(missed_mAs).toBeLessThanOrEqual(5)
      bench.toRunning()
      const [restarted] = bench.records.of("restarted")
      expect(restarted.uncertain_nAh * 3.6e-3).toBeCloseTo(5, 2)
      expect(restarted.openCircuit_V).toBeCloseTo(0, 4)
      expect(restarted.checkpoint_V).toBeCloseTo(0, 3)
    }
    const kept = new Bench([current(5, after_s(60))], resistor, CONTINUE).begin().run(50)
    kept.cutPower().powerUp(true).toRunning()
    const mAs = kept.records.of("restarted")[0].uncertain_nAh * 3.6e-3
    expect(mAs).toBeCloseTo(5, 2)
  })

  test("ends its step by the time that it was under test, the cut's not counted", () => {
    const bench = new Bench([current(5, after_s(20))], resistor, CONTINUE).begin().run(100)
    bench.cutPower(3_600_000).powerUp()
    const [end] = bench.finish().ends
    // The step's time goes on from its checkpoint, the test's from behind the last record.
    expect(end.testTime_ms).toBeGreaterThan(20_000)
    expect(end.testTime_ms).toBeLessThan(21_500)
    expect(end.charge_mAs).toBeCloseTo(5 * 20, 0)
  })

  test("logs in this order: where it stands, that and why it goes on, and then points", () => {
    const bench = new Bench([current(5, after_s(20))], resistor, CONTINUE).begin().run(55)
    const before = bench.records.entries.length
    bench.cutPower().powerUp().toRunning().run(2)
    const said = bench.records.entries.slice(before).filter(({ kind }) => kind !== "temperature")
    expect(said).toMatchObject([
      { kind: "boot", test: 7, index: 0, type: 2, cycle: 1, count: 1, flags: 1 },
      { kind: "restarted" },
      { kind: "event", event: 6 },
      { kind: "point" },
    ])
  })

  test("keeps the sums of its cycle: the efficiency is judged over the cut", () => {
    const steps = [
      beginsCycle(current(5, after_s(10))),
      current(-5, after_s(9)),
      beginsCycle(loop(0, 3)),
    ]
    // 90 %, with 85 % asked for and then 95 %.
    for (const [below_ppm, ends] of [
      [850_000, states.END_OF_PROGRAM],
      [950_000, states.STOP_EFFICIENCY_LOW],
    ]) {
      const bench = new Bench(steps, resistor, { ...CONTINUE, below_ppm, cycles: 1 }).begin()
      bench.run(150).cutPower().powerUp()
      expect(bench.finish().testEnds).toEqual([ends])
    }
  })

  test("holds a scan's place over several cuts", () => {
    const steps = [scan(-0.2, 0.2, 5, 40)]
    const bench = new Bench(steps, resistor, CONTINUE).begin()
    bench.run(1000, () => bench.channel.scanned_V > -0.1 && bench.channel.scanned_V < 1)
    bench.cutPower().powerUp().toRunning().run(2)
    // On its way from 0 V back to −0.1 V.
    bench.cutPower().powerUp().toRunning()
    expect(bench.channel.scanned_V).toBeCloseTo(-0.1, 2)
    const before = bench.records.points.length
    bench.finish()
    const after = bench.records.points.slice(before)
    const least_V = Math.min(...after.map(({ voltage_V }) => voltage_V))
    expect(least_V).toBeGreaterThan(-0.108)
    expect(bench.records.ends[0].voltage_V).toBeCloseTo(0.2, 2)
    // 5 s there, 60 s on.
    expect(after.length).toBeGreaterThan(6)
  })

  test("that had not begun begins, and finds its zeros first", () => {
    const bench = new Bench([current(1, after_s(5))], resistor, CONTINUE).start().run(30)
    bench.cutPower().powerUp()
    const { records } = bench.toRunning()
    expect(bench.finish().ends[0].testTime_ms).toBe(5000)
    expect(records.of("selfTest")).toHaveLength(1)
    expect(records.of("restarted")).toEqual([])
  })

  test("that lost its zeros finds them again, and goes on where it was", () => {
    const bench = new Bench([current(5, after_s(20))], resistor, CONTINUE)
    Object.assign(bench, { currentOffsetCode: 900, voltageOffset_V: 0.01 })
    bench.begin().run(100)
    bench.fram.bytes.fill(0, 0x100, 0x180)
    bench.cutPower().powerUp().toRunning()
    expect(bench.records.of("restarted")).toHaveLength(1)
    const [end] = bench.finish().ends
    expect(end.testTime_ms).toBeGreaterThan(20_000)
    expect(end.testTime_ms).toBeLessThan(21_500)
    expect(end.voltage_V).toBeCloseTo(0.5, 3)
    expect(end.current_A).toBeCloseTo(5e-3, 6)
  })

  test("keeps the converter's offsets that it found at its start", () => {
    const bench = new Bench([current(0.2, after_s(20))], resistor, CONTINUE)
    Object.assign(bench, { currentOffsetCode: 900, voltageOffset_V: 0.01 })
    bench.begin().run(50)
    bench.cutPower().powerUp().toRunning()
    const before_C = bench.charge_C
    bench.run(100)
    expect((bench.charge_C - before_C) / 10).toBeCloseTo(0.2e-3, 7)
  })

  test("cut in its self-test, goes on in its rest", () => {
    const bench = new Bench([rest(after_s(40)), current(1, after_s(1))], resistor, {
      ...CONTINUE,
      flags: 16,
    }).begin()
    bench.run(400, () => bench.channel.state === states.STATE_ZEROING)
    bench.run(10).cutPower().powerUp()
    const { records } = bench
    bench.finish()
    expect(records.ends).toHaveLength(2)
    expect(isSorted(records.times_ms)).toBe(true)
    expect(records.ends[0].testTime_ms).toBeLessThan(43_000)
  })

  test("cut again before it runs, goes on as after one cut", () => {
    const bench = new Bench([current(5, after_s(20))], resistor, CONTINUE).begin().run(100)
    for (const periods of [1, 5, 12, 17]) bench.cutPower().powerUp().run(periods)
    bench.cutPower().powerUp().toRunning()
    expect(bench.channel.stepCharge_mAs).toBeGreaterThan(45)
    expect(isSorted(bench.records.times_ms)).toBe(true)
    expect(bench.finish().testEnds).toEqual([states.END_OF_PROGRAM])
  })
})

describe("the power goes between any two bytes that the firmware writes", () => {
  /** Runs until the power goes, and past the cut. */
  const through = (bench: Bench, periods: number): boolean => {
    try {
      bench.run(periods)
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error
      return true
    }
    return false
  }

  test(`and the test ends as it should, its clock and its steps in order (seed ${SEED})`, () => {
    const steps = [
      beginsCycle(current(5, after_s(1))),
      rest(after_s(0.7)),
      current(-5, after_s(1)),
      beginsCycle(loop(0, 2)),
    ]
    const cut = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(cut, (bytes) => {
        const bench = new Bench(steps, resistor, CONTINUE).begin()
        for (const count of bytes) {
          bench.fram.bytesToCut = count
          const isCut = through(bench, 200)
          bench.fram.bytesToCut = Number.POSITIVE_INFINITY
          if (!isCut) break
          bench.cutPower(1000).powerUp()
        }
        bench.run(300, () => !bench.channel.isBusy)
        expect(bench.channel.state).toBe(STATE_FINISHED)
        expect(bench.channel.endReason).toBe(states.END_OF_PROGRAM)
        expect(isSorted(bench.records.times_ms)).toBe(true)
        // Each step was come to in its turn; what the log does not say is in the checkpoint.
        const seen = bench.records.entries.flatMap((entry) =>
          entry.kind === "step" || entry.kind === "boot" ? [[entry.cycle, entry.index]] : [],
        )
        const order = seen.map(([cycle, index]) => cycle * 10 + index)
        expect(isSorted(order)).toBe(true)
        expect(order.at(-1)).toBe(22)
        expect(Math.abs(bench.charge_C)).toBeLessThan(5e-3 * 1.2 * bytes.length + 2 * FINE_A)
      }),
      { seed: SEED, numRuns: 150 },
    )
  })
})
