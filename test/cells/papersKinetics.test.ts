/**
 * Exchange currents and voltammetry, conductivities and activation energies as printed, on an ideal source.
 */
import { describe, expect, test } from "vitest"
import { cellCatalogue } from "../../sim/cells/catalogue"
import type { Cell } from "../../sim/cells/cell"
import { FARADAY_C_per_mol, GAS_J_per_mol_K } from "../../sim/cells/constants"
import { rootOf } from "../../sim/cells/root"
import { IdealCycler } from "./idealCycler"

/** Current density at which a cell has settled to a voltage; in mA cm⁻². */
function atVoltage_mA_per_cm2(make: () => Cell, area_cm2: number, voltage_V: number): number {
  const settled_V = (current_A: number) => {
    const cell = make()
    cell.advance(current_A, 30)
    return cell.voltage_V(current_A) - voltage_V
  }
  return (rootOf(settled_V, 0, 0.1 * area_cm2, 1e-9) / area_cm2) * 1000
}

describe("exchange current, by micropolarisation and at 200 mV", () => {
  test.each([
    ["Ma2024 K-Li@AlN, Tafel", 9.12e-3, 5],
    ["Ma2024 bare Li, Tafel", 9.6e-4, 5],
    ["Ding2022 composite, Tafel", 1.181, 3],
    ["Ding2022 Li foil, Tafel", 0.293, 3],
    ["Zhang2021 Li3Mg7@Li, Tafel", 3.71, 4],
    ["Zhang2021 LiH@Li, Tafel", 2.13, 4],
    ["Zhang2021 bare Li, Tafel", 0.41, 4],
  ])("%s: %d mA cm⁻², with %d Ω cm² taken off", (name, printed, resistance_ohm_cm2) => {
    const { area_cm2, make } = cellCatalogue[name]
    const thermal_mV = (GAS_J_per_mol_K * 298.15 * 1e3) / FARADAY_C_per_mol
    const found = [2, 200].map((voltage_mV) => {
      const i = atVoltage_mA_per_cm2(make, area_cm2, voltage_mV * 1e-3)
      const electrode_mV = (voltage_mV - i * resistance_ohm_cm2) / 2
      return i / (2 * Math.sinh(electrode_mV / (2 * thermal_mV)))
    })
    for (const exchange of found) expect(Math.abs(exchange / printed - 1)).toBeLessThan(0.005)
  })

  test("Wang2023: Li-Ag passes more than Li at 100 mV, about 4 mA cm⁻²", () => {
    const [alloy, lithium] = ["Wang2023 Li-Ag, CV", "Wang2023 Li, CV"].map((name) => {
      const { area_cm2 } = cellCatalogue[name]
      const plating = () => {
        const cycler = new IdealCycler(cellCatalogue[name].make(), area_cm2)
        cycler.pass(1, 0.5)
        return cycler.cell
      }
      return atVoltage_mA_per_cm2(plating, area_cm2, 0.1)
    })
    expect(alloy).toBeGreaterThan(3.5)
    expect(alloy).toBeLessThan(4.5)
    expect(lithium).toBeLessThan(0.75 * alloy)
  })
})

describe("pellets between blocking electrodes", () => {
  const resistance_ohm = (pellet: string, temperature_C: number) =>
    cellCatalogue[`Duan2023 ${pellet} pellet, ${temperature_C} degC`].make().voltage_V(1e-6) / 1e-6

  test.each([
    ["LAC", 1.8e-5, 0.0715, 0.46],
    ["LPSC", 1e-3, 0.0761, 0.44],
    ["SL", 1.7e-4, 0.0737, 0.47],
  ])("%s: %d S cm⁻¹ at %d cm, %d eV", (pellet, conductivity, thickness_cm, activation_eV) => {
    expect(thickness_cm / (resistance_ohm(pellet, 25) * 0.785) / conductivity).toBeCloseTo(1, 9)
    const [cold_K, warm_K] = [248.15, 338.15]
    const ratio = (resistance_ohm(pellet, -25) * warm_K) / (resistance_ohm(pellet, 65) * cold_K)
    const boltzmann_eV_per_K = GAS_J_per_mol_K / FARADAY_C_per_mol
    const found_eV = (Math.log(ratio) * boltzmann_eV_per_K) / (1 / cold_K - 1 / warm_K)
    expect(found_eV).toBeCloseTo(activation_eV, 9)
  })
})

test.each([
  ["composite", 41.21, 52.95],
  ["Li", 222.7, 60.38],
])(
  "Ding2022 NCM811, %s: charge transfer %d Ω, and %d kJ mol⁻¹ by pulses",
  (anode, printed, energy) => {
    const transfer_ohm = (temperature_C: number) => {
      const cell = cellCatalogue[`Ding2022 NCM811, ${anode}, ${temperature_C} degC`].make()
      cell.advance(1e-4, 3600)
      cell.advance(0, 3600)
      cell.advance(1e-5, 20)
      const pulse_V = cell.voltage_V(1e-5)
      cell.advance(0, 600)
      // The ohmic part is in both, and so is the charge.
      return (pulse_V - cell.voltage_V(1e-5)) / 1e-5
    }
    expect(Math.abs(transfer_ohm(25) / printed - 1)).toBeLessThan(0.005)
    const inverse_per_K = 1 / 283.15 - 1 / 328.15
    const found = (GAS_J_per_mol_K * Math.log(transfer_ohm(10) / transfer_ohm(55))) / inverse_per_K
    expect(Math.abs(found / 1000 / energy - 1)).toBeLessThan(0.005)
  },
)
