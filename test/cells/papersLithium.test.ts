/**
 * Nucleation, strip-to-cutoff, efficiency of foils and shorts as printed, on an ideal source.
 */
import { describe, expect, test } from "vitest"
import { cellCatalogue } from "../../sim/cells/catalogue"
import { IdealCycler } from "./idealCycler"

function cyclerFor(name: string): IdealCycler {
  const entry = cellCatalogue[name]
  return new IdealCycler(entry.make(), entry.area_cm2)
}

describe("nucleation, tip less plateau", () => {
  /** In mV, of a plating current that is `sign` at the terminals; 2 mAh cm⁻² are plated. */
  function nucleation_mV(name: string, sign: number, stripped_mAh_per_cm2 = 0) {
    const entry = cellCatalogue[name]
    const cycler = cyclerFor(name)
    if (stripped_mAh_per_cm2 > 0) cycler.pass(-sign, stripped_mAh_per_cm2)
    const current_A = sign * 1e-3 * entry.area_cm2
    let tip_V = 0
    // Silver alloys for a quarter of an hour before.
    for (let k = 0; k < 60_000; k++) {
      cycler.cell.advance(current_A, 0.02)
      tip_V = Math.max(tip_V, sign * cycler.cell.voltage_V(current_A))
    }
    cycler.pass(sign, 1.2)
    const plateau_V = sign * cycler.cell.voltage_V(current_A)
    return { tip: tip_V * 1000, plateau: plateau_V * 1000, nucleation: (tip_V - plateau_V) * 1000 }
  }

  test.each([
    [0, 86],
    [3, 73],
    [5, 54],
    [7, 56],
  ])("Wang2023 Li-Ag, after stripping %d mAh cm⁻²: %d mV", (stripped, printed_mV) => {
    const { nucleation } = nucleation_mV("Wang2023 Li-Ag, nucleation", 1, stripped)
    expect(Math.abs(nucleation - printed_mV)).toBeLessThan(0.025 * printed_mV)
  })

  test("Wang2023 Ag foil: 47 mV", () => {
    const { nucleation } = nucleation_mV("Wang2023 Ag foil, nucleation", -1)
    expect(Math.abs(nucleation - 47)).toBeLessThan(0.025 * 47)
  })

  test("Zhang2021 bare lithium: tip 27, plateau 20, 7 mV between; none on Li3Mg7", () => {
    const bare = nucleation_mV("Zhang2021 bare Li, 1 mA/cm2", 1)
    expect(Math.abs(bare.tip - 27)).toBeLessThan(0.5)
    expect(Math.abs(bare.plateau - 20)).toBeLessThan(0.5)
    expect(Math.abs(bare.nucleation - 7)).toBeLessThan(0.5)
    for (const name of ["Li3Mg7@Li", "Li3Mg7@Li 170 degC", "Li3Mg7@Li 230 degC"])
      expect(nucleation_mV(`Zhang2021 ${name}, 1 mA/cm2`, 1).nucleation).toBeLessThan(0.5)
  })

  test.each([
    ["Wang2023 Li, 1 mA/cm2", "Wang2023 Li-Ag, 1 mA/cm2"],
    ["Ding2022 HCN/Li, 1 mA/cm2", "Ding2022 WN/Mo2N@HCN/Li, 1 mA/cm2"],
    ["Ding2022 WN@HCN/Li, 1 mA/cm2", "Ding2022 Mo2N@HCN/Li, 1 mA/cm2"],
  ])("%s shows more than %s", (more, less) => {
    expect(nucleation_mV(more, 1).nucleation).toBeGreaterThan(
      nucleation_mV(less, 1).nucleation + 10,
    )
  })
})

describe("strip to 1.0 V", () => {
  test.each([
    ["Ma2024 35 um K-Li@AlN foil, strip", 0.5, 4.46, "mAh cm⁻²"],
    ["Wang2023 50 um Li-Ag foil", 1, 3400, "mAh g⁻¹"],
    ["Wang2023 Li-Ag foil, 30 wt%", 1, 2700, "mAh g⁻¹"],
    ["Zhang2021 200 um Li3Mg7@Li foil, strip", 1, 3408, "mAh g⁻¹"],
  ])("%s at %d mA cm⁻²: %d %s", (name, current_mA_per_cm2, printed, unit) => {
    const { activeMass_mg = Number.NaN, area_cm2 } = cellCatalogue[name]
    const current_A = current_mA_per_cm2 * 1e-3 * area_cm2
    const found_mAh = cyclerFor(name).until_V(current_A, 1, 10 * area_cm2)
    const found = unit === "mAh cm⁻²" ? found_mAh / area_cm2 : found_mAh / (activeMass_mg * 1e-3)
    expect(Math.abs(found / printed - 1)).toBeLessThan(0.005)
  })

  test.each([
    ["Wang2023 50 um Li-Ag foil", 0.985],
    ["Wang2023 50 um Li foil", 0.962],
  ])("%s: 1 − (Q₀ − Q_end)/(n·Q_c) after fifty cycles is %d", (name, printed) => {
    const { area_cm2 } = cellCatalogue[name]
    const strip = (cycler: IdealCycler) =>
      cycler.until_V(1e-3 * area_cm2, 1, 10 * area_cm2) / area_cm2
    const fresh = strip(cyclerFor(name))
    const cycler = cyclerFor(name)
    for (let n = 0; n < 50; n++) {
      cycler.pass(1, 1)
      cycler.pass(-1, 1)
    }
    expect(Math.abs(1 - (fresh - strip(cycler)) / 50 - printed)).toBeLessThan(0.0005)
  })
})

describe("shorts", () => {
  test("Duan2023 Li/LPSC/Li: within a cycle of 20 h at 0.5 mA cm⁻², |V| falls by more than 80 %", () => {
    const cycler = cyclerFor("Duan2023 Li/LPSC/Li, 0.5 mA/cm2")
    const current_A = 0.5e-3 * cycler.area_cm2
    let hours = 0
    for (let sign = 1; hours < 25; hours += 0.05) {
      if (Math.round(hours * 20) % 20 === 0 && hours > 0) sign = -sign
      cycler.pass(sign * 0.5, 0.025)
      if (Math.abs(cycler.cell.voltage_V(sign * current_A)) < 0.2 * 0.04) break
    }
    expect(Math.abs(hours - 20)).toBeLessThan(0.2)
  })

  test("Duan2023 Li/SL/Li: 441 Ω fall while it rests, then 1 Ω from 48 h on", () => {
    const { cell } = cyclerFor("Duan2023 Li/SL/Li, rest")
    const resistance_ohm = () => cell.voltage_V(50e-6) / 50e-6
    expect(resistance_ohm()).toBeCloseTo(441, 6)
    cell.advance(0, 12 * 3600)
    expect(resistance_ohm()).toBeCloseTo(441 / Math.E, 6)
    cell.advance(0, 35.9 * 3600)
    expect(resistance_ohm()).toBeGreaterThan(5)
    cell.advance(0, 0.2 * 3600)
    expect(resistance_ohm()).toBeCloseTo(1, 9)
  })

  test("Duan2023 Li/SL/LPSC/SL/Li settles within 18 h, or eight cycles of 2 h", () => {
    const resting = cyclerFor("Duan2023 Li/SL/LPSC/SL/Li, 0.5 mA/cm2")
    const fresh_V = resting.cell.voltage_V(1e-4)
    resting.rest(18)
    const settled_V = resting.cell.voltage_V(1e-4)
    resting.rest(100)
    expect((settled_V - resting.cell.voltage_V(1e-4)) / (fresh_V - settled_V)).toBeLessThan(0.03)
    const cycled = cyclerFor("Duan2023 Li/SL/LPSC/SL/Li, 0.5 mA/cm2")
    const found_mV = Array.from({ length: 100 }, () => cycled.cycle_mV(0.5, 0.5))
    expect(found_mV[7] / found_mV[99] - 1).toBeLessThan(0.05)
    expect(found_mV[0] / found_mV[99] - 1).toBeGreaterThan(0.3)
  })
})
