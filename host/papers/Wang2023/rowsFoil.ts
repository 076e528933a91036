import { chargePhases } from "../../analysis/chargePhases"
import { efficiencyOver, strippedOverPlated } from "../../analysis/coulombicEfficiency"
import { thinElectrodeEfficiency } from "../../analysis/thinElectrodeEfficiency"
import { type Sweep, sweeps } from "../../analysis/voltammetry"
import { requireOf } from "../../cell"
import { resultOf, scaled } from "../common/results"
import { stripped, stripped_mAh_per_g } from "../common/strip"
import type { Printed, Row, RunResult } from "../paper"
import { runs } from "./runs"

/** Highest current of the last sweep upwards, mA cm⁻². */
function response_mA_per_cm2(result: RunResult): number | undefined {
  let last: Sweep | undefined
  for (const sweep of sweeps(result.records())) if (sweep.rate_V_per_s > 0) last = sweep
  return scaled(last?.highest.current_A, 1000 / requireOf(result.cell, "area_cm2", "mA cm⁻²"))
}

const response = (name: string, run: { key: string }): Printed => ({
  quantity: `current density at +0.1 V, ${name}`,
  value: undefined,
  qualifier: "=",
  unit: "mA cm⁻²",
  at: "third cycle",
  source: "Fig. S6",
  bar: "none",
  measure: (results) => response_mA_per_cm2(resultOf(results, run)),
})

const byFoil = (
  name: string,
  value: number,
  cycled: { key: string },
  fresh: { key: string },
): Printed => ({
  quantity: `average Coulombic efficiency, thin foil, ${name}`,
  value,
  qualifier: "=",
  unit: "%",
  source: "Section 2.2, Fig. S7",
  bar: "efficiency",
  measure: (results) => {
    const initial_mAh = stripped(resultOf(results, fresh))?.charge_mAh
    if (initial_mAh === undefined) return undefined
    const phases = chargePhases(resultOf(results, cycled).records())
    return scaled(thinElectrodeEfficiency(phases, initial_mAh, -1)?.efficiency, 100)
  },
  note: "1 − (Q₀ − Q_end) ÷ (n·Q_C), 50 cycles of 1 mAh cm⁻²; Q₀ from another piece of the foil.",
})

const onCopper = (name: string, value: number, run: { key: string }): Printed => ({
  quantity: `Coulombic efficiency on copper, ${name}`,
  value,
  qualifier: "=",
  unit: "%",
  at: "mean of cycles 2 … 20",
  source: "Section 2.2, Fig. S7",
  bar: "efficiency",
  measure: (results) => {
    const cycles = strippedOverPlated(resultOf(results, run).cycles(), -1)
    return scaled(efficiencyOver(cycles, 2, 20)?.mean, 100)
  },
  note: "Another way to the same number: plate 1 mAh cm⁻² on copper, strip to 1.0 V.",
})

const specific = (name: string, value: number, source: string, run: { key: string }): Printed => ({
  quantity: `specific capacity, ${name}`,
  value,
  qualifier: "≈",
  unit: "mAh g⁻¹",
  source,
  bar: "capacity",
  measure: (results) => stripped_mAh_per_g(resultOf(results, run)),
})

export const foilRows: readonly Row[] = [
  {
    id: "P1-T07",
    class: "B",
    technique: "cyclic voltammetry (symmetric)",
    conditions: "±0.1 V, 0.1 mV s⁻¹",
    runs: [runs.silverCv.key, runs.lithiumCv.key],
    printed: [response("Li-Ag", runs.silverCv), response("Li", runs.lithiumCv)],
    notes: [
      "Only that Li-Ag draws more than Li is printed, no value; that Li has half its exchange current is assumed.",
    ],
    plot: "scan",
  },
  {
    id: "P1-T08",
    class: "A",
    technique: "average Coulombic efficiency",
    conditions: "1 mA cm⁻², 1 mAh cm⁻² are assumed",
    runs: [
      runs.silverFoil,
      runs.silverStrip,
      runs.lithiumFoil,
      runs.lithiumStrip,
      runs.copperAsSilver,
      runs.copperAsLithium,
    ].map(({ key }) => key),
    printed: [
      byFoil("Li-Ag", 98.5, runs.silverFoil, runs.silverStrip),
      byFoil("Li", 96.2, runs.lithiumFoil, runs.lithiumStrip),
      onCopper("Li-Ag", 98.5, runs.copperAsSilver),
      onCopper("Li", 96.2, runs.copperAsLithium),
    ],
    notes: ["The main text does not tell the method."],
    plot: "capacity",
  },
  {
    id: "P1-T21",
    class: "A",
    technique: "specific capacity of the anode, stripped to 1.0 V",
    conditions: "0.5 mA cm⁻² is assumed",
    runs: [runs.silverStrip.key, runs.richStrip.key],
    printed: [
      specific("10 wt% Ag", 3400, "Section 1, Fig. S3", runs.silverStrip),
      specific("30 wt% Ag", 2700, "Section 2.3", runs.richStrip),
    ],
    notes: [
      "2700 mAh g⁻¹ is the paper's estimate, 0.7 × 3860; 0.9 × 3860 would be 3474.",
      "10 wt% Ag are Li₁₄₀Ag, where the paper says 127 : 1, and Li₃₁Ag is 33 wt%, not 30.",
    ],
    plot: "voltage",
  },
]
