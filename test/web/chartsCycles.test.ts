import { describe, expect, test } from "vitest"
import { chargeColumns } from "../../host/report/cycles/charges"
import { FULL_COLUMNS, PLAIN_COLUMNS } from "../../host/report/cycles/chargeDischarge"
import type { CycleColumn } from "../../host/report/cycles/column"
import { COPPER_COLUMNS, SYMMETRIC_COLUMNS } from "../../host/report/cycles/lithium"
import type { Cycles } from "../../host/web/api"
import { abscissae } from "../../host/web/page/charts/abscissa"
import { comparisons } from "../../host/web/page/charts/comparable"
import { comparedTests } from "../../host/web/page/charts/comparedTest"
import { cycleChoice } from "../../host/web/page/charts/cycleChoice"
import { cycleLines } from "../../host/web/page/charts/cycleLines"
import { quantityGroups } from "../../host/web/page/charts/cycleQuantities"

const plain = (text: string) => text.replaceAll("\u00a0", " ")

/** As the server gives them. */
function columnsOf(columns: readonly CycleColumn[]): Cycles["columns"] {
  return columns.map(({ key, title, head: [a, b, c], definition }) => ({
    key,
    title,
    head: [a, b, c],
    definition,
  }))
}

const SYMMETRIC = columnsOf(SYMMETRIC_COLUMNS)
const COPPER = columnsOf(COPPER_COLUMNS)
const FULL = columnsOf(FULL_COLUMNS)

describe("cycles that somebody names", () => {
  test.each([
    ["1, −2, −1", [1, -2, -1]],
    ["1 10-13; last", [1, 10, 11, 12, 13, -1]],
    ["5,5, 5", [5]],
  ])("%s", (text, cycles) => expect(cycleChoice(text)).toEqual({ cycles }))

  test.each([
    ["", /Write which/],
    ["1, zwei", /“zwei” is no cycle/],
    ["0", /“0” is no cycle/],
    ["1-9", /At most 8/],
    ["9-1", /At most 8/],
    ["1-8, 20", /At most 8/],
  ])("%s is refused", (text, why) => expect(cycleChoice(text).problem).toMatch(why))
})

describe("charts of cycles", () => {
  const groupsOf = (columns: readonly CycleColumn[]) =>
    quantityGroups(columnsOf(columns)).map(
      ({ kind, quantities }) =>
        `${kind} / ${plain(quantities[0].unit.text)}: ${quantities.map(({ key }) => key).join(" ")}`,
    )

  test("of Li‖Li are overpotentials and charges", () =>
    expect(groupsOf(SYMMETRIC_COLUMNS)).toEqual([
      "charge / mAh: plated_Ah stripped_Ah",
      "charge / mAh cm⁻²: plated_mAh_per_cm2 stripped_mAh_per_cm2",
      "overpotential / mV: platingOverpotential_V strippingOverpotential_V hysteresis_V " +
        "platingNucleationOverpotential_V strippingNucleationOverpotential_V",
    ]))

  test("of Li‖Cu have the efficiency too", () =>
    expect(groupsOf(COPPER_COLUMNS)).toContain("efficiency / %: coulombicEfficiency"))

  test("of full cells are normalised by area and mass", () =>
    expect(groupsOf(FULL_COLUMNS)).toEqual([
      "charge / mAh: charge_Ah discharge_Ah",
      "charge / mAh cm⁻²: charge_mAh_per_cm2 discharge_mAh_per_cm2",
      "charge / mAh g⁻¹: charge_mAh_per_g discharge_mAh_per_g",
      "efficiency / %: coulombicEfficiency",
      "voltage / V: chargeMean_V dischargeMean_V",
    ]))

  test("of a cell that nobody described have no efficiency", () =>
    expect(groupsOf(PLAIN_COLUMNS).join()).not.toContain("efficiency"))

  test("leave out what is not known, and mark what is not complete", () => {
    const [group] = quantityGroups(columnsOf(chargeColumns("plating", "plated", "Σ")))
    const rows = [
      { cycle: 7, isComplete: true, values: [0.001, null, null], texts: [] },
      { cycle: 8, isComplete: false, values: [null, null, null], texts: [] },
    ]
    const [line] = cycleLines(group, rows, { series: ["#000000"] })
    expect([line.xs, line.ys]).toEqual([
      [7, 8],
      [0.001, null],
    ])
    expect([line.isHollow?.(0), line.isHollow?.(1)]).toEqual([false, true])
  })
})

test("charges of overlaid cycles count upwards while lithium is plated", () => {
  const copper = abscissae({ area_cm2: 2, platingSign: -1 })
  expect(copper.map(({ key, perAh }) => [key, perAh])).toEqual([
    ["time", undefined],
    ["charge", -1000],
    ["area", -500],
  ])
  const [, , mass] = abscissae({ active_mass_mg: 20 })
  expect([mass.key, mass.perAh]).toEqual(["mass", 50_000])
})

describe("comparisons", () => {
  test("of like cells begin with what is normalised, and have nothing to say", () => {
    const tests = [
      { name: "a", columns: FULL },
      { name: "b", columns: FULL },
    ]
    const [first] = comparisons("charge", tests)
    expect([first.key, first.notes]).toEqual(["discharge_mAh_per_cm2", []])
    expect(first.columns).toEqual([first.columns[0], first.columns[0]])
  })

  test("name whom they leave out, and why", () => {
    const bare = FULL.filter(({ key }) => !key.includes("_per_"))
    const all = comparisons("charge", [
      { name: "a", columns: FULL },
      { name: "b", columns: bare },
    ])
    expect(all[0].key).toBe("discharge_Ah")
    const perMass = all.find(({ key }) => key === "discharge_mAh_per_g")
    expect(perMass?.notes).toEqual(["Not shown: b: its active mass is not known."])
    expect(perMass?.columns[1]).toBeUndefined()
  })

  test("say that efficiencies of Li‖Cu and of full cells are not the same number", () => {
    const [efficiency] = comparisons("efficiency", [
      { name: "copper", columns: COPPER },
      { name: "full", columns: FULL },
      { name: "lithium", columns: SYMMETRIC },
    ])
    expect(efficiency.notes[0]).toMatch(/^Not shown: lithium: cells of this type/)
    expect(efficiency.notes[1]).toMatch(/not the same number: copper: Stripped .* full: Discharge/)
  })

  test("tell a cell without an area from one that has no such charge", () => {
    const all = comparisons("charge", [
      { name: "a", columns: FULL },
      { name: "b", columns: FULL.filter(({ key }) => !key.endsWith("_per_cm2")) },
      { name: "copper", columns: COPPER },
    ])
    expect(all.find(({ key }) => key === "discharge_mAh_per_cm2")?.notes).toEqual([
      "Not shown: b: its area is not known.",
      "Not shown: copper: cells of this type have no such number.",
    ])
  })

  test("of lithium begin with the hysteresis", () => {
    const tests = [SYMMETRIC, SYMMETRIC].map((columns, i) => ({ name: `${i}`, columns }))
    expect(comparisons("overpotential", tests)[0].key).toBe("hysteresis_V")
  })

  test("tell cells of one name apart by their tests", () => {
    const tests = ["A-0-1", "A-1-1"].map((id) => ({ id, cell: "twin" }))
    const series = ["#111111", "#222222"]
    const [first, second] = comparedTests(tests, { series })
    expect([first.name, second.name]).toEqual(["twin (A-0-1)", "twin (A-1-1)"])
    expect(first.dash).not.toEqual(second.dash)
    expect(first.marker).not.toBe(second.marker)
    expect(comparedTests(tests.slice(1), { series })[0].name).toBe("twin")
  })
})
