import fc from "fast-check"
import { describe, expect, test } from "vitest"
import manifest from "../../devicescript.json" with { type: "json" }
import * as program from "../../firmware/core/program"
import { readStep, Step } from "../../firmware/core/step"
import { NodeMemory } from "../../sim/memory"
import {
  encodeHeader,
  encodeStep,
  type HeaderEntry,
  REST,
  type StepEntry,
  sealed,
} from "./programs"

const SEED = 20_240_505
const ABSENT = 0xffffffff

function headerOf(bytes: NodeMemory): program.ProgramHeader {
  const header = new program.ProgramHeader()
  expect(program.readHeader(bytes, header, manifest.frontEnd)).toBe(program.KEY_NONE)
  return header
}

function headerKey(bytes: NodeMemory): number {
  return program.readHeader(bytes, new program.ProgramHeader(), manifest.frontEnd)
}

/** Steps are read as number 2 of 4, between −0.5 V and 4.5 V, within 10 mA. */
const header = headerOf(encodeHeader())
const keyOf = (bytes: NodeMemory) => readStep(bytes, 2, new Step(), header)

function stepOf(entry: StepEntry): Step {
  const step = new Step()
  expect(readStep(encodeStep(entry), 2, step, header)).toBe(program.KEY_NONE)
  return step
}

const time = { quantity: 2, flags: 1, value: 1000 }
const current: StepEntry = { type: 2, current_nA: 1_000_000, conditions: [time] }
const hold: StepEntry = { type: 4, current_nA: 1e6, voltage_uV: 4_300_000, conditions: [time] }
const scan: StepEntry = {
  type: 7,
  current_nA: 5_000_000,
  voltage_uV: -200_000,
  end_uV: 200_000,
  rate_nV_per_s: 100_000,
}
const loop: StepEntry = { type: 3, loopTo: 1, loopSlot: 7, loopCount: 100 }

describe("a header", () => {
  test("in SI units", () => {
    const rules = [
      [10_000, ABSENT, ABSENT, 1000],
      [ABSENT, 5000, ABSENT, 0],
      [ABSENT, ABSENT, 100_000, 0],
      [1, 1, 1, ABSENT],
    ]
    const bytes = encodeHeader({
      count: 64,
      resume: 2,
      max_cdegC: 6000,
      min_cdegC: -550,
      delay_ms: 200,
      change_uV: 50_000,
      rules,
    })
    const read = headerOf(bytes)
    expect(read).toMatchObject({
      stepCount: 64,
      resumePolicy: program.RESUME_STOP,
      maxVoltage_V: 4.5,
      minVoltage_V: -0.5,
      maxCurrent_A: 0.01,
      maxTemperature_degC: 60,
      minTemperature_degC: -5.5,
      delay_ms: 200,
      maxOpenCircuitChange_V: 0.05,
      checksum: bytes.getAt(124, "i32"),
    })
    expect(read.rules).toEqual(
      [
        [10_000, Infinity, Infinity, 1000],
        [Infinity, 0.005, Infinity, 0],
        [Infinity, Infinity, 1e-4, 0],
        [1, 1e-6, 1e-9, ABSENT],
      ].flat(),
    )
  })

  test("with every stop", () => {
    const stops = {
      below_ppm: 800_000,
      above_ppm: 1_020_000,
      retention_ppm: 700_000,
      retentionCycle: 3,
      overpotentialCycle: 12,
      growth: 2000,
      drop: 300,
      rest_uV: 1000,
      cycles: 4,
    }
    expect(headerOf(encodeHeader({ ...stops, flags: 4 })).stops).toEqual({
      efficiencyBelow: 0.8,
      efficiencyCycles: 4,
      efficiencyAbove: 1.02,
      isChargeOverDischarge: true,
      retentionBelow: 0.7,
      retentionCycle: 3,
      overpotentialCycle: 12,
      overpotentialGrowth: 2,
      plateauDrop: 0.3,
      restVoltageBelow_V: 0.001,
    })
  })

  test("what is absent never holds", () => {
    expect(header).toMatchObject({ maxTemperature_degC: Infinity, minTemperature_degC: -Infinity })
    expect(header.stops).toMatchObject({
      efficiencyBelow: 0,
      efficiencyAbove: Infinity,
      retentionBelow: 0,
      overpotentialGrowth: Infinity,
      plateauDrop: 0,
      restVoltageBelow_V: 0,
    })
  })

  test("each flag by itself", () => {
    const flags = [0, 1, 2, 4, 8, 16].map((flags) => {
      const read = headerOf(encodeHeader({ flags }))
      return [
        read.mayRunUncalibrated,
        read.isRaw,
        read.stops.isChargeOverDischarge,
        read.detectsHardShort,
        read.testsAtRest,
      ].map(Number)
    })
    expect(flags).toEqual([
      [0, 0, 0, 0, 0],
      [1, 0, 0, 0, 0],
      [1, 1, 0, 0, 0],
      [0, 0, 1, 0, 0],
      [0, 0, 0, 1, 0],
      [0, 0, 0, 0, 1],
    ])
  })

  test("at the very limits of the board", () => {
    headerOf(encodeHeader({ max_uV: 5_000_000, min_uV: -1_000_000, max_nA: 50_000_000 }))
    headerOf(encodeHeader({ delay_ms: 60_000, drop: 999, growth: 1001, cycles: 255, count: 1 }))
    const last = headerOf(
      encodeHeader({ flags: 31, retentionCycle: 65_535, overpotentialCycle: 65_535 }),
    )
    expect([last.stops.retentionCycle, last.stops.overpotentialCycle]).toEqual([65_535, 65_535])
  })

  const rule = (...values: number[]) => ({ rules: [...Array(3).fill([1, 1, 1, 0]), values] })
  test.each<[string, Partial<HeaderEntry>, number]>([
    ["another magic", { magic: 0x51 }, program.KEY_VERSION],
    ["an earlier version", { version: 1 }, program.KEY_VERSION],
    ["a later version", { version: 3 }, program.KEY_VERSION],
    ["an unknown flag", { flags: 32 }, program.KEY_VERSION],
    ["no steps", { count: 0 }, program.KEY_STEP_COUNT],
    ["65 steps", { count: 65 }, program.KEY_STEP_COUNT],
    ["an unknown policy", { resume: 3 }, program.KEY_RESUME],
    ["no change over a restart", { change_uV: 0 }, program.KEY_RESUME],
    ["a highest voltage beyond the board's", { max_uV: 5_000_001 }, program.KEY_SAFETY],
    ["a lowest voltage beyond the board's", { min_uV: -1_000_001 }, program.KEY_SAFETY],
    ["an empty voltage window", { min_uV: 1, max_uV: 1 }, program.KEY_SAFETY],
    ["a voltage window upside down", { min_uV: 2, max_uV: 1 }, program.KEY_SAFETY],
    ["a current beyond the channel's", { max_nA: 50_000_001 }, program.KEY_SAFETY],
    ["no current", { max_nA: 0 }, program.KEY_SAFETY],
    ["a negative current", { max_nA: -1 }, program.KEY_SAFETY],
    ["a delay of more than a minute", { delay_ms: 60_001 }, program.KEY_SAFETY],
    ["temperatures upside down", { max_cdegC: 10, min_cdegC: 20 }, program.KEY_TEMPERATURE],
    ["an empty range of them", { max_cdegC: 10, min_cdegC: 10 }, program.KEY_TEMPERATURE],
    ["no record interval", rule(0, 1, 1, 0), program.KEY_RECORD],
    ["no record voltage", rule(1, 0, 1, 0), program.KEY_RECORD],
    ["no record current", rule(1, 1, 0, 0), program.KEY_RECORD],
    ["a rule of nothing", rule(ABSENT, ABSENT, ABSENT, 1), program.KEY_RECORD],
    ["efficiencies that all stop", { below_ppm: 5, above_ppm: 5 }, program.KEY_STOPS],
    ["no cycle in a row", { cycles: 0 }, program.KEY_STOPS],
    ["no reference of retention", { retention_ppm: 1, retentionCycle: 0 }, program.KEY_STOPS],
    ["no reference of growth", { growth: 2000, overpotentialCycle: 0 }, program.KEY_STOPS],
    ["growth by nothing", { growth: 1000 }, program.KEY_STOPS],
    ["a drop to nothing", { drop: 1000 }, program.KEY_STOPS],
  ])("is refused with %s", (_, over, key) => {
    expect(headerKey(encodeHeader(over))).toBe(key)
  })

  test("erased memory", () => {
    expect(headerKey(new NodeMemory(128))).toBe(program.KEY_CHECKSUM)
    expect(headerKey(new NodeMemory(128).fill(255))).toBe(program.KEY_CHECKSUM)
  })
})

describe("a step", () => {
  test("constant current in SI units, with conditions of every quantity", () => {
    const step = stepOf({
      type: 2,
      flags: 1,
      rule: 3,
      current_nA: -2_500_000,
      conditions: [
        { quantity: 1, flags: 0, goTo: 3, value: -100_000 },
        { quantity: 2, flags: 3, goTo: 0, value: 0xffffffff },
        { quantity: 3, flags: 1, goTo: 254, value: 1_000_000 },
        { quantity: 4, flags: 2, value: 50_000 },
        { quantity: 5, flags: 0, value: 278 },
        { quantity: 6, flags: 1, value: -1050 },
        { quantity: 7, flags: 1, value: 100 },
        { quantity: 8, flags: 1, value: 3_000_000_000 },
      ],
    })
    expect(step).toMatchObject({ type: 2, beginsCycle: true, rule: 3, conditionCount: 8 })
    expect(step.current_A).toBe(-2.5e-3)
    expect(step.quantity).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(step.isAbove.map(Number)).toEqual([0, 1, 1, 0, 0, 1, 1, 1])
    expect(step.isLinked.map(Number)).toEqual([0, 1, 0, 1, 0, 0, 0, 0])
    expect(step.goTo).toEqual([3, 0, 254, 255, 255, 255, 255, 255])
    const [volts, time_ms, charge_mAs, amperes, rate, degC, cycle, energy_mWs] = step.value
    expect([volts, time_ms, amperes, degC, cycle]).toEqual([-0.1, 0xffffffff, 5e-5, -10.5, 100])
    expect(charge_mAs).toBeCloseTo(3600, 9) // 1 mAh in ampere-milliseconds
    expect(rate).toBeCloseTo(278e-9, 18)
    expect(energy_mWs / 3600 / 3000).toBeCloseTo(1, 12) // 3 Wh in watt-milliseconds
  })

  test("those with a set voltage", () => {
    expect(stepOf(hold)).toMatchObject({ type: 4, current_A: 1e-3, voltage_V: 4.3 })
    expect(stepOf({ ...hold, type: 5, current_nA: -1e6, voltage_uV: 0 })).toMatchObject({
      type: 5,
      current_A: -1e-3,
      voltage_V: 0,
    })
    expect(stepOf(scan)).toMatchObject({
      type: 7,
      current_A: 5e-3,
      voltage_V: -0.2,
      endVoltage_V: 0.2,
      scanRate_V_per_s: 1e-4,
      conditionCount: 0,
    })
  })

  test("those that take no time", () => {
    expect(stepOf(loop)).toMatchObject({ type: 3, loopTo: 1, loopSlot: 7, loopCount: 100 })
    const jump = { type: 8, conditions: [{ quantity: 7, flags: 1, goTo: 0, value: 1 }] }
    expect(stepOf(jump)).toMatchObject({ type: 8, conditionCount: 1 })
  })

  test("a 0 V cutoff is kept, and ends a step by itself", () => {
    for (const flags of [0, 1]) {
      const step = stepOf({ ...current, conditions: [{ quantity: 1, flags, value: 0 }] })
      expect([step.conditionCount, step.value[0], step.isAbove[0]]).toEqual([1, 0, flags === 1])
    }
  })

  test("at the very limits of the program", () => {
    const limit = (uV: number) => [{ quantity: 1, value: uV }]
    for (const uV of [4_500_000, -500_000]) {
      stepOf({ ...current, conditions: limit(uV) })
      stepOf({ ...hold, voltage_uV: uV })
      stepOf({ ...scan, voltage_uV: 0, end_uV: uV })
    }
    for (const nA of [10_000_000, -10_000_000]) stepOf({ ...current, current_nA: nA })
    stepOf({ ...current, conditions: [{ quantity: 4, value: 10_000_000 }] })
  })

  test("read over another one has nothing left of it", () => {
    const step = stepOf(scan)
    expect(readStep(encodeStep(REST), 2, step, header)).toBe(program.KEY_NONE)
    expect(step).toMatchObject({ current_A: 0, voltage_V: 0, endVoltage_V: 0, scanRate_V_per_s: 0 })
  })

  const condition = (over: object, base = current) => ({
    ...base,
    conditions: [{ ...time, ...over }],
  })
  const ends = (...conditions: object[]) => ({
    ...current,
    conditions: conditions.map((over) => ({ ...time, ...over })),
  })
  test.each<[string, StepEntry, number]>([
    ["type 0", { ...REST, type: 0 }, program.KEY_STEP_TYPE],
    ["type 9", { ...REST, type: 9 }, program.KEY_STEP_TYPE],
    ["type 255", { ...REST, type: 255 }, program.KEY_STEP_TYPE],
    ["an unknown flag", { ...REST, flags: 2 }, program.KEY_STEP_TYPE],
    ["record rule 4", { ...REST, rule: 4 }, program.KEY_RECORD],
    ["a constant current of 0", { ...current, current_nA: 0 }, program.KEY_CURRENT],
    ["a pulse of 0", { ...current, type: 6, current_nA: 0 }, program.KEY_CURRENT],
    ["CC-CV of 0", { ...hold, type: 5, current_nA: 0 }, program.KEY_CURRENT],
    ["a hold within 0", { ...hold, current_nA: 0 }, program.KEY_CURRENT],
    ["a hold within a negative current", { ...hold, current_nA: -1 }, program.KEY_CURRENT],
    ["a scan within a negative current", { ...scan, current_nA: -1 }, program.KEY_CURRENT],
    ["a rest under current", { ...REST, current_nA: 1 }, program.KEY_CURRENT],
    ["a loop under current", { ...loop, current_nA: 1 }, program.KEY_CURRENT],
    ["a jump under current", condition({}, { type: 8, current_nA: 1 }), program.KEY_CURRENT],
    ["charging above max_nA", { ...current, current_nA: 10_000_001 }, program.KEY_CURRENT],
    ["discharging above max_nA", { ...current, current_nA: -10_000_001 }, program.KEY_CURRENT],
    ["a pulse above it", { ...current, type: 6, current_nA: 10_000_001 }, program.KEY_CURRENT],
    ["CC-CV above it", { ...hold, type: 5, current_nA: 10_000_001 }, program.KEY_CURRENT],
    ["a hold within more", { ...hold, current_nA: 10_000_001 }, program.KEY_CURRENT],
    ["a scan within more", { ...scan, current_nA: 10_000_001 }, program.KEY_CURRENT],
    ["a voltage above the window", { ...hold, voltage_uV: 4_500_001 }, program.KEY_VOLTAGE],
    ["a voltage below it", { ...hold, voltage_uV: -500_001 }, program.KEY_VOLTAGE],
    ["CC-CV above it", { ...hold, type: 5, voltage_uV: 4_500_001 }, program.KEY_VOLTAGE],
    ["a scan from below it", { ...scan, voltage_uV: -500_001 }, program.KEY_VOLTAGE],
    ["a scan to above it", { ...scan, end_uV: 4_500_001 }, program.KEY_VOLTAGE],
    ["a scan to below it", { ...scan, end_uV: -500_001 }, program.KEY_VOLTAGE],
    ["a scan to where it begins", { ...scan, end_uV: -200_000 }, program.KEY_VOLTAGE],
    ["a scan that stands", { ...scan, rate_nV_per_s: 0 }, program.KEY_SCAN_RATE],
    ["nine conditions", { ...current, conditionCount: 9 }, program.KEY_CONDITION],
    ["conditions in a loop", { ...loop, conditions: [time] }, program.KEY_CONDITION],
    ["quantity 0", condition({ quantity: 0 }), program.KEY_CONDITION],
    ["quantity 9", condition({ quantity: 9 }), program.KEY_CONDITION],
    ["an unknown condition flag", condition({ flags: 4 }), program.KEY_CONDITION],
    ["a last one that is linked", ends({}, { flags: 2 }), program.KEY_CONDITION],
    ["a voltage above", condition({ quantity: 1, value: 4_500_001 }), program.KEY_CONDITION],
    ["a voltage below", condition({ quantity: 1, value: -500_001 }), program.KEY_CONDITION],
    ["a current beyond", condition({ quantity: 4, value: 10_000_001 }), program.KEY_CONDITION],
    ["a time of 0", condition({ value: 0 }), program.KEY_CONDITION],
    ["a charge of 0", condition({ quantity: 3, value: 0 }), program.KEY_CONDITION],
    ["a cycle 0", condition({ quantity: 7, value: 0 }), program.KEY_CONDITION],
    ["a second condition that is bad", ends({}, { quantity: 0 }), program.KEY_CONDITION],
    ["a goto beyond the table", condition({ goTo: 4 }), program.KEY_GOTO],
    ["a goto that is no place", condition({ goTo: 253 }), program.KEY_GOTO],
    ["no end of constant current", { ...current, conditions: [] }, program.KEY_END],
    ["no end of a rest", { type: 1 }, program.KEY_END],
    ["no end of a hold", { ...hold, conditions: [] }, program.KEY_END],
    ["a jump without conditions", { type: 8 }, program.KEY_END],
    ["a loop to itself", { ...loop, loopTo: 2 }, program.KEY_LOOP_TARGET],
    ["a loop ahead", { ...loop, loopTo: 3 }, program.KEY_LOOP_TARGET],
    ["a loop beyond the table", { ...loop, loopTo: 200 }, program.KEY_LOOP_TARGET],
    ["a loop without passes", { ...loop, loopCount: 0 }, program.KEY_LOOP_COUNT],
    ["a loop counted in place 8", { ...loop, loopSlot: 8 }, program.KEY_LOOP_SLOT],
  ])("is refused with %s", (_, entry, key) => {
    expect(keyOf(encodeStep(entry))).toBe(key)
  })

  test("one of another program is refused", () => {
    const bytes = encodeStep(REST)
    bytes.setAt(6, "u16", 0x8000)
    expect(keyOf(sealed(bytes))).toBe(program.KEY_CHECKSUM)
    const marked = encodeHeader()
    marked.setAt(6, "u16", 0x8000)
    const ours = headerOf(sealed(marked))
    expect(readStep(bytes, 2, new Step(), ours)).toBe(program.KEY_NONE)
    expect(readStep(encodeStep(REST), 2, new Step(), ours)).toBe(program.KEY_CHECKSUM)
  })

  test("a loop in the first place is refused", () => {
    const bytes = encodeStep({ ...loop, loopTo: 0 })
    expect(readStep(bytes, 0, new Step(), header)).toBe(program.KEY_LOOP_TARGET)
  })
})

test(`any bit changed: the checksum (seed ${SEED})`, () => {
  const changed = (bytes: NodeMemory, bit: number) => {
    const copy = new NodeMemory(bytes)
    copy[bit >> 3] ^= 1 << (bit & 7)
    return copy
  }
  fc.assert(
    fc.property(fc.nat(8 * 128 - 1), fc.nat(8 * 96 - 1), (inHeader, inStep) => {
      expect(headerKey(changed(encodeHeader(), inHeader))).toBe(program.KEY_CHECKSUM)
      expect(keyOf(changed(encodeStep(current), inStep))).toBe(program.KEY_CHECKSUM)
    }),
    { seed: SEED },
  )
})

test(`whatever the bytes, they are read or refused, and nothing sound is beyond the limits (seed ${SEED})`, () => {
  const bytes = fc.tuple(
    fc.constantFrom(REST, current, hold, scan, loop),
    fc.array(fc.tuple(fc.nat(91), fc.nat(255)), { maxLength: 4 }),
  )
  fc.assert(
    fc.property(bytes, ([entry, changes]) => {
      const memory = encodeStep(entry)
      for (const [at, value] of changes) memory[at] = value
      const step = new Step()
      if (readStep(sealed(memory), 2, step, header) !== program.KEY_NONE) return
      expect(Math.abs(step.current_A)).toBeLessThanOrEqual(0.01)
      if (step.type === 4 || step.type === 5 || step.type === 7) {
        expect(step.voltage_V).toBeLessThanOrEqual(4.5)
        expect(step.voltage_V).toBeGreaterThanOrEqual(-0.5)
      }
      for (let i = 0; i < step.conditionCount; i++) {
        expect(step.goTo[i] < 4 || step.goTo[i] > 253).toBe(true)
        if (step.quantity[i] === 1) expect(step.value[i]).toBeLessThanOrEqual(4.5)
      }
    }),
    { seed: SEED, numRuns: 2000 },
  )
})
