import { describe, expect, test } from "vitest"
import { activationEnergy_kJ_per_mol, ionicActivation_eV } from "../../host/papers/common/arrhenius"
import { duan2023 } from "../../host/papers/Duan2023/index"
import { record, type SyntheticStep } from "../analysis/synthetic"
import { measuredOf } from "./madeResult"

describe("of records that are made up", () => {
  const rest = (duration_s: number, voltage_V = 0): SyntheticStep => ({
    current_A: 0,
    duration_s,
    voltage_V: () => voltage_V,
  })

  test("a shelf test's short is its first pulse below 5 Ω", () => {
    const steps = Array.from({ length: 300 }, (_, k): SyntheticStep[] => [
      rest(598),
      {
        current_A: 5e-4,
        stepType: "pulse",
        duration_s: 2,
        voltage_V: () => 5e-4 * (k < 288 ? 441 - k : 1),
      },
    ])
    const [hours, fresh_ohm] = measuredOf(duan2023, "P3-T03", {
      "Duan2023/shelf": record(steps.flat()),
    })
    expect(hours).toBeCloseTo((288 * 600 + 598) / 3600, 6)
    expect(fresh_ohm).toBeCloseTo(441, 6)
  })

  test("an interface has settled when its resistance stays within 2 % of the last", () => {
    const ohm = (k: number) => 100 * (1 + (k < 30 ? 0.3 - 0.01 * k + 0.0201 : 0))
    const steps = Array.from({ length: 72 }, (_, k): SyntheticStep[] => [
      rest(1790),
      { current_A: 4e-4, stepType: "pulse", duration_s: 10, voltage_V: () => 4e-4 * ohm(k) },
    ])
    const [hours] = measuredOf(duan2023, "P3-T04", { "Duan2023/settling": record(steps.flat()) })
    expect(hours).toBeCloseTo((30 * 1800 + 1790) / 3600, 6)
  })

  test("a pellet's conductivity is that of the first 25 ms, without what the electrodes charge", () => {
    const current_A = 2e-4
    const pellet_ohm = 0.0761 / (1e-3 * 0.785)
    const times_s = Array.from({ length: 10 }, (_, k) => (k + 1) / 10)
    const pulse: SyntheticStep = {
      current_A,
      stepType: "pulse",
      duration_s: 1,
      // The first voltage is 12.5 ms old, the others 17.5 ms before their time; 1 mF.
      voltage_V: (t) => current_A * (pellet_ohm + (t < 0.11 ? 0.0125 : t - 0.0175) / 1e-3),
      times_s,
    }
    const [lac, lpsc] = measuredOf(duan2023, "P3-T01", {
      "Duan2023/LPSC pellet, 25 degC": record([rest(60), pulse, rest(60, 0.2)]),
    })
    expect(lpsc).toBeCloseTo(1e-3, 9)
    expect(lac).toBeUndefined()
  })

  test("a charge that no discharge follows is the short's", () => {
    const step = (cycle: number, sign: number): SyntheticStep => ({
      cycle,
      current_A: sign * 9.8e-5,
      duration_s: 36_000,
      voltage_V: () => 3.9 + 0.05 * sign,
    })
    const steps = [step(1, 1), step(1, -1), step(2, 1), step(2, -1), step(3, 1)]
    const measured = measuredOf(duan2023, "P3-T13", {
      "Duan2023/LCO without SL": record(steps),
    })
    expect(measured).toEqual([3, 2])
  })
})

test("activation energies come back from exact exponentials, not from two points", () => {
  const at = (value: (kelvin: number) => number) =>
    [-25, 0, 25, 65].map((temperature_degC) => ({
      temperature_degC,
      value: value(temperature_degC + 273.15),
    }))
  const resistances = at((kelvin) => 3 * Math.exp(52_950 / (8.314462618 * kelvin)))
  expect(activationEnergy_kJ_per_mol(resistances)).toBeCloseTo(52.95, 9)
  const conductivities = at((kelvin) => (7 / kelvin) * Math.exp(-0.46 / (8.617333262e-5 * kelvin)))
  expect(ionicActivation_eV(conductivities)).toBeCloseTo(0.46, 9)
  expect(activationEnergy_kJ_per_mol(resistances.slice(0, 2))).toBeUndefined()
})
