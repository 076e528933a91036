import fc from "fast-check"
import { describe, expect, test } from "vitest"
import manifest from "../../devicescript.json" with { type: "json" }
import * as table from "../../firmware/core/program"
import { ProtocolError } from "../../host/errors"
import { compileProtocol } from "../../host/protocol/compile"
import type { CellMetadata, MethodStep, Protocol } from "../../host/protocol/schema"

const SEED = 20_240_511
const circuit = manifest.frontEnd
const cell: CellMetadata = { name: "A1" }
const disc: CellMetadata = { name: "A2", area_cm2: 1.539 }

const plate = { step: "constant_current", current_mA: 1, until_capacity_mAh: 1 }
const rest = { step: "open_circuit_voltage", until_time_s: 60 }
const loop = { step: "loop", loop_to: 1, cycle_count: 10 }

/** A protocol as a person writes it, so that anything may be in it. */
function protocol(method: unknown, over: object = {}): Record<string, unknown> {
  return {
    record: { time_s: 10, voltage_V: 0.005, burst_s: 0 },
    safety: { max_voltage_V: 4.5, min_voltage_V: -0.5, max_current_mA: 5 },
    method,
    ...over,
  }
}

/** A channel's program, as the board makes it. */
const newProgram = () => new table.Program(new Uint8Array(table.MAX_PROGRAM_BYTES))

/** All steps of a loaded program. */
function stepsOf(program: table.Program): table.Step[] {
  return Array.from({ length: program.stepCount }, (_, i) => {
    const step = new table.Step()
    program.read(i, step)
    return step
  })
}

function load(input: unknown, of = cell): table.Program {
  const { bytes } = compileProtocol(input, of, circuit)
  const program = newProgram()
  const isLoaded = program.load(bytes, bytes.length, circuit)
  expect([isLoaded, program.refusedStep, program.refusedKey]).toEqual([true, 0, table.KEY_NONE])
  return program
}

function refusal(input: unknown, of = cell): ProtocolError {
  try {
    compileProtocol(input, of, circuit)
  } catch (error) {
    if (error instanceof ProtocolError) return error
    throw error
  }
  throw new Error("was not refused")
}

const safety = (over: object) => ({
  safety: { max_voltage_V: 4.5, min_voltage_V: -0.5, max_current_mA: 5, ...over },
})
const record = (over: object) => ({ record: { time_s: 10, voltage_V: 0.005, burst_s: 0, ...over } })
const { until_capacity_mAh: _, ...endless } = plate
const density = {
  step: "constant_current",
  current_density_mA_per_cm2: 1,
  until_areal_capacity_mAh_per_cm2: 1,
}

describe("a bad protocol is refused, naming where and saying what would do", () => {
  test.each<[string, unknown, path: string, help: RegExp]>([
    ["nothing", null, "protocol", /expected object/],
    ["no method", protocol(undefined), "method", /is missing: expected array/],
    ["an empty method", protocol([]), "method", />=1 items/],
    ["nothing but tags", protocol([{ step: "tag", tag: "a" }]), "method", /1 to 32/],
    ["33 steps", protocol(Array(33).fill(rest)), "method", /has 33 steps; a board runs 1 to 32/],
    [
      "an unknown step",
      protocol([rest, { step: "constant_voltage" }]),
      "method[1].step",
      /unknown step; the board knows constant_current, open_circuit_voltage, loop and tag/,
    ],
    ["a step without a name", protocol([{}]), "method[0].step", /unknown step; the board knows/],
    [
      "an unknown key",
      protocol([rest, { ...plate, until_voltage: 1 }]),
      "method[1]",
      /unknown key until_voltage\./,
    ],
    ["an unknown section", protocol([rest], { sample: {} }), "protocol", /unknown key sample/],
    ["no safety limits", protocol([rest], { safety: undefined }), "safety", /is missing/],
    [
      "a rest without a time",
      protocol([{ step: "open_circuit_voltage" }]),
      "method[0].until_time_s",
      /is missing: expected number/,
    ],
    [
      "text for a number",
      protocol([{ ...plate, current_mA: "1" }]),
      "method[0].current_mA",
      /expected number, received string/,
    ],
    [
      "no number at all",
      protocol([{ ...plate, current_mA: Number.NaN }]),
      "method[0].current_mA",
      /received NaN/,
    ],
  ])("%s", (_, input, path, help) => {
    const error = refusal(input)
    expect(error.path).toBe(path)
    expect(error.message).toMatch(help)
  })

  test.each<[string, object, path: string, help: RegExp]>([
    [
      "neither current key",
      { ...plate, current_mA: undefined },
      "current_mA",
      /either current_mA or current_density_mA_per_cm2/,
    ],
    ["both current keys", { ...plate, current_density_mA_per_cm2: 1 }, "current_mA", /either/],
    [
      "a current of 0",
      { ...plate, current_mA: 0 },
      "current_mA",
      /use open_circuit_voltage to rest/,
    ],
    ["a current that rounds to 0 nA", { ...plate, current_mA: -4e-7 }, "current_mA", /below 1 nA/],
    [
      "a current above the limit",
      { ...plate, current_mA: 5.001 },
      "current_mA",
      /5\.001 mA is beyond safety\.max_current_mA, 5 mA/,
    ],
    [
      "a discharge above the limit",
      { ...plate, current_mA: -6 },
      "current_mA",
      /-6\.000 mA is beyond/,
    ],
    ["no end", endless, "", /never ends: give it an until_… key/],
    [
      "a cutoff above the safety range",
      { ...plate, until_voltage_V: 4.6 },
      "until_voltage_V",
      /4\.6 V is outside the safety limits, -0\.5 to 4\.5 V/,
    ],
    [
      "a cutoff below it",
      { ...plate, until_voltage_V: -0.6 },
      "until_voltage_V",
      /outside the safety limits/,
    ],
    ["a negative capacity", { ...plate, until_capacity_mAh: -1 }, "until_capacity_mAh", />0/],
    [
      "less charge than the board counts",
      { ...plate, until_capacity_mAh: 1e-7 },
      "until_capacity_mAh",
      /between 1 nAh and 4294 mAh/,
    ],
    [
      "more charge than the table holds",
      { ...plate, until_capacity_mAh: 5000 },
      "until_capacity_mAh",
      /between 1 nAh and 4294 mAh/,
    ],
    ["a time of 0", { ...plate, until_time_s: 0 }, "until_time_s", />0/],
    [
      "less time than the board counts",
      { ...plate, until_time_s: 1e-4 },
      "until_time_s",
      /between 1 ms and 49\.7 days/,
    ],
    [
      "more time than the table holds",
      { ...plate, until_time_s: 5e6 },
      "until_time_s",
      /49\.7 days/,
    ],
  ])("a step with %s", (_, step, key, help) => {
    const error = refusal(protocol([rest, { step: "tag", tag: "a" }, step]))
    expect(error.path).toBe(key === "" ? "method[2]" : `method[2].${key}`)
    expect(error.message).toMatch(help)
  })

  test.each<[string, object, key: string, help: RegExp]>([
    [
      "a current density",
      { ...density, until_areal_capacity_mAh_per_cm2: undefined, until_time_s: 1 },
      "current_density_mA_per_cm2",
      /give cell A1 an area_cm2/,
    ],
    [
      "an areal capacity",
      { ...plate, until_capacity_mAh: undefined, until_areal_capacity_mAh_per_cm2: 1 },
      "until_areal_capacity_mAh_per_cm2",
      /give cell A1 an area_cm2/,
    ],
  ])("%s for a cell of unknown area", (_, step, key, help) => {
    for (const area_cm2 of [undefined, 0, -1, Number.NaN]) {
      const error = refusal(protocol([step]), { ...cell, area_cm2 })
      expect(error.path).toBe(`method[0].${key}`)
      expect(error.message).toMatch(help)
    }
  })

  test.each<[string, object, key: string, help: RegExp]>([
    [
      "a density above the limit",
      { ...density, current_density_mA_per_cm2: 4 },
      "current_density_mA_per_cm2",
      /6\.156 mA is beyond/,
    ],
    [
      "a density of 0",
      { ...density, current_density_mA_per_cm2: 0 },
      "current_density_mA_per_cm2",
      /open_circuit_voltage/,
    ],
    [
      "too much areal capacity",
      { ...density, until_areal_capacity_mAh_per_cm2: 3000 },
      "until_areal_capacity_mAh_per_cm2",
      /4294 mAh/,
    ],
    [
      "both capacity keys",
      { ...density, until_capacity_mAh: 1 },
      "until_areal_capacity_mAh_per_cm2",
      /give one of them/,
    ],
  ])("%s", (_, step, key, help) => {
    const error = refusal(protocol([step]), disc)
    expect(error.path).toBe(`method[0].${key}`)
    expect(error.message).toMatch(help)
  })

  test.each<[string, unknown[], path: string, help: RegExp]>([
    [
      "to an unknown tag",
      [rest, { ...loop, loop_to: "b" }],
      "method[1].loop_to",
      /'b' is no tag or entry before the loop/,
    ],
    [
      "to a tag that comes later",
      [rest, { ...loop, loop_to: "a" }, { step: "tag", tag: "a" }],
      "method[1].loop_to",
      /'a' is no tag/,
    ],
    [
      "to itself",
      [rest, { ...loop, loop_to: 2 }],
      "method[1].loop_to",
      /'2' is no tag or entry before the loop/,
    ],
    ["beyond the end", [rest, { ...loop, loop_to: 9 }], "method[1].loop_to", /'9' is no tag/],
    [
      "to a loop",
      [rest, loop, { ...loop, loop_to: 2 }],
      "method[2].loop_to",
      /must lead back to a step before/,
    ],
    [
      "to a tag with nothing between",
      [rest, { step: "tag", tag: "a" }, { ...loop, loop_to: "a" }],
      "method[2].loop_to",
      /must lead back to a step/,
    ],
    ["in the first place", [loop, rest], "method[0].loop_to", /before the loop/],
    ["to entry 0", [rest, { ...loop, loop_to: 0 }], "method[1].loop_to", />0/],
    [
      "to half an entry",
      [rest, { ...loop, loop_to: 1.5 }],
      "method[1].loop_to",
      /a tag's name, or the number of an entry/,
    ],
    [
      "to nowhere",
      [rest, { step: "loop", cycle_count: 2 }],
      "method[1].loop_to",
      /a tag's name, or the number of an entry/,
    ],
    ["without passes", [rest, { ...loop, cycle_count: 0 }], "method[1].cycle_count", />0/],
    [
      "of half a pass",
      [rest, { ...loop, cycle_count: 1.5 }],
      "method[1].cycle_count",
      /expected int/,
    ],
    [
      "of more passes than the table holds",
      [rest, { ...loop, cycle_count: 2 ** 32 + 1 }],
      "method[1].cycle_count",
      /<=4294967295/,
    ],
  ])("a loop %s", (_, method, path, help) => {
    const error = refusal(protocol(method))
    expect(error.path).toBe(path)
    expect(error.message).toMatch(help)
  })

  test.each<[string, object, path: string, help: RegExp]>([
    [
      "max_voltage_V",
      safety({ max_voltage_V: 5.1 }),
      "safety.max_voltage_V",
      /5\.1 V is above the board's 5 V/,
    ],
    [
      "min_voltage_V",
      safety({ min_voltage_V: -1.1 }),
      "safety.min_voltage_V",
      /-1\.1 V is below the board's -1 V/,
    ],
    [
      "an empty voltage window",
      safety({ min_voltage_V: 4.5 }),
      "safety.min_voltage_V",
      /must be below max_voltage_V/,
    ],
    [
      "a window of less than 1 µV",
      safety({ min_voltage_V: 4.4999999 }),
      "safety.min_voltage_V",
      /must be below/,
    ],
    [
      "max_current_mA",
      safety({ max_current_mA: 51 }),
      "safety.max_current_mA",
      /51 mA is above a channel's 50 mA/,
    ],
    [
      "no max_current_mA",
      safety({ max_current_mA: undefined }),
      "safety.max_current_mA",
      /is missing/,
    ],
    ["a record time of 0", record({ time_s: 0 }), "record.time_s", />0/],
    [
      "a record time beyond the table",
      record({ time_s: 5e6 }),
      "record.time_s",
      /at most 4294967 s/,
    ],
    [
      "a record voltage beyond the table",
      record({ voltage_V: 1e4 }),
      "record.voltage_V",
      /at most 4294 V/,
    ],
    ["a burst beyond the table", record({ burst_s: 5e6 }), "record.burst_s", /at most 4294967 s/],
    ["a negative burst", record({ burst_s: -1 }), "record.burst_s", />=0/],
  ])("limits: %s", (_, over, path, help) => {
    const error = refusal(protocol([rest], over))
    expect(error.path).toBe(path)
    expect(error.message).toMatch(help)
  })

  test("a message is its path and a sentence", () => {
    const error = refusal(protocol([endless]))
    expect(error.message).toBe("method[0]: never ends: give it an until_… key.")
    expect(error.name).toBe("ProtocolError")
  })
})

describe("a good protocol becomes a table", () => {
  test("tags take no place, and entries of the method are found again", () => {
    const input = protocol([
      { step: "tag", tag: "a" },
      rest,
      { step: "tag", tag: "b" },
      plate,
      loop,
    ])
    expect(compileProtocol(input, cell, circuit).methodIndex).toEqual([1, 3, 4])
    expect(stepsOf(load(input))[2].loopTo).toBe(0)
  })

  test("areal units are those of the cell", () => {
    const [step] = stepsOf(load(protocol([{ ...density, current_density_mA_per_cm2: -2 }]), disc))
    expect(step.current_A).toBeCloseTo(-3.078e-3, 12)
    expect(step.charge_mAs / 3.6e3).toBeCloseTo(1.539, 9) // mAh
  })

  test("a voltage cutoff is reached from below in charge, from above in discharge; 0 V is kept", () => {
    const steps = stepsOf(
      load(
        protocol([
          { ...plate, until_voltage_V: 0 },
          { ...plate, current_mA: -1, until_voltage_V: 0 },
        ]),
      ),
    )
    expect([steps[0].voltageAbove_V, steps[0].voltageBelow_V]).toEqual([0, -Infinity])
    expect([steps[1].voltageAbove_V, steps[1].voltageBelow_V]).toEqual([Infinity, 0])
  })

  test("loops that no other encloses count cycles", () => {
    const steps = stepsOf(
      load(
        protocol([
          { step: "tag", tag: "all" },
          rest,
          { step: "tag", tag: "pulse" },
          plate,
          { step: "loop", loop_to: "pulse", cycle_count: 3 },
          rest,
          { step: "loop", loop_to: "all", cycle_count: 5 },
          rest,
          { step: "loop", loop_to: 8, cycle_count: 2 },
        ]),
      ),
    )
    const loops = steps.filter(({ type }) => type === table.STEP_LOOP)
    expect(loops.map(({ countsCycle, loopTo }) => [countsCycle, loopTo])).toEqual([
      [false, 1],
      [true, 0],
      [true, 5],
    ])
  })
})

const numbers = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true })
const mayBe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

/** Protocols that the board can run, of any numbers in range and not only of round ones. */
const protocols: fc.Arbitrary<Protocol> = fc
  .record({
    limits: fc
      .tuple(numbers(-1, 5), numbers(-1, 5))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)])
      .filter(([low, high]) => high - low > 2e-6),
    max_current_mA: numbers(1e-5, 50),
    record: fc.record({
      time_s: numbers(1e-6, 4e6),
      voltage_V: numbers(1e-9, 4000),
      burst_s: numbers(0, 4e6),
    }),
    shares: fc.array(
      fc.record({
        kind: fc.constantFrom("current", "current", "rest", "loop", "tag"),
        sign: fc.constantFrom(1, -1),
        current: numbers(0.1, 1),
        voltage: mayBe(numbers(0, 1)),
        time_s: mayBe(numbers(1e-3, 4e6)),
        capacity_mAh: numbers(1e-6, 4294),
        back: fc.nat(20),
        count: fc.integer({ min: 1, max: 0xffffffff }),
      }),
      { minLength: 1, maxLength: 31 },
    ),
  })
  .map(({ limits: [min_voltage_V, max_voltage_V], max_current_mA, record, shares }) => {
    const method: MethodStep[] = [{ step: "open_circuit_voltage", until_time_s: 1 }]
    for (const share of shares) {
      const before = method.at(-1)?.step
      const places = method.flatMap(({ step }, i) => (step === "loop" || step === "tag" ? [] : [i]))
      if (share.kind === "tag") method.push({ step: "tag", tag: `tag ${method.length}` })
      else if (share.kind === "loop" && before !== "tag")
        method.push({
          step: "loop",
          loop_to: places[share.back % places.length] + 1,
          cycle_count: share.count,
        })
      else if (share.kind === "rest")
        method.push({ step: "open_circuit_voltage", until_time_s: share.time_s ?? 1 })
      else
        method.push({
          step: "constant_current",
          current_mA: share.sign * share.current * max_current_mA,
          until_capacity_mAh: share.capacity_mAh,
          until_time_s: share.time_s,
          until_voltage_V:
            share.voltage === undefined
              ? undefined
              : Math.min(
                  max_voltage_V,
                  min_voltage_V + share.voltage * (max_voltage_V - min_voltage_V),
                ),
        })
    }
    return { record, safety: { max_voltage_V, min_voltage_V, max_current_mA }, method }
  })

test(`the board runs whatever the host compiles, to the table's last digit (seed ${SEED})`, () => {
  fc.assert(
    fc.property(protocols, (input) => {
      const { methodIndex } = compileProtocol(input, cell, circuit)
      const program = load(input)
      const { safety, record } = input
      expect(program.stepCount).toBe(methodIndex.length)
      expect(Math.abs(program.maxVoltage_V - safety.max_voltage_V)).toBeLessThan(0.51e-6)
      expect(Math.abs(program.minVoltage_V - safety.min_voltage_V)).toBeLessThan(0.51e-6)
      expect(Math.abs(program.maxCurrent_A - safety.max_current_mA / 1e3)).toBeLessThan(0.51e-9)
      expect(Math.abs(program.recordInterval_ms - record.time_s * 1e3)).toBeLessThan(1)
      expect(Math.abs(program.recordVoltage_V - record.voltage_V)).toBeLessThan(1e-6)
      expect(Math.abs(program.burst_ms - record.burst_s * 1e3)).toBeLessThan(0.51)
      const steps = stepsOf(program)
      methodIndex.forEach((at, i) => {
        const asked = input.method[at]
        const step = steps[i]
        if (asked.step === "loop") {
          expect(step.loopCount).toBe(asked.cycle_count)
          expect(methodIndex[step.loopTo]).toBe(Number(asked.loop_to) - 1)
        } else if (asked.step === "open_circuit_voltage") {
          expect(step.current_A).toBe(0)
          expect(Math.abs(step.time_ms - asked.until_time_s * 1e3)).toBeLessThan(0.51)
        } else if (asked.step === "constant_current") {
          const { current_mA = 0, until_time_s, until_voltage_V, until_capacity_mAh = 0 } = asked
          expect(Math.abs(step.current_A - current_mA / 1e3)).toBeLessThan(0.51e-9)
          expect(Math.abs(step.charge_mAs / 3.6e-3 - until_capacity_mAh * 1e6)).toBeLessThan(0.51)
          if (until_time_s === undefined) expect(step.time_ms).toBe(Infinity)
          else expect(Math.abs(step.time_ms - until_time_s * 1e3)).toBeLessThan(0.51)
          const [near_V, far_V] =
            current_mA > 0
              ? [step.voltageAbove_V, -step.voltageBelow_V]
              : [step.voltageBelow_V, step.voltageAbove_V]
          expect(far_V).toBe(Infinity)
          if (until_voltage_V === undefined) expect(Math.abs(near_V)).toBe(Infinity)
          else expect(Math.abs(near_V - until_voltage_V)).toBeLessThan(0.51e-6)
        }
      })
    }),
    { seed: SEED, numRuns: 200 },
  )
})
