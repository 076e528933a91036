import { crc32 } from "node:zlib"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import manifest from "../../devicescript.json" with { type: "json" }
import * as table from "../../firmware/core/program"
import { newProgram, stepsOf } from "./programs"

const SEED = 20_240_505
const circuit = manifest.frontEnd
const ABSENT_ABOVE = 0x7fffffff
const ABSENT_BELOW = -0x80000000
const ABSENT = 0xffffffff

/** One entry of the table in its own units, offsets as PROGRAM_FORMAT.md tells them. */
interface Entry {
  type: number
  loopTo?: number
  flags?: number
  current_nA?: number
  above_uV?: number
  below_uV?: number
  time_ms?: number
  charge_nAh?: number
  loopCount?: number
}

const header = {
  magic: 0x50,
  version: 1,
  count: undefined as number | undefined,
  max_uV: 4_500_000,
  min_uV: -500_000,
  max_nA: 10_000_000,
  interval_ms: 10_000,
  delta_uV: 5_000,
  burst_ms: 1_000,
}

function encode(entries: Entry[], head: Partial<typeof header> = {}): Uint8Array {
  const { magic, version, count, max_uV, min_uV, max_nA, interval_ms, delta_uV, burst_ms } = {
    ...header,
    ...head,
  }
  const bytes = new Uint8Array(28 + 28 * entries.length + 4)
  const view = new DataView(bytes.buffer)
  bytes.set([magic, version, count ?? entries.length])
  view.setInt32(4, max_uV, true)
  view.setInt32(8, min_uV, true)
  view.setInt32(12, max_nA, true)
  view.setUint32(16, interval_ms, true)
  view.setUint32(20, delta_uV, true)
  view.setUint32(24, burst_ms, true)
  entries.forEach((entry, i) => {
    const at = 28 + 28 * i
    bytes.set([entry.type, entry.loopTo ?? 0, entry.flags ?? 0], at)
    view.setInt32(at + 4, entry.current_nA ?? 0, true)
    view.setInt32(at + 8, entry.above_uV ?? ABSENT_ABOVE, true)
    view.setInt32(at + 12, entry.below_uV ?? ABSENT_BELOW, true)
    view.setUint32(at + 16, entry.time_ms ?? ABSENT, true)
    view.setUint32(at + 20, entry.charge_nAh ?? ABSENT, true)
    view.setUint32(at + 24, entry.loopCount ?? 0, true)
  })
  return sealed(bytes)
}

function sealed(bytes: Uint8Array): Uint8Array {
  const at = bytes.length - 4
  new DataView(bytes.buffer).setUint32(at, crc32(bytes.subarray(0, at)), true)
  return bytes
}

function load(bytes: Uint8Array): table.Program {
  const program = newProgram()
  expect(program.load(bytes, bytes.length, circuit)).toBe(true)
  return program
}

/** Step and key that are refused. */
function refusal(bytes: Uint8Array, length = bytes.length): [step: number, key: number] {
  const program = newProgram()
  expect(program.load(bytes, length, circuit)).toBe(false)
  expect(program.stepCount).toBe(0)
  return [program.refusedStep, program.refusedKey]
}

const rest: Entry = { type: 1, time_ms: 1000 }
const plate: Entry = { type: 2, current_nA: 1_000_000, charge_nAh: 1_000_000 }

describe("a table that the board can run", () => {
  test("in SI units", () => {
    const program = load(
      encode([
        rest,
        { ...plate, above_uV: 4_200_000, time_ms: 3_600_000 },
        { type: 2, current_nA: -2_500_000, below_uV: -100_000 },
        { type: 3, loopTo: 1, flags: 1, loopCount: 100 },
      ]),
    )
    expect(program.stepCount).toBe(4)
    expect(program.maxVoltage_V).toBeCloseTo(4.5, 12)
    expect(program.minVoltage_V).toBeCloseTo(-0.5, 12)
    expect(program.maxCurrent_A).toBeCloseTo(0.01, 12)
    expect(program.recordInterval_ms).toBe(10_000)
    expect(program.recordVoltage_V).toBeCloseTo(0.005, 12)
    expect(program.burst_ms).toBe(1000)
    const [, plating, stripping, loop] = stepsOf(program)
    expect(plating.current_A).toBeCloseTo(1e-3, 12)
    expect(plating.voltageAbove_V).toBeCloseTo(4.2, 12)
    expect(plating.time_ms).toBe(3_600_000)
    expect(plating.charge_mAs).toBeCloseTo(3600, 9) // 1 mAh in ampere-milliseconds
    expect(stripping.current_A).toBeCloseTo(-2.5e-3, 12)
    expect(stripping.voltageBelow_V).toBeCloseTo(-0.1, 12)
    expect([loop.type, loop.loopTo, loop.loopCount, loop.countsCycle]).toEqual([3, 1, 100, true])
  })

  test("absent cutoffs are infinite", () => {
    const [step] = stepsOf(load(encode([{ type: 2, current_nA: 1, time_ms: 1 }])))
    expect(step.voltageAbove_V).toBe(Number.POSITIVE_INFINITY)
    expect(step.voltageBelow_V).toBe(Number.NEGATIVE_INFINITY)
    expect(step.charge_mAs).toBe(Number.POSITIVE_INFINITY)
    expect(stepsOf(load(encode([plate])))[0].time_ms).toBe(Number.POSITIVE_INFINITY)
  })

  test("a 0 V cutoff is kept, and ends a step by itself", () => {
    const stripping = { type: 2, current_nA: -1_000_000, below_uV: 0 }
    expect(stepsOf(load(encode([stripping])))[0].voltageBelow_V).toBe(0)
    const charging = { type: 2, current_nA: 1_000_000, above_uV: 0 }
    expect(stepsOf(load(encode([charging])))[0].voltageAbove_V).toBe(0)
  })

  test("at the very limits of the board, 32 steps of them", () => {
    const head = { max_uV: 5_000_000, min_uV: -1_000_000, max_nA: 50_000_000 }
    const steps = Array<Entry>(32).fill({ type: 2, current_nA: -50_000_000, below_uV: -1_000_000 })
    expect(load(encode(steps, head)).stepCount).toBe(32)
  })

  test("one after a refused one, with nothing left of it", () => {
    const program = load(encode([rest, plate, rest]))
    const bad = encode([{ ...plate, current_nA: 0 }])
    expect(program.load(bad, bad.length, circuit)).toBe(false)
    const good = encode([{ type: 1, time_ms: 5 }])
    expect(program.load(good, good.length, circuit)).toBe(true)
    expect(program.stepCount).toBe(1)
    expect(stepsOf(program)[0].current_A).toBe(0)
    expect(stepsOf(program)[0].charge_mAs).toBe(Number.POSITIVE_INFINITY)
  })
})

describe("a header that is refused", () => {
  test.each<[string, Partial<typeof header>, number]>([
    ["another magic", { magic: 0x51 }, table.KEY_VERSION],
    ["a later version", { version: 2 }, table.KEY_VERSION],
    ["no steps", { count: 0 }, table.KEY_STEP_COUNT],
    ["fewer steps than its length", { count: 1 }, table.KEY_STEP_COUNT],
    ["more steps than its length", { count: 3 }, table.KEY_STEP_COUNT],
    ["a highest voltage beyond the board's", { max_uV: 5_000_001 }, table.KEY_SAFETY],
    ["a lowest voltage beyond the board's", { min_uV: -1_000_001 }, table.KEY_SAFETY],
    ["an empty voltage window", { min_uV: 1, max_uV: 1 }, table.KEY_SAFETY],
    ["a voltage window upside down", { min_uV: 2, max_uV: 1 }, table.KEY_SAFETY],
    ["a current beyond the channel's", { max_nA: 50_000_001 }, table.KEY_SAFETY],
    ["no record interval", { interval_ms: 0 }, table.KEY_RECORD],
    ["no record voltage", { delta_uV: 0 }, table.KEY_RECORD],
  ])("%s", (_, head, key) => {
    expect(refusal(encode([rest, rest], head))).toEqual([0, key])
  })

  test("33 steps: no table is that long", () => {
    const bytes = encode(Array<Entry>(33).fill(rest))
    expect(refusal(bytes)).toEqual([0, table.KEY_CHECKSUM])
  })

  test(`any bit changed, or bytes missing: the checksum (seed ${SEED})`, () => {
    const whole = encode([rest, plate])
    fc.assert(
      fc.property(fc.nat(8 * whole.length - 1), (bit) => {
        const bytes = whole.slice()
        bytes[bit >> 3] ^= 1 << (bit & 7)
        expect(refusal(bytes)).toEqual([0, table.KEY_CHECKSUM])
      }),
      { seed: SEED },
    )
    for (let length = 0; length < whole.length; length++)
      expect(refusal(whole, length)).toEqual([0, table.KEY_CHECKSUM])
    expect(refusal(new Uint8Array(2000), 2000)).toEqual([0, table.KEY_CHECKSUM])
  })
})

describe("a step that is refused, by its number", () => {
  const loop: Entry = { type: 3, loopTo: 0, loopCount: 2 }
  test.each<[string, Entry, number]>([
    ["unknown type 0", { ...rest, type: 0 }, table.KEY_STEP_TYPE],
    ["unknown type 4", { ...rest, type: 4 }, table.KEY_STEP_TYPE],
    ["erased memory", { ...rest, type: 255 }, table.KEY_STEP_TYPE],
    ["a constant current of 0", { ...plate, current_nA: 0 }, table.KEY_CURRENT],
    ["a rest under current", { ...rest, current_nA: 1 }, table.KEY_CURRENT],
    ["charging above max_nA", { ...plate, current_nA: 10_000_001 }, table.KEY_CURRENT],
    ["discharging above max_nA", { ...plate, current_nA: -10_000_001 }, table.KEY_CURRENT],
    ["above, over the window", { ...plate, above_uV: 4_500_001 }, table.KEY_VOLTAGE_ABOVE],
    ["above, under the window", { ...plate, above_uV: -500_001 }, table.KEY_VOLTAGE_ABOVE],
    ["below, under the window", { ...plate, below_uV: -500_001 }, table.KEY_VOLTAGE_BELOW],
    ["below, over the window", { ...plate, below_uV: 4_500_001 }, table.KEY_VOLTAGE_BELOW],
    ["a time of 0", { ...rest, time_ms: 0 }, table.KEY_TIME],
    ["a charge of 0", { ...plate, charge_nAh: 0 }, table.KEY_CHARGE],
    ["a constant current without end", { type: 2, current_nA: 1 }, table.KEY_END],
    ["a rest without end", { type: 1 }, table.KEY_END],
    ["a loop to itself", { ...loop, loopTo: 2 }, table.KEY_LOOP_TARGET],
    ["a loop ahead", { ...loop, loopTo: 3 }, table.KEY_LOOP_TARGET],
    ["a loop beyond the table", { ...loop, loopTo: 200 }, table.KEY_LOOP_TARGET],
    ["a loop to a loop", { ...loop, loopTo: 1 }, table.KEY_LOOP_TARGET],
    ["a loop without passes", { ...loop, loopCount: 0 }, table.KEY_LOOP_COUNT],
  ])("%s", (_, bad, key) => {
    expect(refusal(encode([rest, loop, bad, plate]))).toEqual([2, key])
  })

  test("a loop in the first place", () => {
    expect(refusal(encode([loop, rest]))).toEqual([0, table.KEY_LOOP_TARGET])
  })

  test("the first of two bad steps is named", () => {
    const bytes = encode([rest, { ...plate, current_nA: 0 }, { ...rest, time_ms: 0 }])
    expect(refusal(bytes)).toEqual([1, table.KEY_CURRENT])
  })
})
