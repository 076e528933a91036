/**
 * Every symmetric cell of the catalogue gives back what its paper prints, on an ideal cycler. Tolerance:
 * half of what the whole tester may be off, 1 mV or 5 %.
 */
import { describe, expect, test } from "vitest"
import { cellCatalogue } from "../../sim/cells/catalogue"
import { IdealCycler } from "./idealCycler"

const tolerance_mV = (printed_mV: number) => Math.max(0.5, 0.025 * printed_mV)

function cyclerFor(name: string): IdealCycler {
  const entry = cellCatalogue[name]
  return new IdealCycler(entry.make(), entry.area_cm2)
}

describe("overpotential", () => {
  test.each([
    ["Ma2024 K-Li@AlN, 1 mA/cm2", 1, 1, 100, 17],
    ["Ma2024 K-Li@AlN, 1 mA/cm2", 1, 1, 500, 17],
    ["Ma2024 K-Li@AlN, 20 mA/cm2", 20, 20, 100, 30],
    ["Ma2024 bare Li, 20 mA/cm2", 20, 20, 50, 80],
    ["Wang2023 Li, 1 mA/cm2", 1, 1, 1, 25],
    ["Wang2023 Li, 1 mA/cm2", 1, 1, 100, 50],
    ["Wang2023 Li, 1 mA/cm2", 1, 1, 120, 100],
    ["Wang2023 Li-Ag, 1 mA/cm2", 1, 1, 1, 25],
    ["Wang2023 Li-Ag, 1 mA/cm2", 1, 1, 200, 25],
    ["Ding2022 WN/Mo2N@HCN/Li, 1 mA/cm2", 1, 1, 300, 16],
    ["Ding2022 WN/Mo2N@HCN/Li, 1 mA/cm2", 1, 1, 700, 16],
    ["Zhang2021 Li3Mg7@Li, 0.5 mA/cm2", 0.5, 1, 550, 8],
    ["Zhang2021 Li3Mg7@Li, 1 mA/cm2", 1, 1, 1, 12],
    ["Zhang2021 Li3Mg7@Li, 10 mA/cm2", 10, 10, 100, 45],
    ["Zhang2021 bare Li, 1 mA/cm2", 1, 1, 1, 20],
    ["Zhang2021 bare Li, 1 mA/cm2", 1, 1, 200, 100],
    ["Zhang2021 bare Li, 2 mA/cm2", 2, 1, 30, 60],
    ["Zhang2021 Li3Mg7@Li 170 degC, 1 mA/cm2", 1, 1, 300, 55],
    ["Zhang2021 Li3Mg7@Li 230 degC, 1 mA/cm2", 1, 1, 400, 55],
    ["Zhang2021 Li3Mg7@Li, carbonate", 1, 1, 500, 50],
    ["Zhang2021 Li3Mg7@Li, carbonate", 2, 1, 500, 100],
  ])("%s: at %d mA cm⁻² and %d mAh cm⁻² cycle %d shows %d mV", (name, i, q, cycle, printed_mV) => {
    const cycler = cyclerFor(name)
    for (let n = 1; n < cycle; n++) {
      cycler.pass(i, q)
      cycler.pass(-i, q)
    }
    expect(Math.abs(cycler.cycle_mV(i, q) - printed_mV)).toBeLessThan(tolerance_mV(printed_mV))
  })

  test("Zhang2021 Li3Mg7@Li, 1 mA/cm2: below 11 mV at 1300 h", () => {
    const cycler = cyclerFor("Zhang2021 Li3Mg7@Li, 1 mA/cm2")
    for (let n = 1; n < 650; n++) cycler.cycle_mV(1, 1)
    expect(cycler.cycle_mV(1, 1)).toBeLessThan(11)
  })

  test("Zhang2021 Li3Mg7@Li, rates: 8, 12, 20, 40 and again 7 mV", () => {
    const cycler = cyclerFor("Zhang2021 Li3Mg7@Li, rates")
    for (const [current_mA_per_cm2, printed_mV] of [
      [0.5, 8],
      [1, 12],
      [2, 20],
      [5, 40],
      [0.5, 7],
    ]) {
      const found_mV = [1, 2, 3, 4, 5].map(() => cycler.cycle_mV(current_mA_per_cm2, 1))
      expect(Math.abs(found_mV[2] - printed_mV)).toBeLessThan(tolerance_mV(printed_mV))
    }
  })
})

/** First cycle whose overpotential is above twice that of cycle 10; Infinity when there is none. */
function life(name: string, i: number, q: number, cycles: number): number {
  const cycler = cyclerFor(name)
  let limit_mV = Number.POSITIVE_INFINITY
  for (let n = 1; n <= cycles; n++) {
    const found_mV = cycler.cycle_mV(i, q)
    if (n === 10) limit_mV = 2 * found_mV
    if (n > 10 && found_mV > limit_mV) return n
  }
  return Number.POSITIVE_INFINITY
}

describe("life", () => {
  test.each([
    ["Ma2024 bare Li, 20 mA/cm2", 20, 20, 110],
    ["Ding2022 WN@HCN/Li, 1 mA/cm2", 1, 1, 300],
    ["Ding2022 Mo2N@HCN/Li, 1 mA/cm2", 1, 1, 350],
    ["Zhang2021 bare Li, 0.5 mA/cm2", 0.5, 1, 60],
    ["Zhang2021 bare Li, 10 mA/cm2", 10, 10, 20],
    ["Zhang2021 Li3Mg7@Li 230 degC, 10 mA/cm2", 10, 10, 110],
  ])("%s: %d mA cm⁻², %d mAh cm⁻²: ends in cycle %d", (name, i, q, printed) => {
    expect(Math.abs(life(name, i, q, printed + 10) - printed)).toBeLessThanOrEqual(1)
  })

  test.each([
    ["Ma2024 bare Li, 1 mA/cm2", 1, 1, 425],
    ["Ma2024 K-Li, 1 mA/cm2", 1, 1, 425],
    ["Ma2024 K-Li@Li3N, 1 mA/cm2", 1, 1, 425],
    ["Wang2023 Li, 1 mA/cm2", 1, 1, 140],
    ["Ding2022 HCN/Li, 1 mA/cm2", 1, 1, 700],
    ["Ding2022 Li foil, 1 mA/cm2", 1, 1, 700],
    ["Ding2022 composite 1:2, 1 mA/cm2", 1, 1, 700],
    ["Ding2022 composite 1:4, 1 mA/cm2", 1, 1, 700],
  ])("%s: %d mA cm⁻², %d mAh cm⁻²: ends before cycle %d", (name, i, q, bound) => {
    expect(life(name, i, q, bound + 10)).toBeLessThan(bound)
  })

  test.each([
    ["Ma2024 K-Li@AlN, 1 mA/cm2", 1, 1, 500],
    ["Ma2024 K-Li@AlN, 20 mA/cm2", 20, 20, 3000],
    ["Ma2024 K-Li@AlN, 10 mA/cm2", 10, 10, 50],
    ["Ma2024 bare Li, 10 mA/cm2", 10, 10, 50],
    ["Wang2023 Li-Ag, 1 mA/cm2", 1, 1, 240],
    ["Wang2023 Li-Mg, 1 mA/cm2", 1, 1, 240],
    ["Wang2023 Li-Ag, 3 mA/cm2", 3, 3, 100],
    ["Ding2022 WN/Mo2N@HCN/Li, 1 mA/cm2", 1, 1, 700],
    ["Ding2022 WN/Mo2N@HCN/Li, 2 mA/cm2", 2, 2, 900],
    ["Zhang2021 Li3Mg7@Li, 0.5 mA/cm2", 0.5, 1, 550],
    ["Zhang2021 Li3Mg7@Li, 1 mA/cm2", 1, 1, 650],
    ["Zhang2021 Li3Mg7@Li, 1 mA/cm2", 2, 1, 800],
    ["Zhang2021 Li3Mg7@Li, 1 mA/cm2", 3, 1, 200],
    ["Zhang2021 Li3Mg7@Li, 1 mA/cm2", 1, 5, 90],
    ["Zhang2021 Li3Mg7@Li, 1 mA/cm2", 1, 10, 45],
    ["Zhang2021 Li3Mg7@Li, 10 mA/cm2", 10, 10, 250],
    ["Zhang2021 LiH@Li, 1 mA/cm2", 1, 1, 200],
    ["Zhang2021 Li3Mg7@Li, carbonate", 1, 1, 500],
    ["Zhang2021 Li3Mg7@Li, carbonate", 2, 1, 500],
    ["Duan2023 Li/SL/LPSC/SL/Li, 0.5 mA/cm2", 0.5, 0.5, 750],
    ["Duan2023 Li/SL/LPSC/SL/Li, 3 mA/cm2", 3, 3, 250],
  ])("%s: %d mA cm⁻², %d mAh cm⁻²: no end in %d cycles", (name, i, q, cycles) => {
    expect(life(name, i, q, cycles)).toBe(Number.POSITIVE_INFINITY)
  })
})
