import { describe, expect, test } from "vitest"
import { cellCatalogue } from "../../sim/cells/catalogue"
import { ncm811, ncm811PlainLithium } from "../../sim/cells/parameters/Ding2022"
import { lfp, lfpThinLithium } from "../../sim/cells/parameters/Ma2024FullCell"
import { Thevenin } from "../../sim/cells/thevenin"

test.each(Object.entries(cellCatalogue))("%s is a new cell each time", (_name, create) => {
  const cell = create()
  expect(create()).not.toBe(cell)
  const fresh_V = cell.voltage_V(0)
  cell.advance(1e-3, 10)
  expect(cell.voltage_V(1e-3)).not.toBe(fresh_V)
  expect(create().voltage_V(0)).toBe(fresh_V)
  // In reach of a tester's −2.5 … 5 V, relay open or closed.
  for (const current_A of [-1e-3, 0, 1e-3]) {
    expect(create().voltage_V(current_A)).toBeGreaterThan(-2.5)
    expect(create().voltage_V(current_A)).toBeLessThan(5)
  }
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

describe("full cells hold what is printed of them, within their window", () => {
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
