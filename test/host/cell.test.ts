import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { platingSign, readCell, requireOf } from "../../host/cell"
import { TesterError } from "../../host/errors"

const SEED = 20_240_511

function refusal(text: string): string {
  try {
    readCell(text, "A1.yaml")
  } catch (error) {
    if (error instanceof TesterError) return error.message
    throw error
  }
  throw new Error("was not refused")
}

describe("a cell's file", () => {
  test("needs a name only, and gives nothing that it does not have", () => {
    expect(readCell("name: A1", "A1.yaml")).toEqual({ name: "A1" })
  })

  test("gives area, mass and capacity that follow from others", () => {
    const cell = readCell(
      "{ name: A1, type: full, diameter_mm: 12, loading_mg_per_cm2: 15.2, specific_capacity_mAh_per_g: 175 }",
      "A1.yaml",
    )
    expect(cell.area_cm2).toBeCloseTo(1.130973, 6)
    expect(cell.active_mass_mg).toBeCloseTo(17.1908, 4)
    expect(cell.capacity_mAh).toBeCloseTo(3.008389, 6)
  })

  test("gives a capacity by area", () => {
    const cell = readCell("{ name: A1, area_cm2: 2, areal_capacity_mAh_per_cm2: 1.8 }", "A1.yaml")
    expect(cell.capacity_mAh).toBeCloseTo(3.6, 12)
    expect(cell.active_mass_mg).toBeUndefined()
  })

  test("may be JSON, with absent keys as null", () => {
    expect(readCell('{"name": "A1", "area_cm2": null, "comment": "x"}', "A1.json")).toEqual({
      name: "A1",
      comment: "x",
    })
  })

  test("keeps what is given where both are given and agree", () => {
    expect(readCell("{ name: A1, area_cm2: 1.54, diameter_mm: 14 }", "A1.yaml").area_cm2).toBe(1.54)
  })

  test("is refused with each line that is wrong", () => {
    const message = refusal(
      ["name: A1", "type: Li|Li", "area_cm2: -1", "colour: red", "assembled: 1 May"].join("\n"),
    )
    expect(message.split("\n")).toEqual([
      expect.stringMatching(/^A1\.yaml:2: type: .*"Li\|\|Li"/),
      expect.stringMatching(/^A1\.yaml:3: area_cm2: .*>0/),
      expect.stringMatching(/^A1\.yaml:5: assembled: /),
      expect.stringMatching(/^A1\.yaml:1: cell: unknown key colour\./),
    ])
  })

  test.each([
    ["area_cm2: 1.6\ndiameter_mm: 14", /area_cm2: 1\.6 and diameter_mm, from which 1\.539 follows/],
    [
      "area_cm2: 1\nloading_mg_per_cm2: 10\nactive_mass_mg: 12",
      /active_mass_mg: 12 and loading_mg_per_cm2, from which 10 follows/,
    ],
    [
      "area_cm2: 1\nareal_capacity_mAh_per_cm2: 3\ncapacity_mAh: 4",
      /capacity_mAh: 4 and areal_capacity_mAh_per_cm2, from which 3 follows/,
    ],
    [
      "active_mass_mg: 10\nspecific_capacity_mAh_per_g: 200\narea_cm2: 1\nareal_capacity_mAh_per_cm2: 3",
      /capacity_mAh: 2 and areal_capacity_mAh_per_cm2, from which 3 follows/,
    ],
  ])("is refused where data disagree: %s", (keys, message) => {
    expect(refusal(`name: A1\n${keys}`)).toMatch(message)
  })

  test("that is no YAML is refused with line and column", () => {
    expect(refusal("name: A1\nname: A2")).toBe("A1.yaml:2:1: Map keys must be unique.")
  })
})

test(`areas of discs are πd²/4 (seed ${SEED})`, () => {
  const diameters = fc.double({ min: 1, max: 25, noNaN: true })
  fc.assert(
    fc.property(diameters, (diameter_mm) => {
      const { area_cm2 } = readCell(JSON.stringify({ name: "A1", diameter_mm }), "A1.json")
      const radius_cm = diameter_mm / 20
      expect(area_cm2).toBeCloseTo(Math.PI * radius_cm * radius_cm, 10)
    }),
    { seed: SEED },
  )
})

test("what is needed and not there is an error that says how to give it", () => {
  const cell = readCell("{ name: A1, area_cm2: 2 }", "A1.yaml")
  expect(requireOf(cell, "area_cm2", "mA cm⁻²")).toBe(2)
  expect(() => requireOf(cell, "active_mass_mg", "mAh g⁻¹")).toThrow(
    /^mAh g⁻¹ needs more of cell A1: give it active_mass_mg or loading_mg_per_cm2\.$/,
  )
  expect(() => requireOf(cell, "type", "the table")).toThrow(/type, one of Li\|\|Li, Li\|\|Cu/)
})

test.each([
  ["Li||Li", undefined, 1],
  ["Li||Li", "working", -1],
  ["Li||Cu", undefined, undefined],
  ["Li||Cu", "working", -1],
  ["Li||Cu", "counter", 1],
  ["full", undefined, undefined],
  ["half", "working", undefined],
] as const)(
  "of %s with %s at the positive terminal, %s plates",
  (type, positive_terminal, sign) => {
    expect(platingSign({ name: "A1", type, positive_terminal })).toBe(sign)
  },
)
