import { describe, expect, test } from "vitest"
import {
  ccCv,
  cell,
  density,
  disc,
  endless,
  hold,
  plate,
  protocol,
  record,
  refusal,
  rest,
  safety,
  scan,
  stop,
  tag,
} from "./fixtures"

/** What is wrong, where, and what the message says of it. */
type Refused<Input> = [string, Input, path: string, help: RegExp]

describe("a bad protocol is refused, naming where and saying what would do", () => {
  test.each<Refused<unknown>>([
    ["nothing", null, "protocol", /expected object/],
    ["no method", protocol(undefined), "method", /is missing: expected array/],
    ["an empty method", protocol([]), "method", />=1 items/],
    ["nothing but tags", protocol([tag("a")]), "method", /1 to 64/],
    ["65 steps", protocol(Array(65).fill(rest)), "method", /has 65 steps; a board runs 1 to 64/],
    [
      "an unknown step",
      protocol([rest, { step: "levitate" }]),
      "method[1].step",
      /unknown step; the board knows open_circuit_voltage, constant_current, pulse, .* jump, tag\./,
    ],
    ["a step without a name", protocol([{}]), "method[0].step", /unknown step; the board knows/],
    [
      "an unknown key",
      protocol([rest, { ...plate, until_voltage: 1 }]),
      "method[1]",
      /unknown key until_voltage\./,
    ],
    ["a key of another step", protocol([{ ...rest, current_mA: 1 }]), "method[0]", /unknown key/],
    ["an unknown section", protocol([rest], { stops: {} }), "protocol", /unknown key stops/],
    ["no safety limits", protocol([rest], { safety: undefined }), "safety", /is missing/],
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
    [
      "an unknown policy",
      protocol([rest], { resume: "go" }),
      "resume",
      /"ask"\|"continue"\|"stop"/,
    ],
    [
      "no change over a restart",
      protocol([rest], { resume_max_voltage_change_V: 0 }),
      "resume_max_voltage_change_V",
      />0/,
    ],
    [
      "too small a change over a restart",
      protocol([rest], { resume_max_voltage_change_V: 1e-7 }),
      "resume_max_voltage_change_V",
      /between 0\.000001 and 4294\.967 V/,
    ],
  ])("%s", (_, input, path, help) => {
    const error = refusal(input)
    expect(error.path).toBe(path)
    expect(error.message).toMatch(help)
  })

  test.each<Refused<object>>([
    ["neither current key", { ...plate, current_mA: undefined }, "", /give one of current_mA, /],
    [
      "two current keys",
      { ...plate, current_density_mA_per_cm2: 1 },
      "current_mA",
      /one of current_mA, current_density_mA_per_cm2 and rate_C/,
    ],
    ["a rate beside", { ...density, rate_C: 1 }, "current_density_mA_per_cm2", /give one of/],
    ["a current of 0", { ...plate, current_mA: 0 }, "current_mA", /use open_circuit_voltage/],
    ["a rate of 0", { ...endless, current_mA: undefined, rate_C: 0 }, "rate_C", /to rest/],
    ["a current that rounds to 0 nA", { ...plate, current_mA: -4e-7 }, "current_mA", /below 1 nA/],
    [
      "a current above the limit",
      { ...plate, current_mA: 5.001 },
      "current_mA",
      /5\.001 mA is beyond safety\.max_current_mA, 5 mA/,
    ],
    ["a discharge above it", { ...plate, current_mA: -6 }, "current_mA", /-6\.000 mA is beyond/],
    ["a pulse above it", { ...plate, step: "pulse", current_mA: 6 }, "current_mA", /is beyond/],
    ["a CC-CV above it", { ...ccCv, current_mA: 6 }, "current_mA", /is beyond/],
    [
      "a density above it",
      { ...density, current_density_mA_per_cm2: 4 },
      "current_density_mA_per_cm2",
      /6\.156 mA is beyond/,
    ],
    [
      "a rate above it",
      { ...plate, current_mA: undefined, rate_C: "3D" },
      "rate_C",
      /-7\.500 mA is beyond/,
    ],
    [
      "text that is no rate",
      { ...plate, rate_C: "C3" },
      "rate_C",
      /'C3' is no rate: give a C-rate as a number, or as text such as "C\/3"/,
    ],
    ["a rate that is neither", { ...plate, rate_C: [] }, "rate_C", /give a C-rate as a number/],
    ["no end", endless, "", /never ends: give it an until_… key/],
    ["no end of a rest", { step: "open_circuit_voltage" }, "", /never ends/],
    ["no end of a hold", { ...hold, until_current_mA: undefined }, "", /never ends/],
    [
      "a hold beyond the window",
      { ...hold, voltage_V: 4.6 },
      "voltage_V",
      /4\.6 V is outside the safety limits, -0\.5 to 4\.5 V/,
    ],
    [
      "a hold at the limit",
      { ...hold, voltage_V: 4.496 },
      "voltage_V",
      /leaves no room to regulate: the safety limits must be 0\.005 V away/,
    ],
    ["a CC-CV at the other limit", { ...ccCv, voltage_V: -0.5 }, "voltage_V", /no room/],
    [
      "a hold within too much",
      { ...hold, max_current_mA: 6 },
      "max_current_mA",
      /6 mA is beyond the safety limit, 5 mA/,
    ],
    ["a hold within nothing", { ...hold, max_current_mA: 1e-7 }, "max_current_mA", /below 1 nA/],
    [
      "a hold that is over at once",
      { ...hold, max_current_mA: 0.05 },
      "",
      /ends at 0\.05 mA and below, but never draws more than 0\.05 mA/,
    ],
    ["a CC-CV that is", { ...ccCv, current_mA: -0.04 }, "", /never draws more than 0\.04 mA/],
    ["a scan from outside", { ...scan, start_voltage_V: -0.6 }, "start_voltage_V", /outside/],
    ["a scan to outside", { ...scan, end_voltage_V: 4.6 }, "end_voltage_V", /outside/],
    ["a scan to its start", { ...scan, end_voltage_V: -0.2 }, "end_voltage_V", /must differ/],
    ["a scan that stands", { ...scan, scan_rate_mV_per_s: 0 }, "scan_rate_mV_per_s", />0/],
    [
      "a scan too slow for the table",
      { ...scan, scan_rate_mV_per_s: 1e-7 },
      "scan_rate_mV_per_s",
      /between 0\.000001 and 4294\.967 mV\/s/,
    ],
    ["a pulse's own record", { ...plate, step: "pulse", record: { time_s: 1 } }, "record", /every/],
    ["a record of nothing", { ...rest, record: {} }, "record", /at least one of time_s/],
    ["a record time of 0", { ...rest, record: { time_s: 0 } }, "record.time_s", />0/],
  ])("a step with %s", (_, step, key, help) => {
    const error = refusal(protocol([rest, tag("a"), step]), disc)
    expect(error.path).toBe(key === "" ? "method[2]" : `method[2].${key}`)
    expect(error.message).toMatch(help)
  })

  test.each<Refused<object>>([
    [
      "a current density",
      { ...density, until_areal_capacity_mAh_per_cm2: undefined, until_time_s: 1 },
      "current_density_mA_per_cm2",
      /give cell A1 an area_cm2/,
    ],
    [
      "an areal capacity",
      { ...plate, until_areal_capacity_mAh_per_cm2: 1 },
      "until_areal_capacity_mAh_per_cm2",
      /give cell A1 an area_cm2/,
    ],
    [
      "an areal capacity in until",
      { ...plate, until: [{ areal_capacity_mAh_per_cm2: 1 }] },
      "until[0].areal_capacity_mAh_per_cm2",
      /give cell A1 an area_cm2/,
    ],
    [
      "a C-rate",
      { ...plate, current_mA: undefined, rate_C: "C/3" },
      "rate_C",
      /give cell A1 a capacity_mAh/,
    ],
    ["a C-rate to end at", { ...hold, until_rate_C: "C/20" }, "until_rate_C", /a capacity_mAh/],
  ])("%s for a cell of which too little is known", (_, step, key, help) => {
    for (const value of [undefined, 0, -1, Number.NaN]) {
      const error = refusal(protocol([step]), { ...cell, area_cm2: value, capacity_mAh: value })
      expect(error.path).toBe(`method[0].${key}`)
      expect(error.message).toMatch(help)
    }
  })

  test("a discharge beyond a limit of its own", () => {
    const over = safety({ min_current_mA: -2 })
    const discharge = refusal(protocol([{ ...plate, current_mA: -3 }], over))
    expect(discharge.message).toMatch(/-3\.000 mA is beyond safety\.min_current_mA, -2 mA/)
    const held = refusal(protocol([{ ...hold, max_current_mA: 3 }], over))
    expect(held.message).toMatch(/3 mA is beyond the safety limit, 2 mA/)
  })

  test.each<Refused<object>>([
    ["max_voltage_V", safety({ max_voltage_V: 5.1 }), "", /5\.1 V is above the board's 5 V/],
    ["min_voltage_V", safety({ min_voltage_V: -1.1 }), "", /-1\.1 V is below the board's -1 V/],
    ["min_voltage_V", safety({ min_voltage_V: 4.5 }), "", /must be below max_voltage_V/],
    ["min_voltage_V", safety({ min_voltage_V: 4.4999999 }), "", /must be below/],
    ["max_current_mA", safety({ max_current_mA: 51 }), "", /51 mA is beyond a channel's 50 mA/],
    ["max_current_mA", safety({ max_current_mA: undefined }), "", /is missing/],
    ["max_current_mA", safety({ max_current_mA: 1e-7 }), "", /between 0\.000001 and/],
    ["min_current_mA", safety({ min_current_mA: 1 }), "", /<0/],
    ["min_current_mA", safety({ min_current_mA: -51 }), "", /-51 mA is beyond a channel's 50 mA/],
    ["max_temperature_degC", safety({ max_temperature_degC: 200 }), "", /between -55 and 150 °C/],
    [
      "min_temperature_degC",
      safety({ max_temperature_degC: 20, min_temperature_degC: 20 }),
      "",
      /must be below max_temperature_degC/,
    ],
    ["delay_s", safety({ delay_s: 61 }), "", /<=60/],
    ["delay_s", safety({ delay_s: -1 }), "", />=0/],
    ["max_capacity_mAh", safety({ max_capacity_mAh: 5 }), "", /give the steps until_capacity_mAh/],
  ])("limits: %s", (key, over, _, help) => {
    const error = refusal(protocol([rest], over))
    expect(error.path).toBe(`safety.${key}`)
    expect(error.message).toMatch(help)
  })

  test.each<Refused<object>>([
    ["nothing", { record: {} }, "record", /at least one of time_s, voltage_V and current_mA/],
    ["a time of 0", record({ time_s: 0 }), "record.time_s", />0/],
    [
      "a time beyond the table",
      record({ time_s: 5e6 }),
      "record.time_s",
      /between 0\.001 and 4294967 s/,
    ],
    ["a voltage beyond", record({ voltage_V: 1e4 }), "record.voltage_V", /and 4294\.967 V/],
    ["a current beyond", record({ current_mA: 1e4 }), "record.current_mA", /and 4294\.967 mA/],
    ["a burst beyond the table", record({ burst_s: 5e6 }), "record.burst_s", /0 and 4294967 s/],
    ["a negative burst", record({ burst_s: -1 }), "record.burst_s", />=0/],
  ])("a record of %s", (_, over, path, help) => {
    const error = refusal(protocol([rest], over))
    expect(error.path).toBe(path)
    expect(error.message).toMatch(help)
  })

  test("a fifth record rule", () => {
    const method = [1, 2, 3, 4].map((time_s) => ({ ...rest, record: { time_s } }))
    const error = refusal(protocol(method))
    expect(error.message).toBe("method[3].record: is one rule too many: a program has 4 at most.")
  })

  test.each<[string, unknown, RegExp]>([
    ["coulombic_efficiency_below", 80, /is a ratio: write 0\.8 for 80 %/],
    ["coulombic_efficiency_above", 102, /is a ratio/],
    ["retention_below", 80, /is a ratio/],
    ["retention_below", 0, />=/],
    ["coulombic_efficiency_cycles", 0, />=1/],
    ["coulombic_efficiency_cycles", 256, /<=255/],
    ["coulombic_efficiency", "plated/stripped", /"discharge\/charge"\|"charge\/discharge"/],
    ["retention_reference_cycle", 0, />=1/],
    ["overpotential_reference_cycle", 65_536, /<=65535/],
    ["overpotential_growth", 1, />=1\.001/],
    ["overpotential_growth", 66, /<=65/],
    ["plateau_drop", 30, /<=0\.999/],
    ["plateau_drop", 0, />=0\.001/],
    ["rest_voltage_below_mV", 0, />0/],
    ["rest_voltage_below_mV", 6000, /between 0\.001 and 5000 mV/],
    ["hard_short", 1, /expected boolean/],
  ])("stop.%s of %s", (key, value, help) => {
    const error = refusal(protocol([rest], stop({ [key]: value })))
    expect(error.path).toBe(`stop.${key}`)
    expect(error.message).toMatch(help)
  })

  test("efficiencies that stop whatever happens", () => {
    const both = { coulombic_efficiency_below: 1.02, coulombic_efficiency_above: 1.02 }
    const error = refusal(protocol([rest], stop(both)))
    expect(error.path).toBe("stop.coulombic_efficiency_below")
    expect(error.message).toMatch(/must be below coulombic_efficiency_above/)
  })

  test("a message is its path and a sentence", () => {
    const error = refusal(protocol([endless]))
    expect(error.message).toBe("method[0]: never ends: give it an until_… key.")
    expect(error.name).toBe("ProtocolError")
  })
})
