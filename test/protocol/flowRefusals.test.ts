import { describe, expect, test } from "vitest"
import { ccCv, disc, hold, jump, loop, plate, protocol, refusal, rest, tag } from "./fixtures"

describe("a cutoff is refused", () => {
  test.each<[string, object, key: string, help: RegExp]>([
    [
      "above the safety range",
      { ...plate, until_voltage_V: 4.6 },
      "until_voltage_V",
      /4\.6 V is outside the safety limits, -0\.5 to 4\.5 V/,
    ],
    ["below it", { ...plate, until_voltage_V: -0.6 }, "until_voltage_V", /outside the safety/],
    [
      "outside it in until",
      { ...rest, until: [{ time_s: 1 }, { voltage_below_V: -0.6 }] },
      "until[1].voltage_below_V",
      /outside/,
    ],
    ["of negative capacity", { ...plate, until_capacity_mAh: -1 }, "until_capacity_mAh", />0/],
    [
      "of less charge than the board counts",
      { ...plate, until_capacity_mAh: 1e-7 },
      "until_capacity_mAh",
      /between 0\.000001 and 4294\.967 mAh/,
    ],
    [
      "of more charge than the table holds",
      { ...plate, until_capacity_mAh: 5000 },
      "until_capacity_mAh",
      /and 4294\.967 mAh/,
    ],
    [
      "of more areal charge",
      { ...plate, until_areal_capacity_mAh_per_cm2: 3000 },
      "until_areal_capacity_mAh_per_cm2",
      /and 4294\.967 mAh/,
    ],
    ["of more energy", { ...plate, until_energy_mWh: 5000 }, "until_energy_mWh", /4294\.967 mWh/],
    ["of no time", { ...plate, until_time_s: 0 }, "until_time_s", />0/],
    [
      "of less time than the board counts",
      { ...plate, until_time_s: 1e-4 },
      "until_time_s",
      /between 0\.001 and 4294967 s/,
    ],
    [
      "of more time than the table holds",
      { ...plate, until_time_s: 5e6 },
      "until_time_s",
      /4294967/,
    ],
    ["at no current", { ...hold, until_current_mA: 0 }, "until_current_mA", /between 0\.000001/],
    [
      "at more current than is safe",
      { ...ccCv, until_current_mA: -6 },
      "until_current_mA",
      /6\.000 mA is beyond the safety limit, 5 mA/,
    ],
    [
      "at a rate of more than is safe",
      { ...hold, until_rate_C: 4 },
      "until_rate_C",
      /10\.00 mA is beyond/,
    ],
    [
      "at no temperature there is",
      { ...rest, until_temperature_degC: 1000 },
      "until_temperature_degC",
      /between -55 and 150 °C/,
    ],
    [
      "at a slope below all noise",
      { ...rest, until_voltage_rate_mV_per_h: 0.001 },
      "until_voltage_rate_mV_per_h",
      /between 0\.0036 and 15461880 mV\/h/,
    ],
    ["in half a cycle", { ...rest, until: [{ cycle: 1.5 }] }, "until[0].cycle", /expected int/],
    ["without a key", { ...rest, until: [{ goto: "end" }] }, "until[0]", /nothing to wait for/],
    ["in an empty list", { ...rest, until: [] }, "until", />=1 items/],
    [
      "as the ninth of a step",
      { ...rest, until: Array(8).fill({ time_s: 1 }) },
      "",
      /ends by 9 conditions; a step holds 8/,
    ],
    [
      "that leads nowhere",
      { ...rest, until: [{ time_s: 1, goto: "b" }] },
      "until[0].goto",
      /'b' is no tag or entry of the method, nor "end"/,
    ],
    [
      "that leads beyond",
      { ...rest, until: [{ time_s: 1, goto: 4 }] },
      "until[0].goto",
      /'4' is no tag or entry/,
    ],
  ])("%s", (_, step, key, help) => {
    const error = refusal(protocol([rest, tag("a"), step]), disc)
    expect(error.path).toBe(key === "" ? "method[2]" : `method[2].${key}`)
    expect(error.message).toMatch(help)
  })
})

describe("a loop or a jump is refused", () => {
  test.each<[string, unknown[], path: string, help: RegExp]>([
    [
      "to an unknown tag",
      [rest, { ...loop, loop_to: "b" }],
      "method[1].loop_to",
      /'b' is no tag or entry before the loop/,
    ],
    [
      "to a tag that comes later",
      [rest, { ...loop, loop_to: "a" }, tag("a")],
      "method[1].loop_to",
      /'a' is no tag/,
    ],
    ["to itself", [rest, { ...loop, loop_to: 2 }], "method[1].loop_to", /'2' is no tag or entry/],
    ["beyond the end", [rest, { ...loop, loop_to: 9 }], "method[1].loop_to", /'9' is no tag/],
    [
      "to a loop",
      [rest, loop, { ...loop, loop_to: 2 }],
      "method[2].loop_to",
      /goes back over nothing that takes time: there must be a step between/,
    ],
    [
      "to a tag with nothing between",
      [rest, tag("a"), { ...loop, loop_to: "a" }],
      "method[2].loop_to",
      /nothing that takes time/,
    ],
    [
      "to a jump with nothing between",
      [rest, jump("end"), { ...loop, loop_to: 2 }],
      "method[2].loop_to",
      /nothing that takes time/,
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
    [
      "as the ninth",
      [rest, ...Array(9).fill(loop)],
      "method[9]",
      /one loop too many: a board keeps 8/,
    ],
    ["for want of conditions", [rest, { step: "jump" }], "method[1].until", /is missing/],
    [
      "to itself",
      [rest, tag("a"), jump("a"), rest],
      "method[2]",
      /can come round to itself without a step that takes time/,
    ],
    [
      "to one that leads back",
      [rest, tag("a"), jump("b"), rest, tag("b"), jump("a")],
      "method[2]",
      /can come round to itself/,
    ],
    [
      "over all that takes time in a loop",
      [tag("a"), jump("b"), rest, tag("b"), { ...loop, loop_to: "a" }],
      "method[1]",
      /can come round to itself/,
    ],
    ["with nothing else", [jump("end")], "method", /has no step that takes time/],
    ["for its tag's second use", [tag("a"), rest, tag("a")], "method[2].tag", /'a' stands twice/],
    ["for the tag end", [tag("end"), rest], "method[0].tag", /'end' is where a test ends/],
  ])("%s", (_, method, path, help) => {
    const error = refusal(protocol(method))
    expect(error.path).toBe(path)
    expect(error.message).toMatch(help)
  })
})
