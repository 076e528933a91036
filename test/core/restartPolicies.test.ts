import { describe, expect, test } from "vitest"
import { askToPause, askToStop, resume } from "../../firmware/core/commands"
import * as states from "../../firmware/core/states"
import { Bench, type TestCell } from "./channelBench"
import { after_s, current, rest } from "./methods"

const { STATE_FAULT, STATE_FINISHED, STATE_IDLE, STATE_PAUSED, STATE_RUNNING } = states
const ASK = { resume: 0 }
const CONTINUE = { resume: 1 }
const STOP = { resume: 2 }

const cell: TestCell = { resistance_ohm: 30, slope_V_per_C: 0.2, rest_V: 1 }

describe("the cell is looked at before it gets a current", () => {
  const changed = (change_V: number, over = {}) => {
    const bench = new Bench(
      [current(5, after_s(60))],
      { ...cell, resistance_ohm: 100 },
      {
        ...CONTINUE,
        change_uV: 50_000,
        ...over,
      },
    )
    bench.begin().run(100).cutPower()
    bench.cell = { ...bench.cell, rest_V: bench.cell.rest_V + change_V }
    return bench.powerUp().run(60, () => bench.channel.state !== states.STATE_ZEROING)
  }

  test.each([0.06, -0.06, 1, -2])("one that is %d V away has changed", (change_V) => {
    const bench = changed(change_V)
    expect(bench.channel).toMatchObject({ state: STATE_FAULT, fault: states.FAULT_CELL_CHANGED })
    bench.run(2)
    expect(bench.isRelayClosed).toBe(false)
    const [{ openCircuit_V, checkpoint_V }] = bench.records.of("restarted")
    expect(openCircuit_V - checkpoint_V).toBeCloseTo(change_V, 2)
    // Nothing went through it.
    expect(bench.records.points.at(-1)?.testTime_ms).toBeLessThanOrEqual(10_000)
  })

  test.each([0.045, -0.045, 0])(
    "one that is %d V away has not, though 0.5 V fell at 5 mA",
    (change_V) => {
      expect(changed(change_V).channel.state).toBe(STATE_RUNNING)
    },
  )

  test("an empty holder is one that is open", () => {
    const bench = new Bench([current(5, after_s(60))], cell, CONTINUE).begin().run(100).cutPower()
    bench.isOpen = true
    bench.powerUp().run(60)
    expect(bench.channel.fault).toBe(states.FAULT_OPEN_CELL)
  })

  test("a person may say that it is the same: it goes on", () => {
    const bench = changed(0.1)
    expect(resume(bench.channel)).toBe(true)
    bench.toRunning()
    expect(bench.channel.stepCharge_mAs).toBeCloseTo(50, 0)
  })

  test("a current that flows where none was asked for opens it again", () => {
    const bench = new Bench([current(5, after_s(60))], cell, CONTINUE).begin().run(100).cutPower()
    bench.powerUp().run(60, () => bench.isRelayClosed)
    // 38 µA in the finest range.
    bench.currentOffsetCode = 200_000
    expect(bench.untilOpen()).toBeLessThanOrEqual(2)
    expect(bench.channel.fault).toBe(states.FAULT_REGULATION_LOST)
  })
})

describe("a test that is to wait", () => {
  test("rests, and goes on when it is told to, after a look at the cell", () => {
    const bench = new Bench([current(5, after_s(20))], cell, ASK).begin().run(100)
    bench.cutPower().powerUp()
    expect(bench.channel).toMatchObject({
      state: STATE_PAUSED,
      pauseReason: states.PAUSED_BY_RESTART,
    })
    expect(bench.records.of("restarted")[0].openCircuit_V).toBeNaN()
    expect(bench.records.pauses).toEqual([states.PAUSED_BY_RESTART])
    bench.run(50)
    expect(bench.isRelayClosed).toBe(false)
    expect(resume(bench.channel)).toBe(true)
    bench.toRunning()
    expect(bench.records.of("restarted")[1]).toMatchObject({ uncertain_nAh: 0 })
    expect(bench.finish().ends[0].charge_mAs).toBeCloseTo(100, 0)
  })

  test("waits over any number of cuts, and knows its cell after all of them", () => {
    for (const change_V of [0, 0.1]) {
      const over = { ...ASK, change_uV: 50_000 }
      const steep = { ...cell, resistance_ohm: 100 }
      const bench = new Bench([current(5, after_s(20))], steep, over).begin().run(100)
      for (let i = 0; i < 3; i++) {
        bench.cutPower().powerUp().run(5)
        expect(bench.channel.state).toBe(STATE_PAUSED)
      }
      const { testTime_ms } = bench.channel
      bench.cell = { ...steep, rest_V: steep.rest_V + change_V }
      bench.cutPower().powerUp()
      expect(bench.channel.testTime_ms).toBe(testTime_ms)
      resume(bench.channel)
      bench.run(60, () => bench.channel.state !== states.STATE_ZEROING)
      expect(bench.channel.state).toBe(change_V === 0 ? STATE_RUNNING : STATE_FAULT)
    }
  })

  test("and one that the host had paused waits as before", () => {
    const bench = new Bench([current(5, after_s(20))], cell, CONTINUE).begin().run(100)
    askToPause(bench.channel, bench.now_ms)
    bench.run(2).cutPower().powerUp().run(20)
    expect(bench.channel).toMatchObject({
      state: STATE_PAUSED,
      pauseReason: states.PAUSED_BY_HOST,
    })
    const { testTime_ms } = bench.channel
    expect(testTime_ms).toBe(10_100)
    resume(bench.channel)
    expect(bench.finish().ends[0].testTime_ms).toBe(20_000)
  })
})

describe("what is over stays over", () => {
  test("a test that is to stop has ended, in the log and after the next cut", () => {
    const bench = new Bench([current(5, after_s(20))], cell, STOP).begin().run(100)
    for (let i = 0; i < 3; i++) {
      bench.cutPower().powerUp().run(20)
      expect(bench.channel).toMatchObject({
        state: STATE_FINISHED,
        endReason: states.STOPPED_BY_RESTART,
      })
      expect(bench.isRelayClosed).toBe(false)
    }
    expect(bench.records.testEnds).toEqual([states.STOPPED_BY_RESTART])
    expect(resume(bench.channel)).toBe(false)
  })

  test("a finished one, a stopped one, and none", () => {
    const finished = new Bench([rest(after_s(1))], cell, CONTINUE).begin()
    finished.finish()
    const stopped = new Bench([rest(after_s(9))], cell, CONTINUE).begin().run(10)
    askToStop(stopped.channel, stopped.now_ms)
    stopped.run(2)
    for (const bench of [finished, stopped, new Bench([rest(after_s(1))], cell, CONTINUE)]) {
      const { state, endReason } = bench.channel
      const before = bench.records.entries.length
      bench.cutPower().powerUp().run(20)
      expect(bench.channel).toMatchObject({ state, endReason })
      expect([STATE_FINISHED, STATE_IDLE]).toContain(state)
      expect(bench.channel.engine.index).toBe(-1)
      expect(bench.records.entries).toHaveLength(before)
    }
  })

  test("a fault, by its name, until a person has looked", () => {
    const bench = new Bench([current(5, after_s(20))], cell, CONTINUE).begin().run(100)
    bench.statuses.push(1, 1)
    bench.run(3)
    for (let i = 0; i < 3; i++) {
      bench.cutPower().powerUp().run(20)
      expect(bench.channel).toMatchObject({
        state: STATE_FAULT,
        fault: states.FAULT_STALE_READING,
        isBusy: false,
      })
      expect(bench.isRelayClosed).toBe(false)
    }
    expect(bench.records.faults).toEqual([states.FAULT_STALE_READING])
    expect(resume(bench.channel)).toBe(true)
    expect(bench.finish().testEnds).toEqual([states.END_OF_PROGRAM])
  })
})

describe("a program that is no longer there", () => {
  const lost = (over = {}) => {
    const bench = new Bench([current(5, after_s(20))], cell, { ...CONTINUE, ...over })
    bench.begin().run(100)
    return bench
  }

  test.each<[string, (bench: Bench) => void]>([
    [
      "a step that is spoilt",
      (bench) => {
        bench.steps[0][50] ^= 1
      },
    ],
    [
      "a header that is spoilt",
      (bench) => {
        bench.header[50] ^= 1
      },
    ],
    [
      "another program",
      (bench) => {
        bench.header.set(new Bench([rest(after_s(1))], cell).header)
      },
    ],
  ])("is a fault: %s", (_, spoil) => {
    const bench = lost()
    bench.cutPower()
    spoil(bench)
    bench.powerUp().run(20)
    expect(bench.channel).toMatchObject({ state: STATE_FAULT, fault: states.FAULT_PROGRAM_LOST })
    expect(bench.isRelayClosed).toBe(false)
    expect(resume(bench.channel)).toBe(false)
    askToStop(bench.channel, bench.now_ms)
    expect(bench.channel.state).toBe(STATE_FINISHED)
  })

  test("but a fault before that keeps its name", () => {
    const bench = lost()
    bench.statuses.push(1, 1)
    bench.run(3).cutPower()
    bench.header[50] ^= 1
    bench.powerUp().run(5)
    expect(bench.channel.fault).toBe(states.FAULT_STALE_READING)
    expect(bench.records.faults).toEqual([states.FAULT_STALE_READING])
    expect(resume(bench.channel)).toBe(false)
  })

  test("a memory that does not answer: nothing is energised", () => {
    const bench = lost().cutPower()
    bench.fram.answers = false
    bench.powerUp().run(50)
    expect(bench.channel.state).toBe(STATE_IDLE)
    expect(bench.isAwake).toBe(false)
    bench.fram.answers = true
    bench.cutPower().powerUp().toRunning()
    expect(bench.channel.stepCharge_mAs).toBeGreaterThan(40)
  })
})
