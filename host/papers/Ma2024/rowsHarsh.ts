import { cumulativeCharges } from "../../analysis/cumulativeCharge"
import { requireOf } from "../../cell"
import { lifeHours } from "../common/life"
import { linearity, pulse_ohm_cm2 } from "../common/pulses"
import { hysteresis_mV, meanOverpotential_mV, resultOf } from "../common/results"
import type { Printed, Row, RunResult } from "../paper"
import { CRITERION, TWO_SETS } from "./rowsMild"
import { runs } from "./runs"

const harsh = {
  class: "A",
  technique: "galvanostatic symmetric plating/stripping, harsh",
  conditions: "20 mA cm⁻², 20 mAh cm⁻²",
  plot: "voltage",
} as const

const asGap = (run: { key: string }, cycle: number): Printed => ({
  quantity: "the same as 2η",
  value: undefined,
  qualifier: "=",
  unit: "mV",
  at: `cycle ${cycle}`,
  source: "Section 2.2, Fig. 3d",
  bar: "none",
  measure: (results) => hysteresis_mV(resultOf(results, run), cycle),
})

const passed = (result: RunResult) =>
  [...cumulativeCharges(result.cycles(), requireOf(result.cell, "area_cm2", "mAh cm⁻²"))].at(-1)

const pulse = (name: string, run: { key: string }): Printed => ({
  quantity: `R_DC × area, ${name}`,
  value: undefined,
  qualifier: "=",
  unit: "Ω cm²",
  at: "10 s, mean of 0.5, 1 and 2 mA cm⁻², after 20 cycles",
  source: "Fig. S8",
  bar: "none",
  measure: (results) => pulse_ohm_cm2(resultOf(results, run)),
})

export const harshRows: readonly Row[] = [
  {
    ...harsh,
    id: "P0-T07",
    runs: [runs.kneaded_20.key],
    printed: [
      {
        quantity: "life",
        value: 6000,
        qualifier: ">",
        unit: "h",
        source: "Section 2.2, Fig. 3d",
        bar: "life",
        measure: (results) => lifeHours(resultOf(results, runs.kneaded_20)),
        note: "The protocol ends there, one cycle beyond the printed bound.",
      },
      {
        quantity: "overpotential η",
        value: 30,
        qualifier: "≈",
        unit: "mV",
        at: "mean of cycles 10 … 100",
        source: "Section 2.2, Fig. 3d, S7",
        bar: "overpotential",
        measure: (results) => meanOverpotential_mV(resultOf(results, runs.kneaded_20), 10, 100),
        note: "The simulated cell is fitted to it, taken as half of the gap.",
      },
      asGap(runs.kneaded_20, 100),
      {
        quantity: "cumulative capacity, plating and stripping",
        value: 120_000,
        qualifier: ">",
        unit: "mAh cm⁻²",
        source: "abstract",
        bar: "capacity",
        measure: (results) =>
          passed(resultOf(results, runs.kneaded_20))?.platedAndStripped_mAh_per_cm2,
        note: "The printed number counts both half-cycles.",
      },
      {
        quantity: "cumulative capacity, plating alone",
        value: undefined,
        qualifier: "=",
        unit: "mAh cm⁻²",
        source: "abstract",
        bar: "none",
        measure: (results) => passed(resultOf(results, runs.kneaded_20))?.plated_mAh_per_cm2,
        note: "What one electrode has plated: half of the printed number.",
      },
    ],
    notes: [
      CRITERION,
      "120,000 mAh cm⁻² count plating and stripping both: 3000 cycles plate 60,000 on one electrode.",
      TWO_SETS,
      "30 mV at 20 mA cm⁻² leave nearly nothing for kinetics beside the separator's 18 to 55 mV; the authors exclude a soft short by impedance.",
    ],
  },
  {
    ...harsh,
    id: "P0-T08",
    technique: `${harsh.technique}, P-Li (control)`,
    runs: [runs.bare_20.key],
    printed: [
      {
        quantity: "life",
        value: 220,
        qualifier: "=",
        unit: "h",
        source: "Section 2.2, Fig. 3d",
        bar: "life",
        measure: (results) => lifeHours(resultOf(results, runs.bare_20)),
      },
      {
        quantity: "overpotential η",
        value: 80,
        qualifier: "≈",
        unit: "mV",
        at: "mean of cycles 10 … 100",
        source: "Section 2.2",
        bar: "overpotential",
        measure: (results) => meanOverpotential_mV(resultOf(results, runs.bare_20), 10, 100),
        note: "The simulated cell is fitted to it, taken as half of the gap.",
      },
      asGap(runs.bare_20, 100),
    ],
    notes: [
      CRITERION,
      "The text calls 80 mV “almost double” the 30 mV of K-Li@AlN; it is 2.7 times.",
    ],
  },
  {
    ...harsh,
    id: "P0-T09",
    class: "C",
    technique: "impedance (Nyquist), as a check for a soft short",
    conditions: "after cycling at 20 mA cm⁻², 20 mAh cm⁻²",
    runs: [runs.kneadedPulses.key, runs.barePulses.key],
    printed: [
      pulse("K-Li@AlN", runs.kneadedPulses),
      pulse("P-Li", runs.barePulses),
      {
        quantity: "R_DC at 2 ÷ R_DC at 0.5 mA cm⁻², K-Li@AlN",
        value: undefined,
        qualifier: "=",
        unit: "",
        source: "Fig. S8",
        bar: "none",
        measure: (results) => linearity(resultOf(results, runs.kneadedPulses)),
        note: "1 for a resistor, such as a soft short; but 2 mA cm⁻² are far below its exchange current, so it is 1 here without a short.",
      },
    ],
    substitute:
      "R_DC of pulses of 10 s, in the direction of the half-cycle before them: ohmic, film and transfer resistance in one.",
    notes: ["Only that the charge-transfer resistance fell is printed, no value."],
    plot: "resistance",
  },
]
