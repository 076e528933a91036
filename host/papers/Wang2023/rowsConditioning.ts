import { chargePhases } from "../../analysis/chargePhases"
import { pulse_ohm_cm2 } from "../common/pulses"
import { overpotential_mV, resultOf, wholeCycles } from "../common/results"
import { requireOf } from "../../cell"
import type { Printed, Row, RunResult } from "../paper"
import { runs } from "./runs"

/** Charge of the last phase of a direction, mAh cm⁻². */
function passed_mAh_per_cm2(result: RunResult, sign: 1 | -1): number | undefined {
  const phase = [...chargePhases(result.records())].filter((one) => one.sign === sign).at(-1)
  if (phase?.isKnown !== true) return undefined
  return phase.charge_mAh / requireOf(result.cell, "area_cm2", "mAh cm⁻²")
}

/** Between the last stripping and the plating after it, h. */
function rested_h(result: RunResult): number | undefined {
  const [stripping, plating] = chargePhases(result.records())
  return stripping && plating && (plating.start_s - stripping.end_s) / 3600
}

const cycles = (value: number, run: { key: string }): Printed => ({
  quantity: "cycles, the last ending stripped",
  value,
  qualifier: "=",
  unit: "cycles",
  source: "Section 2.2, Fig. S11",
  bar: "life",
  measure: (results) => wholeCycles(resultOf(results, run)),
})

const capacity = (quantity: string, value: number, sign: 1 | -1): Printed => ({
  quantity,
  value,
  qualifier: "=",
  unit: "mAh cm⁻²",
  source: "Section 2.1, Fig. 2",
  bar: "capacity",
  measure: (results) => passed_mAh_per_cm2(resultOf(results, runs.replate), sign),
})

const impedance = (name: string, run: { key: string }): Printed => ({
  quantity: `R_DC × area, ${name}`,
  value: undefined,
  qualifier: "=",
  unit: "Ω cm²",
  at: "10 s, mean of 0.5, 1 and 2 mA cm⁻², after 100 cycles",
  source: "Fig. S10",
  bar: "none",
  measure: (results) => pulse_ohm_cm2(resultOf(results, run)),
})

export const conditioningRows: readonly Row[] = [
  {
    id: "P1-T09",
    class: "C",
    technique: "impedance after cycling",
    conditions: "after 100 cycles of 1 mA cm⁻², 1 mAh cm⁻²",
    runs: [runs.silverPulses.key, runs.lithiumPulses.key],
    printed: [impedance("Li-Ag", runs.silverPulses), impedance("Li", runs.lithiumPulses)],
    substitute:
      "R_DC of pulses of 10 s, in the direction of the half-cycle before them: ohmic, film and transfer resistance in one.",
    notes: ["Only that Li-Ag's is lower is printed, no value."],
    plot: "resistance",
  },
  {
    id: "P1-T10",
    class: "A",
    technique: "strip, then plate, for post-mortem",
    conditions: "5, then 3 mAh cm⁻²; 1 mA cm⁻² is assumed",
    runs: [runs.replate.key],
    printed: [capacity("stripped", 5, -1), capacity("plated again", 3, 1)],
    notes: [
      "The text says that the silver-rich layer forms “during plating”: stripping is meant.",
      "“Li : Ag 81.1 : 19.9” adds up to 101; elsewhere it is 80.1.",
    ],
    plot: "voltage",
  },
  {
    id: "P1-T11",
    class: "A",
    technique: "strip, then 72 h at open circuit",
    conditions: "3 mA cm⁻², 3 mAh cm⁻²",
    runs: [runs.rested.key],
    printed: [
      {
        quantity: "rest between stripping and plating",
        value: 72,
        qualifier: "=",
        unit: "h",
        source: "Section 2.2, Fig. S13",
        bar: "capacity",
        measure: (results) => rested_h(resultOf(results, runs.rested)),
      },
    ],
    notes: ["That 3 mAh cm⁻² are plated after the rest is assumed; no voltage is printed."],
    plot: "voltage",
  },
  {
    id: "P1-T12",
    class: "A",
    technique: "galvanostatic symmetric conditioning",
    conditions: "3 mA cm⁻², 3 mAh cm⁻²",
    runs: [runs.silver_3.key],
    printed: [
      {
        quantity: "cycles",
        value: 100,
        qualifier: "=",
        unit: "cycles",
        source: "Section 2.2, Fig. S14",
        bar: "life",
        measure: (results) => wholeCycles(resultOf(results, runs.silver_3)),
      },
      {
        quantity: "overpotential η",
        value: undefined,
        qualifier: "=",
        unit: "mV",
        at: "cycle 100",
        source: "Section 2.2, Fig. S14",
        bar: "none",
        measure: (results) => overpotential_mV(resultOf(results, runs.silver_3), 100),
      },
    ],
    notes: [
      "No voltage is printed: the exchange current of 1 mA cm⁻² is assumed.",
      "A reaction layer of 70 µm on a foil of 50 µm, as printed after 100 cycles, can only be porous.",
    ],
    plot: "voltage",
  },
  {
    id: "P1-T13",
    class: "A",
    technique: "galvanostatic symmetric conditioning, ended stripped",
    conditions: "1 mA cm⁻², 1 mAh cm⁻², 10, 30 and 50 cycles",
    runs: [runs.silver_x10.key, runs.silver_x30.key, runs.silver_x50.key],
    printed: [
      cycles(10, runs.silver_x10),
      cycles(30, runs.silver_x30),
      cycles(50, runs.silver_x50),
    ],
    notes: ["A cycle is a plating and a stripping of the working electrode, in this order."],
    plot: "voltage",
  },
]
