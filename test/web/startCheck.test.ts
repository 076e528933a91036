import fc from "fast-check"
import { expect, test } from "vitest"
import { cellSchema, readCell } from "../../host/cell"
import { exampleNames } from "../../host/protocol/examples"
import { checked } from "../../host/web/start/check"
import { exampleLines, exampleOf } from "../../host/web/start/examples"
import { cellFile, protocolFile } from "../../host/web/start/files"

const SEED = 631
const protocol = (step: string) =>
  `safety: { max_voltage_V: 1, min_voltage_V: -1, max_current_mA: 5 }\nmethod:\n  - ${step}\n`
const perArea =
  "{ step: constant_current, current_density_mA_per_cm2: 1, until_areal_capacity_mAh_per_cm2: 1 }"

test("a protocol that is right gives a plan, and what follows from the cell", () => {
  const { findings, cell, plan } = checked(protocol(perArea), "p", { name: "A1", diameter_mm: 14 })
  expect(findings.every(({ severity }) => severity === "note")).toBe(true)
  expect(cell.area_cm2).toBeCloseTo(1.5394, 4)
  expect(plan).toMatchObject({ expected_s: 3600, cycles: 1, durationText: "Duration: 1 h." })
  expect(plan?.lines).toEqual([
    { number: 1, depth: 0, takes: "1 h", text: expect.stringContaining("1 mA cm⁻² (1.539 mA)") },
  ])
  expect(plan?.frame[1]).toContain("Safety: −1 to 1 V, −5 to 5 mA")
  expect(plan?.logText).toMatch(/^Log: about /)
})

test("what a cell lacks for a protocol is an error at the protocol's line", () => {
  const { findings, plan } = checked(protocol(perArea), "p", { name: "A1" })
  expect(plan).toBeUndefined()
  expect(findings[0]).toMatchObject({ severity: "error", of: "protocol", line: 3 })
  expect(findings[0].message).toContain("give cell A1 an area_cm2 or a diameter_mm")
})

test.each([
  ["no name", { diameter_mm: 14 }, "name", "give the cell a name."],
  [
    "a text for a number",
    { name: "A1", diameter_mm: 14, loading_mg_per_cm2: "x" },
    "loading_mg_per_cm2",
    "is no number",
  ],
  [
    "a key that is not known",
    { name: "A1", diameter_mm: 14, colour: "red" },
    "cell",
    "unknown key colour.",
  ],
  [
    "numbers that do not agree",
    { name: "A1", diameter_mm: 14, area_cm2: 1 },
    "area_cm2",
    "do not agree",
  ],
  ["a type that is none", { name: "A1", diameter_mm: 14, type: "Na" }, "type", "Invalid option"],
] as [string, Record<string, string | number>, string, string][])(
  "%s is an error of the cell, and the protocol is checked all the same",
  (_, keys, path, message) => {
    const { findings, plan } = checked(protocol(perArea), "p", keys)
    const told = { severity: "error", of: "cell", path, message: expect.stringContaining(message) }
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([told])
    expect(findings.filter((one) => one.of === "cell" && one.path === path)).toHaveLength(1)
    expect(plan?.lines).toHaveLength(1)
  },
)

test("errors come before warnings, and more than a hundred are counted", () => {
  const many = `method: [${"{ step: x },".repeat(150)}]`
  const { findings } = checked(many, "p", undefined)
  expect(findings).toHaveLength(101)
  expect(findings[100].message).toBe("… and 51 more.")
})

test("a text that is no YAML is an error with its line", () => {
  const { findings } = checked("method:\n  - [\n", "p", undefined)
  expect(findings[0]).toMatchObject({ severity: "error", line: 3 })
})

test("each example is right for its own cell, and its text is served as it stands", () => {
  expect(exampleLines().map(({ name }) => name)).toEqual(exampleNames())
  for (const { name, title, cellType } of exampleLines()) {
    const example = exampleOf(name)
    const keys = example.cell as Record<string, string | number>
    const { findings, plan } = checked(example.text, name, keys)
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([])
    expect([plan === undefined, title, cellType]).not.toContainEqual(true)
    expect(["Li||Li", "Li||Cu", "half", "full"]).toContain(cellType)
  }
  expect(() => exampleOf("../cells/copper-14mm")).toThrow("There is no example")
})

test.each([
  ["plan.yaml", "plan.yaml"],
  ["/etc/passwd", "passwd"],
  ["C:\\tests\\plan.json", "plan.json"],
  ["", "protocol.yaml"],
  ["..", "protocol.yaml"],
  ["a/..", "protocol.yaml"],
  ["a\u0000b\n.yaml", "ab.yaml"],
])("a file that is called %j is kept as %s", (given, kept) => {
  expect(protocolFile(given, "").fileName).toBe(kept)
})

test(`a cell's keys are read from its file as they were given (seed ${SEED})`, () => {
  const pieces =
    "a| |\n|\t|: |# |- |'|\"|\\|&|*|!|%|@|`|{|]|,|null|~|true|1e3|0x1|2026-01-01|é|😀|\u0000|\u2028".split(
      "|",
    )
  const some = fc.array(fc.constantFrom("|", ">", ...pieces), { minLength: 1, maxLength: 8 })
  const text = some.map((all) => all.join(""))
  const size = fc.double({ min: 1e-6, max: 1e6, noNaN: true })
  const keys = fc.record(
    { name: text, comment: text, electrolyte: text, area_cm2: size, temperature_degC: size },
    { requiredKeys: ["name"] },
  )
  fc.assert(
    fc.property(keys, (given) => {
      expect(readCell(cellFile(given).text, "cell")).toEqual(cellSchema.parse(given))
    }),
    { seed: SEED, numRuns: 300 },
  )
})
