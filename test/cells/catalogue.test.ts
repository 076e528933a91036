import { readdirSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { cellCatalogue } from "../../sim/cells/catalogue"
import { ncm811, ncm811PlainLithium } from "../../sim/cells/parameters/Ding2022"
import { lfp, lfpThinLithium } from "../../sim/cells/parameters/Ma2024FullCell"
import { Thevenin } from "../../sim/cells/thevenin"

describe.each(Object.entries(cellCatalogue))("%s", (name, entry) => {
  test("is a new cell each time, in reach of a tester's −2.5 … 5 V", () => {
    const cell = entry.make()
    expect(entry.make()).not.toBe(cell)
    const fresh_V = cell.voltage_V(0)
    // A pellet in the cold is 155 kΩ.
    const some_A = entry.type === "blocking" ? 5e-6 : 1e-4
    cell.advance(some_A, 10)
    expect(cell.voltage_V(some_A)).not.toBe(fresh_V)
    expect(entry.make().voltage_V(0)).toBe(fresh_V)
    for (const current_A of [-some_A, 0, some_A]) {
      expect(entry.make().voltage_V(current_A)).toBeGreaterThan(-2.5)
      expect(entry.make().voltage_V(current_A)).toBeLessThan(5)
    }
  })

  test("says whose it is, and what is assumed", () => {
    const authors = {
      "k-li-aln": "Ma2024",
      "li-ag-solid-solution": "Wang2023",
      "wn-mo2n-hcn": "Ding2022",
      "3d-li-assb": "Duan2023",
      li3mg7: "Zhang2021",
    }
    expect(name.startsWith(`${authors[entry.paper]} `)).toBe(true)
    expect(entry.assumed.length).toBeGreaterThan(5)
    if (entry.type === "full" || entry.type === "half") {
      expect(entry.capacity_mAh).toBeGreaterThan(0)
      expect(entry.window_V).toBeDefined()
    }
  })
})

test("the catalogue holds every paper's parameters", () => {
  const files = readdirSync(new URL("../../sim/cells/parameters", import.meta.url))
  const authors = new Set(files.map((file) => /^[A-Z][a-z]+\d{4}/.exec(file)?.[0]))
  for (const author of authors)
    if (author !== undefined)
      expect(Object.keys(cellCatalogue).some((name) => name.startsWith(author))).toBe(true)
  expect(authors.size).toBe(6) // five papers, and the files of none
})

/** Tests that a tester can run, or stands in for: A and B, C and D; E and not-electrical ones left out. */
test.each([
  ["k-li-aln", 17, [16, 17]],
  ["li-ag-solid-solution", 24, []],
  ["wn-mo2n-hcn", 20, []],
  ["3d-li-assb", 15, []],
  ["li3mg7", 32, []],
])("every test of %s has a cell, but for what is no cell test", (paper, count, without) => {
  const covered = new Set(
    Object.values(cellCatalogue)
      .filter((entry) => entry.paper === paper)
      .flatMap(({ tests }) => tests.map((id) => Number(id.slice(1)))),
  )
  const missing = Array.from({ length: count }, (_, k) => k + 1).filter((id) => !covered.has(id))
  expect(missing).toEqual(without)
})

/** mAh from empty to `full_V` at C/20, and again back to `empty_V`. */
function capacities_mAh(cell: Thevenin, oneC_A: number, empty_V: number, full_V: number): number[] {
  return [1, -1].map((sign) => {
    const before_C = cell.charge_C
    const current_A = (sign * oneC_A) / 20
    const isOver = () =>
      sign > 0 ? cell.voltage_V(current_A) >= full_V : cell.voltage_V(current_A) <= empty_V
    while (!isOver()) cell.advance(current_A, 1)
    return Math.abs(cell.charge_C - before_C) / 3.6
  })
}

describe("plain full cells hold what is printed of them, within their window", () => {
  test.each([
    ["LFP, 1.8 mAh cm⁻² on 12 mm", lfp, 2.5, 3.8, 1.8 * 1.131],
    ["LFP, 3.3 mAh cm⁻² on 12 mm", lfpThinLithium, 2.5, 3.8, 3.3 * 1.131],
    ["NCM811, 203.2 mAh g⁻¹ and 8.6 mg cm⁻²", ncm811, 2.8, 4.24, 203.2e-3 * 8.6 * 1.131],
  ])("%s", (_name, parameters, empty_V, full_V, printed_mAh) => {
    const cell = new Thevenin({ ...parameters, efficiency: 1 }, 0)
    const oneC_A = parameters.capacity_Ah
    for (const found_mAh of capacities_mAh(cell, oneC_A, empty_V, full_V))
      expect(Math.abs(found_mAh / printed_mAh - 1)).toBeLessThan(0.02)
  })

  test("at 1 C plain lithium meets 4.3 V half a volt early: most of its charge is the hold's", () => {
    const charged = (parameters: typeof ncm811) => {
      const cell = new Thevenin(parameters, 0)
      while (cell.voltage_V(parameters.capacity_Ah) < 4.3) cell.advance(parameters.capacity_Ah, 1)
      return cell.stateOfCharge
    }
    expect(charged(ncm811)).toBeGreaterThan(0.9)
    expect(charged({ ...ncm811PlainLithium, efficiency: 1 })).toBeLessThan(0.5)
  })
})
