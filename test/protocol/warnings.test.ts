import { expect, test } from "vitest"
import type { Cell } from "../../host/cell"
import { checkProtocol } from "../../host/protocol/check"

const full: Cell = { name: "F1", type: "full", area_cm2: 1, capacity_mAh: 3, active_mass_mg: 20 }
const lithium: Cell = { name: "A1", type: "Li||Li", area_cm2: 1.539 }
const copper: Cell = { name: "C1", type: "Li||Cu", area_cm2: 1.539, positive_terminal: "working" }

const LIMITS = "safety: { max_voltage_V: 4.5, min_voltage_V: -1, max_current_mA: 5 }"
const REST = "  - Rest for 1 hour"
const CHARGE = "  - Charge at 1 mA for 1 hour or until 4.2 V"

function found(method: string, cell: Cell, frame = ""): string[] {
  const { findings, plan } = checkProtocol(
    `${LIMITS}\n${frame}\nmethod:\n${method}`,
    "p.yaml",
    cell,
  )
  expect(plan).toBeDefined()
  return findings.map(({ severity, path, message }) => `${severity} ${path}: ${message}`)
}

test("of a sound protocol nothing is said", () => {
  expect(found(`${REST}\n${CHARGE}`, full)).toEqual([])
})

test.each<[string, string, Cell, string, RegExp]>([
  ["no type", REST, { name: "X", area_cm2: 1 }, "", /^note cell\.type: is not given/],
  ["no area", REST, { name: "X", type: "Li||Li" }, "", /^warning cell\.area_cm2: is missing/],
  ["no mass", REST, { ...full, active_mass_mg: undefined }, "", /^note cell\.active_mass_mg/],
  [
    "no terminal",
    REST,
    { ...copper, positive_terminal: undefined },
    "",
    /^warning cell\.positive_terminal: is missing/,
  ],
  ["another capacity", REST, full, "sample: { capacity_mAh: 4 }", /sample\.capacity_mAh: is 4 mAh/],
  ["no calibration", REST, full, "allow_uncalibrated: true", /^warning allow_uncalibrated/],
  ["raw readings", REST, full, "raw: true", /^warning raw/],
  [
    "an efficiency that says nothing",
    REST,
    lithium,
    "stop: { coulombic_efficiency_below: 0.9 }",
    /^warning stop\.coulombic_efficiency_below: a symmetric cell/,
  ],
  [
    "an efficiency upside down",
    REST,
    copper,
    "stop: { coulombic_efficiency_below: 0.9 }",
    /^warning stop\.coulombic_efficiency: counts plated\/stripped .* give charge\/discharge/,
  ],
  [
    "a rest that never comes",
    CHARGE,
    full,
    "stop: { rest_voltage_below_mV: 1 }",
    /^warning stop\.rest_voltage_below_mV: is never judged/,
  ],
  [
    "records of noise in V",
    REST,
    full,
    "record: { voltage_V: 0.00005 }",
    /^warning record\.voltage_V: is within the noise/,
  ],
  [
    "records of noise in mA",
    '  - "Rest for 1 hour"\n  - { step: open_circuit_voltage, until_time_s: 9, record: { current_mA: 0.0005 } }',
    full,
    "",
    /^warning method\[1\]\.record\.current_mA: is within the noise/,
  ],
  [
    "no end but the cell's",
    "  - Charge at 1 mA until 4.2 V",
    full,
    "",
    /^warning method\[0\]: nothing but the cell ends it/,
  ],
  [
    "no voltage",
    "  - Charge at 1 mA for 1 hour",
    full,
    "",
    /^note method\[0\]: no voltage ends it: one beyond the safety limits is a fault/,
  ],
  [
    "a small current",
    "  - Charge at 20e-3 mA for 1 hour or until 4.2 V",
    full,
    "",
    /^warning method\[0\]: its current, 20 µA, is small: the error of the 1\.5 mA range, up to 0\.75 µA, is 3\.75 %/,
  ],
  [
    "a small cutoff",
    "  - Hold at 4.2 V for 1 hour or until 5e-3 mA",
    full,
    "",
    /^warning method\[0\]: the current that ends it, 5 µA, is small/,
  ],
  [
    "CC and CV that disagree",
    `${CHARGE}\n  - Hold at 4.1 V for 1 hour`,
    full,
    "",
    /^warning method\[1\]: holds 4\.1 V, but the current before it ends at 4\.2 V/,
  ],
  [
    "a hold weaker than its charge",
    `${CHARGE}\n  - { step: constant_voltage, voltage_V: 4.2, max_current_mA: 0.5, until_time_s: 60 }`,
    full,
    "",
    /^warning method\[1\]: holds its voltage with at most 0\.5 mA, less than the 1 mA before/,
  ],
  [
    "a loop without a rest",
    `${CHARGE}\n  - { step: loop, loop_to: 1, cycle_count: 100 }`,
    full,
    "",
    /^note method\[1\]: loops without a rest/,
  ],
])("%s is told", (_, method, cell, frame, message) => {
  expect(found(method, cell, frame)).toEqual([expect.stringMatching(message)])
})
