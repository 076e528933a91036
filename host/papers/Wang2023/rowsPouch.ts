import { polarisation_V } from "../../analysis/mediumVoltage"
import { atCycle } from "../../analysis/overCycles"
import { requireOf } from "../../cell"
import {
  discharge_mAh_per_cm2,
  discharge_mAh_per_g,
  resultOf,
  retention_percent,
  scaled,
} from "../common/results"
import type { Printed, Row, RunResult } from "../paper"
import { STACK_ACTIVATION } from "./fullRuns"
import { runs } from "./runs"

const COIN =
  "A coin of the pouch's stack, 12 mm: currents and results are per area or per mass; ampere hours and energies of a pouch are not its to measure."
const ACTIVATED = "How many cycles at 0.1C activate is not printed: one is run and not counted."

const ofPouch = (quantity: string, value: number, unit: string, source: string): Printed => ({
  quantity,
  value,
  qualifier: quantity === "capacity" && value < 2 ? "≈" : "=",
  unit,
  source,
  bar: "none",
  measure: () => undefined,
})

const capacityPerArea = (run: { key: string }, cycle: number, at: string): Printed => ({
  quantity: "discharge capacity per area, coin",
  value: undefined,
  qualifier: "=",
  unit: "mAh cm⁻²",
  at,
  source: "Section 2.3",
  bar: "none",
  measure: (results) => discharge_mAh_per_cm2(resultOf(results, run), cycle),
})

const energy_Wh = (result: RunResult, cycle: number) =>
  atCycle(result.cycles(), cycle)?.stripping?.energy_Wh

const energyPerArea = (run: { key: string }, cycle: number, at: string): Printed => ({
  quantity: "discharge energy per area, coin",
  value: undefined,
  qualifier: "=",
  unit: "mWh cm⁻²",
  at,
  source: "Section 2.3",
  bar: "none",
  measure: (results) => {
    const result = resultOf(results, run)
    return scaled(energy_Wh(result, cycle), 1000 / requireOf(result.cell, "area_cm2", "mWh cm⁻²"))
  },
})

/** Cycles of the run that raises the voltage. */
const LOW = STACK_ACTIVATION + 1
const HIGH = STACK_ACTIVATION + 2

const capacityTo = (cycle: number, value: number, at: string): Printed => ({
  quantity: "discharge capacity",
  value,
  qualifier: "=",
  unit: "mAh g⁻¹",
  at,
  source: "Section 2.3, Fig. S23–S25",
  bar: "capacity",
  measure: (results) => discharge_mAh_per_g(resultOf(results, runs.pouchRaised), cycle),
})

const mediumTo = (cycle: number, value: number, at: string): Printed => ({
  quantity: "mid-value voltage of the discharge",
  value,
  qualifier: "=",
  unit: "V",
  at,
  source: "Section 2.3",
  bar: "capacity",
  measure: (results) =>
    atCycle(resultOf(results, runs.pouchRaised).cycles(), cycle)?.stripping?.medium_V,
  note: "When half of the charge has passed.",
})

export const pouchRows: readonly Row[] = [
  {
    id: "P1-T22",
    class: "D",
    technique: "pouch cell of 1.4 Ah, NCM622‖Li-Ag: capacity and cycling",
    conditions: "0.1C, then 0.2C, 2.8 … 4.3 V, 50 cycles",
    runs: [runs.pouch.key],
    printed: [
      ofPouch("capacity", 1.4, "Ah", "Section 2.3, Fig. 5"),
      capacityPerArea(runs.pouch, STACK_ACTIVATION + 1, "first cycle at 0.2C"),
      ofPouch("energy density", 836, "Wh L⁻¹", "Section 2.3"),
      energyPerArea(runs.pouch, STACK_ACTIVATION + 1, "first cycle at 0.2C"),
      {
        quantity: "capacity retention, cycle 50 ÷ cycle 1 at 0.2C",
        value: 95.5,
        qualifier: "=",
        unit: "%",
        source: "Section 2.3, Fig. 5d",
        bar: "capacity",
        measure: (results) =>
          retention_percent(
            resultOf(results, runs.pouch),
            STACK_ACTIVATION + 50,
            STACK_ACTIVATION + 1,
          ),
      },
      {
        quantity: "growth of polarisation, cycle 20 → 50",
        value: 10,
        qualifier: "=",
        unit: "mV",
        source: "Section 2.3, Fig. 5e",
        bar: "overpotential",
        measure: (results) => {
          const cycles = resultOf(results, runs.pouch).cycles()
          const [before_V, after_V] = [20, 50].map((cycle) => {
            const row = atCycle(cycles, STACK_ACTIVATION + cycle)
            return row && polarisation_V(row)
          })
          if (before_V === undefined || after_V === undefined) return undefined
          return 1000 * (after_V - before_V)
        },
        note: "Medium voltage of charge less that of discharge.",
      },
    ],
    substitute: COIN,
    notes: [
      ACTIVATED,
      "1.4 Ah at 184.3 mAh g⁻¹ and 15.2 mg cm⁻² are 500 cm² of cathode, and 836 Wh L⁻¹ a volume of 6.3 cm³.",
      "Its N/P of 2 with 30 µm asks for 198 mAh g⁻¹; with 184.3 it is 2.15.",
      "The caption's “2.6 Ah⁻¹” of electrolyte has lost its gram.",
    ],
    plot: "capacity",
  },
  {
    id: "P1-T23",
    class: "D",
    technique: "pouch cell: a higher charge cutoff",
    conditions: "0.2C, 2.8 … 4.3 and 2.8 … 4.55 V",
    runs: [runs.pouchRaised.key],
    printed: [
      capacityTo(LOW, 184.3, "4.3 V"),
      capacityTo(HIGH, 211.4, "4.55 V"),
      mediumTo(LOW, 3.77, "4.3 V"),
      mediumTo(HIGH, 3.81, "4.55 V"),
      {
        quantity: "discharge energy to 4.55 V ÷ to 4.3 V, 16 % more",
        value: 116,
        qualifier: "=",
        unit: "%",
        source: "Section 2.3",
        bar: "capacity",
        measure: (results) => {
          const result = resultOf(results, runs.pouchRaised)
          const [low_Wh, high_Wh] = [LOW, HIGH].map((cycle) => energy_Wh(result, cycle))
          return low_Wh && high_Wh && (100 * high_Wh) / low_Wh
        },
        note: "The measured energies of both discharges; the printed capacities and mid-value voltages make it 15.9 % more.",
      },
    ],
    substitute: COIN,
    notes: [ACTIVATED],
    plot: "voltage",
  },
  {
    id: "P1-T24",
    class: "D",
    technique: "pouch cell of 5.2 Ah, NCM811‖Li-Ag",
    conditions: "rate not printed, 0.1C is assumed; 2.8 … 4.3 V assumed",
    runs: [runs.pouch811.key],
    printed: [
      ofPouch("capacity", 5.2, "Ah", "Section 2.3, Fig. S27"),
      capacityPerArea(runs.pouch811, 1, "0.1C"),
      ofPouch("energy density", 483, "Wh kg⁻¹", "Section 2.3"),
      energyPerArea(runs.pouch811, 1, "0.1C"),
    ],
    substitute: COIN,
    notes: [
      "The paper prints ampere hours of a cell whose area it does not: the coin's 205 mAh g⁻¹ are assumed.",
      "The paragraph on NCM811 names NCM622.",
    ],
    plot: "voltage",
  },
]
