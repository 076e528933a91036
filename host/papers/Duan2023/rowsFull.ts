import { dischargeOverCharge } from "../../analysis/coulombicEfficiency"
import { initialEfficiency } from "../../analysis/initialEfficiency"
import { atCycle } from "../../analysis/overCycles"
import { requireOf } from "../../cell"
import { settledResistances_ohm } from "../common/extrapolated"
import { lifeCycles } from "../common/life"
import {
  discharge_mAh_per_g,
  type Results,
  resultOf,
  retention_percent,
  scaled,
  wholeCycles,
} from "../common/results"
import type { Printed, Row, RunResult } from "../paper"
import { layerOf, OTHER_LAYERS } from "./runsFull"

const key = (name: string) => `Duan2023/${name}`
const of = (results: Results, name: string) => resultOf(results, { key: key(name) })

const ONE_C =
  "7.0 mg of LCO, 8.91 mg cm⁻²; 1C is not defined: 140 mA g⁻¹, 1.25 mA cm⁻², are assumed."
const SHELF =
  "The two days of rest are spent on the shelf: the channel's input, some tens of nA, would shift the first efficiency by 0.1 to 0.2 %."
const HIDDEN =
  "The layer's 5 mg of LAC take up 3.05 mAh, 3.9 mAh cm⁻², of lithium before the first cycle, which the paper does not count."

const initialEfficiency_percent = (result: RunResult) =>
  scaled(initialEfficiency(dischargeOverCharge(result.cycles()))?.efficiency, 100)

/** The charge that went on in vain: of the first cycle that has no discharge after it. */
function shortedCycle(result: RunResult): number | undefined {
  const last = result.cycles().at(-1)
  return last?.plating?.complete && last.stripping === undefined ? last.cycle : undefined
}

function rate_C(result: RunResult): number | undefined {
  const current_A = result.cycles().at(0)?.plating?.current_A
  return current_A && (1000 * current_A) / requireOf(result.cell, "capacity_mAh", "a C-rate")
}

/** R_DC of the `part` of all pulses: 0 the first, 1 the last. */
function pulse_ohm(result: RunResult, part: number): number | undefined {
  const found = settledResistances_ohm(result.records())
  return found.at(Math.round(part * (found.length - 1)))
}

const titrated = (at: string, part: number): Printed => ({
  quantity: "R_DC",
  value: undefined,
  qualifier: "=",
  unit: "Ω",
  at,
  source: "Experimental",
  bar: "none",
  measure: (results) => pulse_ohm(of(results, "LCO, titration"), part),
})

export const fullRows: readonly Row[] = [
  {
    class: "A",
    id: "P3-T10",
    technique: "galvanostatic first cycle, full cell",
    conditions: "2.6–4.2 V after two days of rest; 0.1C assumed",
    runs: [key("LCO, first cycle")],
    printed: [
      {
        quantity: "initial discharge capacity",
        value: 137.5,
        qualifier: "=",
        unit: "mAh g⁻¹",
        source: "Section 2, Fig. 4A",
        bar: "capacity",
        measure: (results) => discharge_mAh_per_g(of(results, "LCO, first cycle"), 1),
      },
      {
        quantity: "initial Coulombic efficiency",
        value: 96,
        qualifier: "=",
        unit: "%",
        source: "Section 2, Fig. 4A",
        bar: "efficiency",
        measure: (results) => initialEfficiency_percent(of(results, "LCO, first cycle")),
      },
      {
        quantity: "charge plateau, medium voltage",
        value: 3.9,
        qualifier: "=",
        unit: "V",
        source: "Section 2",
        bar: "capacity",
        measure: (results) =>
          atCycle(of(results, "LCO, first cycle").cycles(), 1)?.plating?.medium_V,
        note: "The voltage when half of the charge has passed.",
      },
    ],
    notes: [
      "The rate of the first cycle is not stated.",
      "137.5 mAh g⁻¹ at 96 % are a charge of 143.2 mAh g⁻¹: consistent.",
      SHELF,
      ONE_C,
      HIDDEN,
    ],
    plot: "capacity",
  },
  {
    class: "A",
    id: "P3-T11",
    technique: "galvanostatic cycling",
    conditions: "0.3C, 2.6–4.2 V",
    runs: [key("LCO, 0.3C")],
    printed: [
      {
        quantity: "capacity retention, cycle 100 ÷ cycle 1",
        value: 71,
        qualifier: "=",
        unit: "%",
        at: "cycle 100; “over 100 cycles”",
        source: "Section 2, Fig. 4B",
        bar: "capacity",
        measure: (results) => retention_percent(of(results, "LCO, 0.3C"), 100, 1),
      },
    ],
    notes: [
      ONE_C,
      "71 % after 100 cycles are 0.34 % a cycle; the same fade would leave 9 % of the 700 cycles claimed at 1C.",
    ],
    plot: "capacity",
  },
  {
    class: "A",
    id: "P3-T12",
    technique: "galvanostatic cycling",
    conditions: "1C, 2.6–4.2 V",
    runs: [key("LCO, 1C")],
    printed: [
      {
        quantity: "discharge capacity",
        value: 115,
        qualifier: "=",
        unit: "mAh g⁻¹",
        at: "cycle 1",
        source: "Section 2, Fig. 4C",
        bar: "capacity",
        measure: (results) => discharge_mAh_per_g(of(results, "LCO, 1C"), 1),
      },
      {
        quantity: "life",
        value: 700,
        qualifier: ">",
        unit: "cycles",
        source: "Section 2, Fig. 4C",
        bar: "life",
        measure: (results) =>
          lifeCycles(of(results, "LCO, 1C"), { kind: "retentionBelow", ratio: 0.5, reference: 1 }),
        note: "With half of the first capacity as its end; the protocol ends one cycle beyond the bound.",
      },
      {
        quantity: "capacity retention, cycle 700 ÷ cycle 1",
        value: undefined,
        qualifier: "=",
        unit: "%",
        source: "not stated",
        bar: "none",
        measure: (results) => retention_percent(of(results, "LCO, 1C"), 700, 1),
        note: "Assumed in the simulated cell.",
      },
    ],
    notes: [
      ONE_C,
      "No retention is printed at 1C, and no criterion of the life; the fade at 0.3C would leave 9 %.",
    ],
    plot: "capacity",
  },
  {
    class: "A",
    id: "P3-T13",
    technique: "galvanostatic cycling (control) with dendrite short",
    conditions: "2.6–4.2 V; 0.1C assumed",
    runs: [key("LCO without SL")],
    printed: [
      {
        quantity: "short circuit in the charge of cycle",
        value: undefined,
        qualifier: "=",
        unit: "cycles",
        source: "Fig. S11",
        bar: "none",
        measure: (results) => shortedCycle(of(results, "LCO without SL")),
        note: "No time is printed: that of the simulated cell is assumed.",
      },
      {
        quantity: "whole cycles before it",
        value: undefined,
        qualifier: "=",
        unit: "cycles",
        source: "Fig. S11",
        bar: "none",
        measure: (results) => wholeCycles(of(results, "LCO without SL")),
      },
    ],
    notes: [
      "The protocol ends when a charge falls below 2.4 V or passes 1.5 times the cathode's capacity: a shorted cell never comes to 4.2 V.",
      ONE_C,
    ],
    plot: "voltage",
  },
  {
    class: "C",
    id: "P3-T14",
    technique: "in situ EIS during 0.07C cycling",
    conditions: "0.07C, 2–4.2 V, EIS after each hour with 1 h of rest before and after",
    runs: [key("LCO, titration")],
    printed: [
      {
        quantity: "C-rate",
        value: 0.07,
        qualifier: "=",
        unit: "C",
        source: "Experimental",
        bar: "capacity",
        measure: (results) => rate_C(of(results, "LCO, titration")),
      },
      titrated("first hour of the charge", 0),
      titrated("half-way", 0.5),
      titrated("last hour of the discharge", 1),
    ],
    substitute: "R_DC: a pulse of 10 s at 0.07C after each hour, in its direction",
    notes: [
      "Another protocol than the cycling, which goes from 2.6 to 4.2 V.",
      "R_DC holds all that answers within about a second; the line through voltage over charge is taken back to no charge, so that the rise of the open-circuit voltage is not in it.",
      ONE_C,
    ],
    plot: "resistance",
  },
  {
    class: "A",
    id: "P3-T15",
    technique: "galvanostatic first cycle, other reactants in the SL",
    conditions: "2.6–4.2 V after two days of rest; 0.1C assumed",
    runs: OTHER_LAYERS.map(layerOf),
    printed: OTHER_LAYERS.map((layer) => ({
      quantity: `initial Coulombic efficiency, ${layer}`,
      value: 92,
      qualifier: ">",
      unit: "%",
      source: "Section 2, Fig. 4D, E, S12",
      bar: "efficiency",
      measure: (results) => initialEfficiency_percent(resultOf(results, { key: layerOf(layer) })),
      note: "93 % of the simulated cells are assumed.",
    })),
    notes: ["One bound for all five layers; the rate is not stated.", SHELF, ONE_C],
    plot: "capacity",
  },
]
