/**
 * Every full cell of the catalogue gives back what its paper prints, on an ideal cycler at constant
 * current through its window. Tolerance: half of what the whole tester may be off, 1 % in capacity and
 * retention, 0.1 % in Coulombic efficiency.
 */
import { describe, expect, test } from "vitest"
import { cellCatalogue } from "../../sim/cells/catalogue"
import { type FullCycle, FullCycles } from "./fullCycles"

const CAPACITY = 0.005
const EFFICIENCY = 0.0005

const cellsOf = (name: string) => new FullCycles(cellCatalogue[name])
const ratio = (cycle: FullCycle) => cycle.discharge_mAh_per_g / cycle.charge_mAh_per_g

describe("capacity and retention", () => {
  test.each([
    // name, rate in C, cycles, mAh g⁻¹ of the first and the last, retention
    ["Ma2024 LFP, K-Li@AlN, 1C", 1, 500, undefined, 111, 0.876],
    ["Ma2024 LFP, bare Li, 1C", 1, 500, undefined, 95, 0.678],
    ["Ma2024 LFP, 35 um K-Li@AlN, 0.5C", 0.5, 320, 137.5, undefined, 0.84],
    ["Wang2023 NCM622, Li-Ag", 0.5, 100, 160, undefined, 0.95],
    ["Wang2023 NCM622 pouch stack, 0.2C", 0.2, 50, 184.3, undefined, 0.955],
    ["Ding2022 NCM811, composite, 1C", 1, 400, 182.4, 112.2, 0.615],
    ["Ding2022 NCM811, Li, 1C", 1, 400, 162.9, undefined, 0.395],
    ["Ding2022 NCM811, WN@HCN/Li, 1C", 1, 400, undefined, undefined, 0.512],
    ["Ding2022 NCM811, HCN/Li, 1C", 1, 400, undefined, undefined, 0.409],
    ["Ding2022 NCM811, composite, 8.6 mg/cm2", 0.5, 150, undefined, undefined, 0.882],
    ["Ding2022 NCM811, composite, 2 uL/mg", 1, 150, undefined, undefined, 0.771],
    ["Duan2023 LCO, first cycle", 0.1, 1, 137.5, undefined, 1],
    ["Duan2023 LCO, 0.3C", 0.3, 100, undefined, undefined, 0.71],
    ["Duan2023 LCO, 1C", 1, 1, 115, undefined, 1],
    ["Zhang2021 LFP, Li3Mg7@Li, 1C", 1, 700, undefined, 104, 0.785],
    ["Zhang2021 LFP, bare Li, 1C", 1, 270, undefined, undefined, 0.579],
    ["Zhang2021 LFP 30 mg/cm2, Li3Mg7@Li, 0.5C", 0.5, 100, undefined, undefined, 0.95],
  ])("%s: %d C, %d cycles", (name, rate_C, count, first, last, retention) => {
    const cycles = cellsOf(name).run_cycles(rate_C, count)
    const found = [cycles[0].discharge_mAh_per_g, cycles[count - 1].discharge_mAh_per_g]
    if (first !== undefined) expect(Math.abs(found[0] / first - 1)).toBeLessThan(CAPACITY)
    if (last !== undefined) expect(Math.abs(found[1] / last - 1)).toBeLessThan(CAPACITY)
    expect(Math.abs(found[1] / found[0] - retention)).toBeLessThan(CAPACITY)
  })

  test.each([
    ["Wang2023 SPAN, Li-Ag", 0.5, 80, 660, undefined, 0.98],
    ["Zhang2021 S, Li3Mg7@Li, 2C", 2, 500, undefined, 640, 0.797],
    ["Zhang2021 S, bare Li, 2C", 2, 500, undefined, undefined, 0.282],
  ])("%s, charged when new: %d C, %d cycles", (name, rate_C, count, first, last, retention) => {
    // In the first discharge it comes as a slow charge would have left it.
    const cycles = cellsOf(name).run_discharging(rate_C, count + 1)
    const found = [cycles[1].discharge_mAh_per_g, cycles[count].discharge_mAh_per_g]
    if (first !== undefined) expect(Math.abs(found[0] / first - 1)).toBeLessThan(CAPACITY)
    if (last !== undefined) expect(Math.abs(found[1] / last - 1)).toBeLessThan(CAPACITY)
    expect(Math.abs(found[1] / found[0] - retention)).toBeLessThan(CAPACITY)
  })
})

describe("rates, five cycles at each, the middle one read", () => {
  test.each([
    ["Ma2024 LFP, K-Li@AlN, rates", [1, 2, 3], [125, 100, 73]],
    [
      "Ding2022 NCM811, composite, rates",
      [0.2, 0.5, 1, 2, 5, 10],
      [203.2, 194.7, 186.9, 177.2, 158.5, 138.5],
    ],
    ["Zhang2021 LFP, Li3Mg7@Li, rates", [0.2, 0.5, 1, 3, 0.5], [160, 146, 135, 101, 142]],
    ["Zhang2021 S, Li3Mg7@Li, rates", [0.5, 1, 2, 4], [1036, 810, 700, 485]],
  ])("%s", (name, rates_C, printed) => {
    const cells = cellsOf(name)
    const found = rates_C.map((rate_C) => cells.run_cycles(rate_C, 5)[2].discharge_mAh_per_g)
    for (const [k, capacity] of found.entries())
      expect(Math.abs(capacity / printed[k] - 1)).toBeLessThan(CAPACITY)
  })
})

describe("Coulombic efficiency", () => {
  test.each([
    ["Ding2022 NCM811, composite, 1C", 1, 5, 0.991],
    ["Ding2022 NCM811, Li, 1C", 1, 400, 0.917],
    ["Duan2023 LCO, first cycle", 0.1, 1, 0.96],
    ["Duan2023 LCO, 0.3C", 0.3, 1, 0.96],
    ["Duan2023 LCO, MgF2 in the SL", 0.1, 1, 0.93],
  ])("%s, %d C, cycle %d: %d", (name, rate_C, cycle, printed) => {
    const cycles = cellsOf(name).run_cycles(rate_C, cycle)
    expect(Math.abs(ratio(cycles[cycle - 1]) - printed)).toBeLessThan(EFFICIENCY)
  })

  test("Ma2024 35 um K-Li@AlN‖LFP stays above 99.5 % to cycle 320, so its lithium lasts", () => {
    const cycles = cellsOf("Ma2024 LFP, 35 um K-Li@AlN, 0.5C").run_cycles(0.5, 320)
    for (const cycle of cycles) expect(ratio(cycle)).toBeGreaterThan(0.995)
  })
})

describe("knee", () => {
  /** Cycled three times at 0.1C before; a lithium excess that runs out counts these too. */
  const ACTIVATED = "Wang2023 NCM622, Li"

  /** Largest part that is lost from one cycle to the next, before and after. */
  function losses(name: string, rate_C: number, knee: number, count: number) {
    const cells = cellsOf(name)
    if (name === ACTIVATED) cells.run_cycles(0.1, 3)
    const found = cells.run_cycles(rate_C, count).map((cycle) => cycle.discharge_mAh_per_g)
    const lost = found.slice(1).map((capacity, k) => 1 - capacity / found[k])
    return { before: Math.max(...lost.slice(0, knee - 2)), after: Math.min(...lost.slice(knee)) }
  }

  test.each([
    [ACTIVATED, 0.5, 60, 70],
    ["Ding2022 NCM811, Mo2N@HCN/Li, 1C", 1, 300, 320],
    ["Zhang2021 LFP 30 mg/cm2, bare Li, 0.5C", 0.5, 47, 60],
  ])("%s, %d C: rapid decay after cycle %d", (name, rate_C, knee, count) => {
    const { before, after } = losses(name, rate_C, knee, count)
    expect(before).toBeLessThan(0.0015)
    expect(after).toBeGreaterThan(0.01)
  })

  test("Wang2023 NCM622‖Li: 170 mAh g⁻¹, of which 80 % are left at cycle 70", () => {
    const cells = cellsOf(ACTIVATED)
    cells.run_cycles(0.1, 3)
    const cycles = cells.run_cycles(0.5, 70)
    expect(Math.abs(cycles[0].discharge_mAh_per_g / 170 - 1)).toBeLessThan(CAPACITY)
    const retention = cycles[69].discharge_mAh_per_g / cycles[0].discharge_mAh_per_g
    expect(Math.abs(retention - 0.8)).toBeLessThan(CAPACITY)
  })

  test("Wang2023 SPAN‖Li fails before SPAN‖Li-Ag", () => {
    const last = (name: string) => cellsOf(name).run_discharging(0.5, 80)[79].discharge_mAh_per_g
    expect(last("Wang2023 SPAN, Li")).toBeLessThan(0.5 * last("Wang2023 SPAN, Li-Ag"))
  })
})

describe("the pouch stack as a coin", () => {
  const name = "Wang2023 NCM622 pouch stack, 0.2C"

  test.each([
    [4.3, 184.3, 3.77],
    [4.55, 211.4, 3.81],
  ])("to %d V: %d mAh g⁻¹, mid-value voltage %d V", (upper_V, capacity, medium_V) => {
    const window_V = [2.8, upper_V] as const
    const cells = cellsOf(name)
    const [{ discharge_mAh_per_g }] = cells.run_cycles(0.2, 1, window_V)
    expect(Math.abs(discharge_mAh_per_g / capacity - 1)).toBeLessThan(CAPACITY)
    cells.charge(0.2, window_V)
    expect(Math.abs(cells.medium_V(0.2, discharge_mAh_per_g) - medium_V)).toBeLessThan(0.005)
  })

  test("between charge and discharge 10 mV more at cycle 50 than at cycle 20", () => {
    const gap_V = (cycle: number) => {
      const cells = cellsOf(name)
      cells.run_cycles(0.2, cycle - 1)
      const half_s = (92.15 * cells.mass_g * 3.6) / (0.2 * cells.oneC_A)
      const { cell } = cells.cycler
      cell.advance(0.2 * cells.oneC_A, half_s)
      return cell.voltage_V(0.2 * cells.oneC_A) - cell.voltage_V(-0.2 * cells.oneC_A)
    }
    expect(gap_V(50) - gap_V(20)).toBeCloseTo(0.01, 6)
  })
})

test("Duan2023 LCO charges at 3.9 V", () => {
  const cells = cellsOf("Duan2023 LCO, first cycle")
  const half_s = (70 * cells.mass_g * 3.6) / (0.1 * cells.oneC_A)
  cells.cycler.cell.advance(0.1 * cells.oneC_A, half_s)
  expect(Math.abs(cells.cycler.cell.voltage_V(0.1 * cells.oneC_A) - 3.9)).toBeLessThan(0.04)
})

test("Duan2023 LCO without SL shorts in cycle 10: its charge never ends", () => {
  const cells = cellsOf("Duan2023 LCO without SL")
  const cycles = cells.run_cycles(0.1, 9)
  expect(ratio(cycles[8])).toBeCloseTo(1, 4)
  expect(() => cells.charge(0.1)).toThrow("4.2 V is not met")
  expect(cells.cycler.cell.voltage_V(0.1 * cells.oneC_A)).toBeLessThan(3)
})
