import { describe, expect, test } from "vitest"
import {
  cell,
  disc,
  plate,
  rest,
  loop,
  protocol,
  refusal,
  safety,
  record,
  density,
  endless,
} from "./fixtures"

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
