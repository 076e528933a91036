import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { askToPause, askToStop, resume } from "../../firmware/core/commands"
import { pause } from "../../firmware/core/ending"
import * as states from "../../firmware/core/states"
import { Bench, FINE_A, resistor } from "./channelBench"
import { above_V, after_s, charge_mAh, current, rest, rules } from "./methods"

const SEED = 20_240_516
const { PAUSED_BY_HOST, STATE_FINISHED, STATE_PAUSED, STATE_RUNNING, STATE_ZEROING } = states

describe("a pause", () => {
  test(`keeps time, charge and energy, whenever it comes and however long it is (seed ${SEED})`, () => {
    const pauses = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 0, max: 99 })),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    fc.assert(
      fc.property(pauses, fc.constantFrom(0.3, 5, -5), (cuts, current_mA) => {
        const bench = new Bench([current(current_mA, after_s(30)), rest(after_s(1))], {
          ...resistor,
          rest_V: 2,
        })
        bench.begin()
        const before = { charge_C: bench.charge_C, energy_J: bench.energy_J }
        for (const [run, off] of cuts) {
          bench.run(run)
          if (bench.channel.engine.index !== 0) break
          askToPause(bench.channel, bench.now_ms)
          bench.run(1)
          if (bench.channel.engine.index !== 0) break
          expect(bench.isRelayClosed).toBe(false)
          expect(bench.isAwake).toBe(false)
          bench.run(off)
          expect(resume(bench.channel)).toBe(true)
          bench.toRunning()
        }
        const [end, last] = bench.finish().ends
        expect(end.testTime_ms).toBe(30_000)
        expect(last.testTime_ms).toBe(31_000)
        expect(end.charge_mAs / 1000).toBeCloseTo(bench.charge_C - before.charge_C, 6)
        expect(end.energy_mWs / 1000).toBeCloseTo(bench.energy_J - before.energy_J, 5)
        expect(bench.records.pauses).toHaveLength(bench.records.resumes)
        const { times_ms } = bench.records
        expect(times_ms).toEqual([...times_ms].sort((a, b) => a - b))
      }),
      { seed: SEED, numRuns: 60 },
    )
  })

  test("ends with a cutoff on charge where it would have ended without", () => {
    const bench = new Bench([current(5, charge_mAh(0.05))], resistor).begin().run(100)
    askToPause(bench.channel, bench.now_ms)
    bench.run(30)
    resume(bench.channel)
    const [end] = bench.finish().ends
    expect(end.testTime_ms).toBe(36_000)
    expect(bench.charge_C).toBeCloseTo(0.18, 3)
  })

  test("begins its rest and its records anew: a reading at once, a burst, and no leap to doubt", () => {
    const bench = new Bench(
      [current(5, after_s(60))],
      { ...resistor, resistance_ohm: 300 },
      {
        rules: rules({ time_s: 1000, burst_s: 1 }),
      },
    )
    bench.begin().run(100)
    pause(bench.channel, PAUSED_BY_HOST, bench.now_ms)
    bench.run(10)
    resume(bench.channel)
    bench.toRunning()
    const before = bench.records.points.length
    bench.run(30)
    expect(bench.records.points.length - before).toBe(10)
    expect(bench.channel.state).toBe(STATE_RUNNING)
  })

  test("looks at the dummy, and at the zero, before the current comes back", () => {
    const bench = new Bench([current(5, after_s(60))], resistor).begin().run(10)
    pause(bench.channel, PAUSED_BY_HOST, bench.now_ms)
    bench.run(1)
    const before_C = bench.charge_C
    resume(bench.channel)
    let zeroing = 0
    bench.run(100, () => {
      if (bench.channel.state === STATE_ZEROING) zeroing++
      return bench.channel.state === STATE_RUNNING
    })
    expect(zeroing).toBeGreaterThan(20)
    expect(zeroing).toBeLessThan(32)
    expect(Math.abs(bench.charge_C - before_C)).toBeLessThan(FINE_A)
    expect(bench.records.of("selfTest")).toHaveLength(2)
  })

  test("before the first step begins it, and after that is resumed once only", () => {
    const bench = new Bench([rest(after_s(5))], resistor).start().run(10)
    pause(bench.channel, PAUSED_BY_HOST, bench.now_ms)
    expect(bench.channel.state).toBe(STATE_PAUSED)
    bench.run(5)
    expect(resume(bench.channel)).toBe(true)
    expect(resume(bench.channel)).toBe(false)
    const [end] = bench.finish().ends
    expect(end.testTime_ms).toBe(5000)
    expect(resume(bench.channel)).toBe(false)
  })

  test("of a test that does not run is none", () => {
    const bench = new Bench([rest(after_s(5))], resistor)
    pause(bench.channel, PAUSED_BY_HOST, bench.now_ms)
    expect(bench.channel.state).toBe(states.STATE_IDLE)
    expect(bench.records.entries).toEqual([])
  })
})

describe("what the host asks of a running test", () => {
  test.each([
    ["to stop", askToStop, STATE_FINISHED],
    ["to pause", askToPause, STATE_PAUSED],
  ])("%s is done at the period's end, all charge counted and recorded", (_, ask, state) => {
    const bench = new Bench([current(5, after_s(60))], resistor).begin().run(105)
    ask(bench.channel, bench.now_ms + 40)
    expect(bench.channel.state).toBe(STATE_RUNNING)
    bench.run(1)
    expect(bench.channel.state).toBe(state)
    expect(bench.isRelayClosed).toBe(false)
    const last = bench.records.points.at(-1)
    expect(last?.testTime_ms).toBe(10_600)
    expect((last?.charge_mAs ?? 0) / 1000).toBeCloseTo(bench.charge_C, 6)
    // And is done once.
    expect([bench.records.testEnds.length, bench.records.pauses.length]).toEqual(
      state === STATE_FINISHED ? [1, 0] : [0, 1],
    )
    if (state === STATE_PAUSED) {
      resume(bench.channel)
      expect(bench.finish().ends[0].testTime_ms).toBe(60_000)
    }
  })

  test("in a paused, a faulty or a starting test at once", () => {
    for (const reach of [
      (bench: Bench) => askToPause(bench.begin().run(5).channel, bench.now_ms),
      (bench: Bench) => bench.begin().run(5).statuses.push(1, 1),
      (bench: Bench) => bench.start(),
    ]) {
      const bench = new Bench([rest(after_s(60))], resistor)
      reach(bench)
      bench.run(2)
      askToStop(bench.channel, bench.now_ms)
      expect(bench.channel.state).toBe(STATE_FINISHED)
      expect(bench.channel.endReason).toBe(states.STOPPED_BY_HOST)
    }
  })

  test("does not outlive a test", () => {
    const bench = new Bench([rest(after_s(1))], resistor).begin().run(9)
    askToStop(bench.channel, bench.now_ms)
    bench.run(1)
    expect(bench.channel.state).toBe(STATE_FINISHED)
    expect(bench.begin().finish().ends.at(-1)?.testTime_ms).toBe(1000)
  })
})

describe("a resumed fault", () => {
  test("goes on where it stopped: a person has looked", () => {
    const bench = new Bench([current(5, after_s(30))], resistor).begin().run(100)
    bench.statuses.push(1, 1)
    bench.run(20)
    expect(bench.channel.state).toBe(states.STATE_FAULT)
    expect(resume(bench.channel)).toBe(true)
    expect(bench.channel.fault).toBe(states.FAULT_NONE)
    const [end] = bench.finish().ends.slice(-1)
    expect(end.testTime_ms).toBe(30_000)
    expect(end.charge_mAs / 5).toBeCloseTo(30, 0)
  })

  test("is refused when the program is what is wrong", () => {
    const bench = new Bench([rest(after_s(1)), rest(after_s(1))], resistor)
    bench.begin()
    bench.steps[1][0] = 9
    bench.run(20)
    expect(bench.channel.fault).toBe(states.FAULT_PROGRAM_LOST)
    expect(resume(bench.channel)).toBe(false)
    expect(bench.channel.fault).toBe(states.FAULT_PROGRAM_LOST)
  })
})

describe("the self-test in a rest", () => {
  const tested = { flags: 16 }

  test("comes at its half, takes 3 s of it, and time goes on", () => {
    const bench = new Bench([rest(after_s(40)), current(1, after_s(1))], resistor, tested).begin()
    let open = 0
    bench.run(395, () => {
      if (!bench.isRelayClosed) open++
      return false
    })
    expect(open).toBeGreaterThan(20)
    expect(open).toBeLessThan(32)
    const tests = bench.records.of("selfTest")
    expect(tests).toHaveLength(2)
    expect(tests[1].testTime_ms).toBeGreaterThan(20_000)
    expect(tests[1].testTime_ms).toBeLessThan(23_200)
    expect(bench.finish().ends.map(({ testTime_ms }) => testTime_ms)).toEqual([40_000, 41_000])
    expect(bench.records.resumes).toBe(0)
    const { times_ms } = bench.records
    expect(times_ms).toEqual([...times_ms].sort((a, b) => a - b))
  })

  test("once a rest, a minute after its beginning when it has no time of its own", () => {
    const bench = new Bench([rest(above_V(4))], resistor, tested).begin().run(2000)
    const [, ...tests] = bench.records.of("selfTest")
    expect(tests).toHaveLength(1)
    expect(tests[0].testTime_ms).toBeGreaterThan(60_000)
    expect(tests[0].testTime_ms).toBeLessThan(63_200)
  })

  test("not in a short one, in a current, or when it is not asked for", () => {
    const steps = [rest(after_s(19)), current(1, after_s(60))]
    expect(new Bench(steps, resistor, tested).begin().finish().of("selfTest")).toHaveLength(1)
    expect(new Bench([rest(after_s(60))], resistor).begin().finish().of("selfTest")).toHaveLength(1)
  })

  test("finds a dummy that has gone off, and opens for good", () => {
    const bench = new Bench([rest(after_s(40))], resistor, tested).begin()
    bench.dummy_ohm = 102
    bench.run(400, () => !bench.channel.isBusy)
    expect(bench.channel.fault).toBe(states.FAULT_SELF_TEST_FAILED)
    expect(bench.records.of("selfTest")[1].error_ppm).toBeCloseTo(20_000, -1)
    expect(bench.isRelayClosed).toBe(false)
  })

  test("passes no charge through the cell", () => {
    const bench = new Bench([rest(after_s(40))], resistor, tested).begin()
    const before_C = bench.charge_C
    bench.finish()
    expect(Math.abs(bench.charge_C - before_C)).toBeLessThan(FINE_A * 20)
  })

  test("a stop and a pause in its middle keep the time", () => {
    const bench = new Bench([rest(after_s(40))], resistor, tested).begin()
    bench.run(400, () => bench.channel.state === STATE_ZEROING)
    bench.run(5)
    pause(bench.channel, PAUSED_BY_HOST, bench.now_ms)
    bench.run(50)
    expect(bench.channel.testTime_ms).toBe(20_500)
    resume(bench.channel)
    expect(bench.finish().ends[0].testTime_ms).toBe(40_000)
  })
})
