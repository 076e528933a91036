import { describe, expect, test } from "vitest"
import type { Cell } from "../../host/cell"
import { type Check, checkProtocol } from "../../host/protocol/check"
import { checkText } from "../../host/protocol/check/text"

const lithium: Cell = { name: "A1", type: "Li||Li", area_cm2: 1.539 }
const full: Cell = { name: "F1", type: "full", area_cm2: 1, capacity_mAh: 3, active_mass_mg: 20 }

const LIMITS = "safety: { max_voltage_V: 4.5, min_voltage_V: -1, max_current_mA: 5 }\n"
const check = (method: string, cell = full, frame = LIMITS): Check =>
  checkProtocol(`${frame}method:\n${method}`, "p.yaml", cell)
const found = ({ findings }: Check) =>
  findings.map(({ severity, line, path, message }) => `${severity} ${line} ${path}: ${message}`)
const stepsOf = ({ plan }: Check) =>
  plan?.lines.map(({ number, depth, text, takes }) => [number, depth, text, takes])

describe("steps are said as a chemist would", () => {
  test("of plating and stripping", () => {
    const result = check(
      `  - { step: tag, tag: cycle }
  - { step: constant_current, current_density_mA_per_cm2: 1, until_areal_capacity_mAh_per_cm2: 1, until_time_s: 3600, until_voltage_V: 0.5 }
  - { step: constant_current, current_mA: -1.539, until: [{ voltage_below_V: -0.5, goto: end }, { time_s: 60, capacity_mAh: 1 }] }
  - { step: loop, loop_to: cycle, cycle_count: 100 }
`,
      lithium,
    )
    expect(stepsOf(result)).toEqual([
      [undefined, 0, "100 times:", undefined],
      [
        2,
        1,
        "Plate at 1 mA cm⁻² (1.539 mA) until 1 h, 1 mAh cm⁻² (1.539 mAh, about 1 h) or V ≥ 0.5 V",
        "at most 1 h",
      ],
      [
        3,
        1,
        "Strip at 1.539 mA (1 mA cm⁻²) until V ≤ −0.5 V → the end or 60 s and 1 mAh (about 39 min)",
        "at most 39 min",
      ],
    ])
  })

  test("of a full cell, with holds, scans, pulses, jumps and loops in loops", () => {
    const result = check(`  - { step: open_circuit_voltage, until_time_s: 7200 }
  - { step: constant_current_constant_voltage, rate_C: C/3, voltage_V: 4.2, until_rate_C: C/20 }
  - { step: constant_voltage, voltage_V: 4.2, max_current_mA: 2, until_current_mA: 0.2, until_time_s: 600 }
  - { step: pulse, current_mA: -3, until_time_s: 10 }
  - { step: loop, loop_to: 4, cycle_count: 2 }
  - { step: voltage_scan, start_voltage_V: 3, end_voltage_V: 4, scan_rate_mV_per_s: 0.1 }
  - { step: jump, until: [{ cycle: 3, goto: 1 }] }
  - { step: loop, loop_to: 2, cycle_count: 5 }
`)
    expect(stepsOf(result)).toEqual([
      [1, 0, "Rest for 2 h", "2 h"],
      [undefined, 0, "5 times:", undefined],
      [
        2,
        1,
        "Charge at C/3 (1 mA, 1 mA cm⁻²) to 4.2 V, then hold it until |I| ≤ C/20 (0.15 mA)",
        "unknown: ends by current",
      ],
      [3, 1, "Hold 4.2 V with at most 2 mA until 10 min or |I| ≤ 0.2 mA", "at most 10 min"],
      [undefined, 1, "2 times:", undefined],
      [4, 2, "Pulse: discharge at 3 mA (3 mA cm⁻², 1C) until 10 s, every reading recorded", "10 s"],
      [6, 1, "Scan from 3 to 4 V at 0.1 mV s⁻¹ with at most 5 mA", "2.78 h"],
      [7, 1, "Look: cycle ≥ 3 → step 1, else on", undefined],
    ])
    // It goes back to where it began.
    expect(result.plan?.duration.most_s).toBe(Infinity)
  })

  test("a cell whose copper is at the positive terminal plates with negative current", () => {
    const cell: Cell = { ...lithium, type: "Li||Cu", positive_terminal: "working" }
    const steps = stepsOf(
      check("  - Discharge at 1 mA for 1 hour\n  - Charge at 1 mA for 1 hour", cell),
    )
    expect(steps?.map(([, , text]) => text)).toEqual([
      "Plate at 1 mA (0.6498 mA cm⁻²) until 1 h",
      "Strip at 1 mA (0.6498 mA cm⁻²) until 1 h",
    ])
  })
})

describe("duration", () => {
  const duration = (method: string, cell = full) => check(method, cell).plan?.duration

  test("multiplies loops in loops", () => {
    const method = `  - { step: open_circuit_voltage, until_time_s: 7 }
  - { step: open_circuit_voltage, until_time_s: 10 }
  - { step: loop, loop_to: 2, cycle_count: 3 }
  - { step: open_circuit_voltage, until_time_s: 1 }
  - { step: loop, loop_to: 2, cycle_count: 5 }
`
    expect(duration(method)).toEqual({ least_s: 162, most_s: 162, expected_s: 162 })
  })

  test("is bounded by cutoffs, and expected from the capacity", () => {
    const charge =
      "  - { step: constant_current, rate_C: 0.5, until_voltage_V: 4.2, until_time_s: 9000 }"
    const { least_s, most_s, expected_s } = duration(charge) ?? {}
    expect([least_s, most_s]).toEqual([0, 9000])
    expect(expected_s).toBeCloseTo(7200, 9)
    expect(duration(charge, { ...lithium, capacity_mAh: 3 })?.expected_s).toBe(9000)
  })

  test("is not known where only a voltage ends a step, but for a cell of known capacity", () => {
    const charge = "  - { step: constant_current, current_mA: 1, until_voltage_V: 4.2 }"
    expect(duration(charge)?.most_s).toBe(Infinity)
    expect(duration(charge)?.expected_s).toBeCloseTo(10_800, 9)
    expect(duration(charge, lithium)?.expected_s).toBeUndefined()
  })
})

describe("log space", () => {
  test("follows the record rule: 1 h at 10 s with 10 s of every reading is 459 points", () => {
    const frame = `${LIMITS}record: { time_s: 10, burst_s: 10 }\n`
    const bytes = check("  - Rest for 1 hour", full, frame).plan?.log.bytes ?? 0
    expect(bytes).toBeCloseTo(459 * 6.5 + 30, 6)
  })

  test("of pulses is every reading; of a scan each step of the voltage", () => {
    const frame = `${LIMITS}record: { voltage_V: 0.001, burst_s: 0 }\n`
    const method = `  - { step: pulse, current_mA: 1, until_time_s: 20 }
  - { step: voltage_scan, start_voltage_V: 3, end_voltage_V: 4, scan_rate_mV_per_s: 0.1 }
`
    const bytes = check(method, full, frame).plan?.log.bytes ?? 0
    expect(bytes).toBeCloseTo((200 + 1000) * 6.5 + 2 * 30, 6)
  })

  test("that does not do is a warning", () => {
    const frame = `${LIMITS}record: { time_s: 0.1 }\n`
    expect(found(check("  - Rest for 300 hours", full, frame))).toEqual([
      expect.stringMatching(
        /^warning 2 record: the log is full after 3 days, before the test ends/,
      ),
    ])
    expect(found(check("  - Rest for 60 hours", full, frame))).toEqual([
      expect.stringMatching(/4 such channels fill the log in 0\.75 days/),
    ])
  })
})

test("all that is wrong is told, each with its line", () => {
  const result = checkProtocol(
    `safety: { max_voltage_V: 6, min_voltage_V: -1, max_current_mA: 5 }
method:
  - { step: constant_current, current_mA: 7, until_voltage_V: 7 }
  - Charge at 1 W for 1 hour
  - { step: constant_current, current_density_mA_per_cm2: 1, until_time_s: 1 }
  - { step: loop, loop_to: nowhere, cycle_count: 2 }
`,
    "p.yaml",
    { name: "A1" },
  )
  expect(result.plan).toBeUndefined()
  expect(found(result)).toEqual([
    expect.stringMatching(/^error 4 method\[1\]: .*power/),
    expect.stringMatching(/^error 1 safety\.max_voltage_V: 6 V is above the board's 5 V/),
    expect.stringMatching(/^error 3 method\[0\]\.current_mA: .*beyond safety/),
    expect.stringMatching(/^error 3 method\[0\]\.until_voltage_V: 7 V is outside/),
    expect.stringMatching(/^error 5 method\[2\]\.current_density_mA_per_cm2: needs the electrode/),
    expect.stringMatching(/^error 6 method\[3\]\.loop_to: 'nowhere' is no tag/),
  ])
  expect(checkText(result, "p.yaml", full).split("\n")[1]).toMatch(/^error: p\.yaml:1: safety/)
})

test("what is no YAML is told with its line", () => {
  expect(found(checkProtocol("a: 1\na: 2", "p.yaml", full))).toEqual([
    "error 2 protocol: column 1: Map keys must be unique.",
  ])
})
