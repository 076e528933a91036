import { lifeHours } from "../common/life"
import { hysteresis_mV, meanOverpotential_mV, resultOf } from "../common/results"
import type { Printed, Row } from "../paper"
import { runs } from "./runs"

const mild = {
  class: "A",
  technique: "galvanostatic symmetric plating/stripping",
  conditions: "1 mA cm⁻², 1 mAh cm⁻²",
  plot: "voltage",
} as const

export const CRITERION =
  "Life ends, on the board and here, with the first cycle whose η is over twice that of cycle 10; the paper gives no criterion."
const UNITS =
  "The experimental part writes “1 mA cm⁻² @ 1 mA cm⁻²”: the second is mAh cm⁻², as the captions have it."
export const TWO_SETS =
  "17 mV at 1 mA cm⁻² are 17 Ω cm², 30 mV at 20 mA cm⁻² are 1.5 Ω cm²: no single cell does both, so each current has a simulated cell of its own."

const controlLife = (run: { key: string }): Printed => ({
  quantity: "life",
  value: 850,
  qualifier: "<",
  unit: "h",
  source: "Section 2.2, Fig. 3a",
  bar: "life",
  measure: (results) => lifeHours(resultOf(results, run)),
  note: "When the simulated cell fails is assumed; only the bound is printed.",
})

const control = (id: string, name: string, run: { key: string }): Row => ({
  ...mild,
  id,
  technique: `${mild.technique}, ${name}`,
  runs: [run.key],
  printed: [controlLife(run)],
  notes: [CRITERION, "The overpotential is shown, but no value is printed."],
})

const early = (name: string, run: { key: string }): Printed => ({
  quantity: `η, mean of the first 100 h, ${name}`,
  value: undefined,
  qualifier: "=",
  unit: "mV",
  at: "cycles 1 … 50",
  source: "Section 2.2",
  bar: "none",
  measure: (results) => meanOverpotential_mV(resultOf(results, run), 1, 50),
})

export const mildRows: readonly Row[] = [
  {
    ...mild,
    id: "P0-T01",
    runs: [runs.kneaded_1.key],
    printed: [
      {
        quantity: "life",
        value: 1000,
        qualifier: ">",
        unit: "h",
        source: "Section 2.2, Fig. 3a",
        bar: "life",
        measure: (results) => lifeHours(resultOf(results, runs.kneaded_1)),
        note: "The protocol ends there, one cycle beyond the printed bound.",
      },
      {
        quantity: "overpotential η",
        value: 17,
        qualifier: "≈",
        unit: "mV",
        at: "mean of cycles 10 … 500",
        source: "Section 2.2, Fig. 3a, b",
        bar: "overpotential",
        measure: (results) => meanOverpotential_mV(resultOf(results, runs.kneaded_1), 10, 500),
        note: "The simulated cell is fitted to it, taken as half of the gap.",
      },
      {
        quantity: "the same as 2η",
        value: undefined,
        qualifier: "=",
        unit: "mV",
        at: "cycle 100",
        source: "Section 2.2, Fig. 3a, b",
        bar: "none",
        measure: (results) => hysteresis_mV(resultOf(results, runs.kneaded_1), 100),
      },
    ],
    notes: [
      CRITERION,
      UNITS,
      TWO_SETS,
      "The conclusion claims a high Coulombic efficiency for symmetric cells: Li‖Li cannot show one.",
    ],
  },
  control("P0-T02", "P-Li (control)", runs.bare_1),
  control("P0-T03", "K-Li (control)", runs.kneadedOnly_1),
  control("P0-T04", "K-Li@Li₃N (control)", runs.nitride_1),
  {
    ...mild,
    id: "P0-T05",
    technique: "initial overpotential compared, first 100 h (symmetric)",
    runs: [runs.kneaded_1, runs.bare_1, runs.kneadedOnly_1, runs.nitride_1].map(({ key }) => key),
    printed: [
      early("K-Li@AlN", runs.kneaded_1),
      early("P-Li", runs.bare_1),
      early("K-Li", runs.kneadedOnly_1),
      early("K-Li@Li₃N", runs.nitride_1),
    ],
    notes: [
      "Only the order is printed: K-Li@AlN below its controls. The controls' values are assumed.",
    ],
    plot: "hysteresis",
  },
]
