import { requireOf } from "../../cell"
import { ionicActivation_eV } from "../common/arrhenius"
import { blockingResistances_ohm, meanOfKnown } from "../common/extrapolated"
import { type Results, resultOf } from "../common/results"
import type { Printed, Row, RunResult } from "../paper"
import { PELLETS, type Pellet, pelletAt, TEMPERATURES_degC } from "./runsPellets"

const NAMES = { LAC: "LAC", LPSC: "LPSC", SL: "SL 1:1" } as const
const ALL = Object.keys(PELLETS) as Pellet[]

const SUBSTITUTE =
  "R_DC: the voltage of the first 25 ms of a current, less what the electrodes charge by then"
const LUMPED =
  "Bulk and grain boundaries are lumped, as in the printed conductivity; the charging electrodes are left out."
const THICKNESS = "Thickness from 100 mg, a 10 mm die and an assumed density of 90 %."

function conductivity_S_per_cm(result: RunResult, pellet: Pellet): number | undefined {
  const resistance_ohm = meanOfKnown(blockingResistances_ohm(result.records()))
  if (resistance_ohm === undefined) return undefined
  return (
    PELLETS[pellet].thickness_cm / (resistance_ohm * requireOf(result.cell, "area_cm2", "S cm⁻¹"))
  )
}

const at = (results: Results, pellet: Pellet, temperature_degC: number) =>
  conductivity_S_per_cm(resultOf(results, { key: pelletAt(pellet, temperature_degC) }), pellet)

const conductivity = (pellet: Pellet, value: number, source: string): Printed => ({
  quantity: `conductivity, ${NAMES[pellet]}`,
  value,
  qualifier: "=",
  unit: "S cm⁻¹",
  at: "25 °C",
  source,
  bar: "overpotential",
  measure: (results) => at(results, pellet, 25),
})

const activation = (pellet: Pellet, value: number, source: string): Printed => ({
  quantity: `activation energy, ${NAMES[pellet]}`,
  value,
  qualifier: "=",
  unit: "eV",
  at: TEMPERATURES_degC.map((one) => `${one} °C`).join(", "),
  source,
  bar: "overpotential",
  measure: (results) => {
    const points = TEMPERATURES_degC.flatMap((temperature_degC) => {
      const value = at(results, pellet, temperature_degC)
      return value === undefined ? [] : [{ temperature_degC, value }]
    })
    return points.length < TEMPERATURES_degC.length ? undefined : ionicActivation_eV(points)
  },
})

export const pelletRows: readonly Row[] = [
  {
    class: "C",
    id: "P3-T01",
    technique: "EIS ionic conductivity at 25 °C",
    conditions: "100 mg pellets between blocking electrodes; 7 MHz to 1 Hz, 10 mV",
    runs: ALL.map((pellet) => pelletAt(pellet, 25)),
    printed: [
      conductivity("LAC", 1.8e-5, "Section 2, Fig. 2B"),
      conductivity("LPSC", 1e-3, "Section 2"),
      conductivity("SL", 1.7e-4, "Section 2"),
    ],
    substitute: SUBSTITUTE,
    notes: [LUMPED, THICKNESS],
    plot: "resistance",
  },
  {
    class: "C",
    id: "P3-T02",
    technique: "Arrhenius activation energy (EIS against temperature)",
    conditions: `−25 to 65 °C; ${TEMPERATURES_degC.join(", ")} °C assumed`,
    runs: ALL.flatMap((pellet) => TEMPERATURES_degC.map((one) => pelletAt(pellet, one))),
    printed: [
      activation("LAC", 0.46, "Section 2, Fig. 2B"),
      activation("LPSC", 0.44, "Section 2"),
      activation("SL", 0.47, "Section 2"),
    ],
    substitute: `${SUBSTITUTE}, in a chamber at each temperature`,
    notes: [LUMPED, "σT = s₀·exp(−Ea/kT), as in the paper.", THICKNESS],
    plot: "resistance",
  },
]
