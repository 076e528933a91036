import { expect, test } from "vitest"
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
