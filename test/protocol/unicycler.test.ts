import { expect, test } from "vitest"
import { readProtocol, readProtocolFile } from "../../host/protocol/read"
import { endsOf, load, refusal } from "./fixtures"

/** As aurora-unicycler 0.4 writes it, absent keys as null. */
const file = {
  unicycler: { version: "0.4.3" },
  sample: { name: "$NAME", capacity_mAh: 4 },
  record: { current_mA: null, voltage_V: 0.1, time_s: 10 },
  safety: {
    max_voltage_V: 5,
    min_voltage_V: -0.1,
    max_current_mA: 10,
    min_current_mA: -10,
    max_capacity_mAh: null,
    delay_s: 10,
  },
  method: [
    { id: null, step: "open_circuit_voltage", until_time_s: 300 },
    { id: null, step: "tag", tag: "cycle" },
    {
      id: "charge",
      step: "constant_current",
      rate_C: 0.5,
      current_mA: null,
      until_time_s: 7200,
      until_voltage_V: 4.2,
    },
    {
      id: null,
      step: "constant_voltage",
      voltage_V: 4.2,
      until_time_s: null,
      until_rate_C: 0.05,
      until_current_mA: null,
    },
    {
      id: null,
      step: "constant_current",
      rate_C: -0.5,
      current_mA: null,
      until_time_s: null,
      until_voltage_V: 3,
    },
    { id: null, step: "loop", loop_to: "cycle", cycle_count: 100 },
  ],
}

test("a file of aurora-unicycler runs as it stands", () => {
  const { header, steps } = load(file)
  expect(header).toMatchObject({ maxCurrent_A: 0.01, delay_ms: 10_000 })
  expect(header.rules.slice(0, 3)).toEqual([10_000, 0.1, Infinity])
  expect(steps.map(({ type }) => type)).toEqual([1, 2, 4, 2, 3])
  expect(steps.map(({ current_A }) => current_A)).toEqual([0, 2e-3, 0.01, -2e-3, 0])
  expect(steps.map(endsOf)).toEqual([
    ["2 ≥ 300000 → 255"],
    ["2 ≥ 7200000 → 255", "1 ≥ 4.2 → 255"],
    ["4 ≤ 0.0002 → 255"],
    ["1 ≤ 3 → 255"],
    [],
  ])
})

test("what the board cannot keep is named", () => {
  const error = refusal({ ...file, safety: { ...file.safety, max_capacity_mAh: 5 } })
  expect(error.message).toMatch(/safety\.max_capacity_mAh: the board has no limit on capacity/)
})

test("a file with numbers and absent keys as text runs", () => {
  const lax = {
    unicycler: { version: "0.4.3" },
    sample: { name: "$NAME", capacity_mAh: "4" },
    record: { current_mA: "", voltage_V: 0, time_s: "10" },
    safety: { max_voltage_V: "5", min_voltage_V: "-0.1", max_current_mA: "10", delay_s: "10" },
    method: [
      { step: "open_circuit_voltage", until_time_s: "300" },
      // A C-rate goes before a current.
      {
        step: "constant_current",
        rate_C: "1e-1",
        current_mA: 3,
        until_voltage_V: "4.9",
        until_time_s: 0,
      },
      { step: "constant_voltage", voltage_V: "4.9", until_rate_C: "C/20", until_current_mA: "1" },
      { step: "constant_current", rate_C: 0, current_mA: "-1", until_voltage_V: "3.5" },
      // To the first step.
      { step: "loop", cycle_count: 3 },
    ],
  }
  const { header, steps } = load(readProtocol(JSON.stringify(lax), "u.json"))
  expect(header.rules.slice(0, 3)).toEqual([10_000, Infinity, Infinity])
  expect(steps.map(({ current_A }) => current_A)).toEqual([0, 0.4e-3, 0.01, -1e-3, 0])
  expect(steps.map(endsOf)).toEqual([
    ["2 ≥ 300000 → 255"],
    ["1 ≥ 4.9 → 255"],
    ["4 ≤ 0.0002 → 255"],
    ["1 ≤ 3.5 → 255"],
    [],
  ])
  expect([steps[4].loopTo, steps[4].loopCount]).toEqual([0, 3])
})

test("a file without limits gets the board's, and says so", () => {
  const { safety: _, ...open } = file
  const { input, assumed } = readProtocolFile(JSON.stringify(open), "u.json")
  expect(load(input).header).toMatchObject({
    maxVoltage_V: 5,
    minVoltage_V: -1,
    maxCurrent_A: 0.05,
  })
  expect(assumed).toHaveLength(3)
})

test("impedance is refused by name", () => {
  const method = [{ step: "impedance_spectroscopy", amplitude_V: 0.01 }]
  expect(refusal({ ...file, method }).message).toMatch(/the board has no AC/)
})
