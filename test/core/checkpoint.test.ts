import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { type Channel, stepTime_ms, testTime_ms } from "../../firmware/core/channel"
import {
  CHECKPOINT_AT,
  CHECKPOINT_STRIDE,
  PAGE_MIRROR_AT,
  STEP_CHECKPOINT_AT,
  STEP_CHECKPOINT_STRIDE,
} from "../../firmware/core/framMap"
import * as states from "../../firmware/core/states"
import { Bench, resistor } from "./channelBench"
import { PowerCut } from "./framModel"
import { after_s, beginsCycle, current, loop, rest } from "./methods"

const SEED = 20_240_517

/** Where a test stands, as far as it outlives a power cut. */
function standOf(channel: Channel, now_ms = 0) {
  const { test, state, fault, pauseReason, endReason, hasBegun, engine } = channel
  const { index, stepCount, cycle, cycleHasCurrent, passes, loopFrom, loopAt } = engine
  // The step in which a test ended is of no interest.
  const isOver = state === states.STATE_FINISHED
  return {
    ...{ test, state, fault, pauseReason, endReason, hasBegun, stepCount, cycle, cycleHasCurrent },
    ...{ index: isOver ? -1 : index, loops: isOver ? [] : [...passes, ...loopFrom, ...loopAt] },
    testTime_ms: testTime_ms(channel, now_ms),
    stepTime_ms: stepTime_ms(channel, now_ms),
    charge_mAs: channel.stepCharge_mAs,
    energy_mWs: channel.stepEnergy_mWs,
    cycleCharge_mAs: channel.monitor.charge_mAs,
  }
}
type Stand = ReturnType<typeof standOf>

/** What a board finds after a start. Its clocks stand: what has not gone on is where it was left. */
function found(bench: Bench): Stand {
  bench.cutPower(0)
  const { channel } = bench
  const { checkpoints } = channel.board
  if (Number.isNaN(checkpoints.load(channel))) return standOf(channel)
  checkpoints.loadMonitor(channel)
  const { state } = channel
  if (state === states.STATE_RUNNING) channel.state = states.STATE_PAUSED
  return { ...standOf(channel), state }
}

/** Notes where the test stands whenever that is to be kept. */
function watch(bench: Bench): { asked: Stand[]; kept: Stand[] } {
  const { checkpoints } = bench.channel.board
  const save = checkpoints.save.bind(checkpoints)
  const asked: Stand[] = []
  const kept: Stand[] = []
  checkpoints.save = (channel, now_ms) => {
    asked.push(standOf(channel, now_ms))
    const isKept = save(channel, now_ms)
    if (isKept) kept.push(asked[asked.length - 1])
    return isKept
  }
  return { asked, kept }
}

const program = () => [
  beginsCycle(current(2, after_s(0.3))),
  current(-1, after_s(0.3)),
  loop(0, 2, 1),
  rest(after_s(0.8)),
  loop(0, 2, 2),
]

describe("a checkpoint", () => {
  test(`gives back where the test stood (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (periods) => {
        const bench = new Bench(program(), resistor).begin()
        const { kept } = watch(bench)
        bench.run(1 + periods)
        // One each half second, and at each step.
        const last = kept.at(-1)
        if (last === undefined) throw new Error("no checkpoint")
        if (bench.channel.isBusy)
          expect(testTime_ms(bench.channel, bench.now_ms) - last.testTime_ms).toBeLessThan(1000)
        expect(found(bench)).toEqual(last)
      }),
      { seed: SEED, numRuns: 60 },
    )
  })

  test("gives back each of its fields, to the last bit", () => {
    const bench = new Bench([rest(after_s(1))], resistor)
    const { channel } = bench
    Object.assign(channel, {
      test: 0xfffe,
      state: states.STATE_FAULT,
      fault: states.FAULT_HARD_SHORT,
      pauseReason: 3,
      endReason: 8,
      hasBegun: true,
      testTime_ms: 2 ** 40 + 0.5,
      stepTime_ms: 2 ** 33 + 0.25,
      stepCharge_mAs: -1 / 3,
      stepEnergy_mWs: 1e9 / 7,
      isStepKept: false,
    })
    Object.assign(channel.engine, { index: 63, stepCount: 2 ** 32 - 1, cycle: 2 ** 32 - 2 })
    channel.engine.cycleHasCurrent = true
    for (let i = 0; i < 8; i++) {
      channel.engine.passes[i] = 2 ** 32 - 1 - i
      channel.engine.loopFrom[i] = i
      channel.engine.loopAt[i] = 63 - i
    }
    channel.monitor.charge_mAs = Math.PI
    const before = standOf(channel)
    expect(channel.board.checkpoints.save(channel, 0)).toBe(true)
    expect(found(bench)).toEqual(before)
  })

  test("no step, no scan, and a scan's place come back", () => {
    for (const scanned_V of [Number.POSITIVE_INFINITY, -0.123456]) {
      const bench = new Bench([rest(after_s(1))], resistor)
      Object.assign(bench.channel, { scanned_V, isStepKept: false })
      bench.channel.board.checkpoints.save(bench.channel, 0)
      expect(found(bench).index).toBe(-1)
      expect(bench.channel.scanned_V).toBe(scanned_V)
    }
  })

  test("memory that never held one holds none", () => {
    for (const fill of [0, 0xff]) {
      const bench = new Bench([rest(after_s(1))], resistor)
      bench.fram.bytes.fill(fill)
      expect(found(bench)).toMatchObject({ state: states.STATE_IDLE, test: 0, index: -1 })
    }
  })
})

describe("a power cut between any two bytes", () => {
  /** Where the power goes after so many bytes from the first step on. */
  const cutAfter = (bytes: number) => {
    const bench = new Bench(program(), resistor).begin()
    const watched = watch(bench)
    const begun = found(cutCopy(bench))
    bench.fram.bytesToCut = bytes
    try {
      bench.run(60)
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error
    }
    const isCut = bench.fram.bytesToCut === 0
    bench.fram.bytesToCut = Number.POSITIVE_INFINITY
    return { bench, begun, isCut, ...watched }
  }

  /** Another bench over a copy of the memory. */
  const cutCopy = (bench: Bench) => {
    const copy = new Bench(program(), resistor)
    copy.fram.bytes.set(bench.fram.bytes)
    return copy
  }

  test("leaves where the test stood, or where it then stands: never anything else", () => {
    let bytes = 0
    const begun_ = new Set<string>()
    for (let isCut = true; isCut; bytes += 1) {
      const run = cutAfter(bytes)
      isCut = run.isCut
      const after = found(run.bench)
      const before = run.kept.at(-1) ?? run.begun
      const coming = run.asked.at(-1) ?? before
      expect([before, coming]).toContainEqual(after)
      begun_.add(`${after.stepCount}`)
    }
    expect(bytes).toBeGreaterThan(1500)
    // Four steps with a current and a rest, twice over.
    expect(begun_.size).toBe(10)
  })
})

describe("what is not written", () => {
  test("a step's checkpoint is tried again, and until then the step before is what is found", () => {
    const bench = new Bench([rest(after_s(1)), current(1, after_s(5))], resistor).begin().run(9)
    const { kept } = watch(bench)
    bench.fram.answers = false
    bench.run(1)
    expect(bench.channel.engine.index).toBe(1)
    bench.fram.answers = true
    expect(kept).toEqual([])
    bench.run(1)
    expect(kept.map(({ index }) => index)).toEqual([1])
    expect(found(bench)).toEqual(kept[0])
    const lost = new Bench([rest(after_s(1)), current(1, after_s(5))], resistor).begin().run(9)
    lost.fram.answers = false
    lost.run(1)
    lost.fram.answers = true
    expect(found(lost)).toMatchObject({ index: 0, stepCount: 1, state: states.STATE_RUNNING })
  })

  test("three writes in a row are the memory's loss, two are not", () => {
    const bench = new Bench([rest(after_s(1))], resistor)
    const { checkpoints } = bench.channel.board
    for (const answers of [false, false, true, false, false]) {
      bench.fram.answers = answers
      expect(checkpoints.save(bench.channel, 0)).toBe(answers)
      expect(checkpoints.isLost).toBe(false)
    }
    checkpoints.save(bench.channel, 0)
    expect(checkpoints.isLost).toBe(true)
  })

  test("a memory that is silent at the start holds no test, and is not overwritten", () => {
    const bench = new Bench(program(), resistor).begin().run(3)
    const kept = bench.fram.bytes.slice()
    bench.fram.answers = false
    expect(found(bench).state).toBe(states.STATE_IDLE)
    bench.fram.answers = true
    expect(bench.channel.board.checkpoints.save(bench.channel, 0)).toBe(false)
    expect(bench.fram.bytes).toEqual(kept)
  })
})

describe("the zeros", () => {
  test("come back to the last bit, and are none where none were kept", () => {
    const bench = new Bench(program(), resistor)
    const { channel } = bench
    expect(channel.board.checkpoints.loadZeros(channel)).toBe(false)
    channel.regulator.reset(1234.5678)
    channel.zeroing.voltageCode = -98.7654321
    channel.zeroing.currentCode.splice(0, 3, 1 / 3, -2 / 3, 1e4 / 7)
    channel.board.checkpoints.saveZeros(channel)
    bench.cutPower(0)
    const { regulator, zeroing, board } = bench.channel
    expect(board.checkpoints.loadZeros(bench.channel)).toBe(true)
    expect([regulator.zeroDrive, regulator.drive]).toEqual([1234.5678, 1234.5678])
    expect(zeroing.voltageCode).toBe(-98.7654321)
    expect(zeroing.currentCode).toEqual([1 / 3, -2 / 3, 1e4 / 7])
  })
})

test("everything stays in its place", () => {
  const bench = new Bench(program(), resistor).begin()
  // The room of the channels that come after the bench's one.
  const others = [
    [STEP_CHECKPOINT_AT + STEP_CHECKPOINT_STRIDE, CHECKPOINT_AT],
    [CHECKPOINT_AT + CHECKPOINT_STRIDE, PAGE_MIRROR_AT],
  ]
  for (const [from, to] of others) bench.fram.bytes.fill(0x55, from, to)
  bench.run(100)
  for (const [from, to] of others)
    expect(bench.fram.bytes.subarray(from, to).every((byte) => byte === 0x55)).toBe(true)
})
