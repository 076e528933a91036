import { requireOf } from "../../cell"
import { resultOf, wholeCycles } from "../common/results"
import { stripped, stripped_mAh_per_cm2 } from "../common/strip"
import { apparent_mA_per_cm2, exchangeCurrent_mA_per_cm2 } from "../common/tafel"
import type { Printed, Row } from "../paper"
import { runs } from "./runs"

const exchange = (name: string, run: { key: string }, value: number): Printed => ({
  quantity: `exchange current density, ${name}`,
  value,
  qualifier: "=",
  unit: "mA cm⁻²",
  source: "Section 2.2, Fig. 3c",
  bar: "overpotential",
  measure: (results) => exchangeCurrent_mA_per_cm2(resultOf(results, run)),
  note: "Allen–Hickling over 10 to 90 mV of each electrode, both branches; no resistance taken off: 5 Ω cm² would take 0.3 mV.",
})

const apparent = (name: string, run: { key: string }): Printed => ({
  quantity: `apparent exchange current density, ${name}`,
  value: undefined,
  qualifier: "=",
  unit: "mA cm⁻²",
  source: "Section 2.2, Fig. 3c",
  bar: "none",
  measure: (results) => apparent_mA_per_cm2(resultOf(results, run)),
  note: "A plain line over 100 to 190 mV of the cell: it reads 0.78 of the above.",
})

const cycles = (name: string, run: { key: string }, value: number, purpose: string): Printed => ({
  quantity: `cycles, ${name}`,
  value,
  qualifier: "=",
  unit: "cycles",
  at: purpose,
  source: "Section 2.3",
  bar: "life",
  measure: (results) => wholeCycles(resultOf(results, run)),
})

/** Density of lithium is 0.534 g cm⁻³, its capacity 3861 mAh g⁻¹. */
const DENSE_mAh_per_cm2_per_um = 0.2062

const thickness = (
  name: string,
  run: { key: string },
  value: number,
  qualifier: "=" | "≈",
): Printed => ({
  quantity: `thickness increase, ${name}`,
  value,
  qualifier,
  unit: "µm",
  at: "3 mAh cm⁻²",
  source: "Section 2.3, Fig. 5",
  bar: "none",
  measure: (results) => {
    const result = resultOf(results, run)
    const plated_mAh = result.cycles()[0]?.positive_mAh
    if (plated_mAh === undefined) return undefined
    return plated_mAh / requireOf(result.cell, "area_cm2", "µm") / DENSE_mAh_per_cm2_per_um
  },
  note: "No electrical read-out: what the measured charge would be as dense lithium.",
})

export const lithiumRows: readonly Row[] = [
  {
    id: "P0-T06",
    class: "B",
    technique: "linear sweep voltammetry, exchange current by Tafel",
    conditions: "−0.2 → +0.2 V, 0.1 mV s⁻¹",
    runs: [runs.kneadedTafel.key, runs.bareTafel.key],
    printed: [
      exchange("K-Li@AlN", runs.kneadedTafel, 9.12e-3),
      exchange("P-Li", runs.bareTafel, 9.6e-4),
      apparent("K-Li@AlN", runs.kneadedTafel),
      apparent("P-Li", runs.bareTafel),
    ],
    notes: [
      "9.12·10⁻³ mA cm⁻² would mean 483 mV at 1 mA cm⁻², where 17 mV are printed: the unit is probably A cm⁻², and the simulated cells of this row are others than those that cycle.",
      "The paper sweeps after 30 cycles at 10 mA cm⁻²; these cells would need ±1 V for them, so the cycles are run in P0-T10.",
      "The paper gives no window of the fit.",
      "As printed, P-Li draws 2 to 10 µA: a few steps of the smallest range, 1.5 mA, so current and voltage are averaged over 3 mV before the fit.",
    ],
    plot: "scan",
  },
  {
    id: "P0-T10",
    class: "A",
    technique: "galvanostatic conditioning of samples for post-mortem",
    conditions: "10 mA cm⁻², 10 mAh cm⁻², 30 and 50 cycles",
    runs: [runs.kneaded_10x30.key, runs.kneaded_10x50.key, runs.bare_10x30.key],
    printed: [
      cycles("K-Li@AlN", runs.kneaded_10x30, 30, "SEM, XPS, AFM, Tafel"),
      cycles("P-Li", runs.bare_10x30, 30, "SEM, XPS, AFM, Tafel"),
      cycles("K-Li@AlN", runs.kneaded_10x50, 50, "FIB-SEM"),
    ],
    notes: ["No voltage is printed."],
    plot: "voltage",
  },
  {
    id: "P0-T11",
    class: "A",
    technique: "single plating, change of thickness",
    conditions: "3 mAh cm⁻²; 1 mA cm⁻² is assumed",
    runs: [runs.barePlating.key, runs.kneadedPlating.key],
    printed: [
      thickness("P-Li", runs.barePlating, 18, "="),
      thickness("K-Li@AlN", runs.kneadedPlating, 15, "≈"),
    ],
    notes: [
      "Thickness is read in a microscope: the tester contributes the charge. 3 mAh cm⁻² of dense lithium are 14.6 µm.",
    ],
    plot: "voltage",
  },
  {
    id: "P0-T14",
    class: "A",
    technique: "strip to cutoff: what lithium a foil gives",
    conditions: "35 µm K-Li@AlN to 1.0 V; 0.5 mA cm⁻² is assumed",
    runs: [runs.strip.key],
    printed: [
      {
        quantity: "strip capacity",
        value: 4.46,
        qualifier: "=",
        unit: "mAh cm⁻²",
        source: "Section 2.4, Fig. 6f",
        bar: "capacity",
        measure: (results) => stripped_mAh_per_cm2(resultOf(results, runs.strip)),
      },
      {
        quantity: "upper voltage limit",
        value: 1,
        qualifier: "≥",
        unit: "V",
        source: "Fig. 6f, caption",
        bar: "overpotential",
        measure: (results) => stripped(resultOf(results, runs.strip))?.end_V,
        note: "The last reading: with the lithium gone the voltage runs away within one.",
      },
    ],
    notes: [
      "4.46 mAh cm⁻² are 65 % of what 35 µm of the composite, and 62 % of what dense lithium would hold: the simulated foil's capacity is a parameter of its own.",
    ],
    plot: "voltage",
  },
  {
    id: "P0-T17",
    class: "E",
    technique: "four-probe electronic conductivity of the cycled surface",
    conditions: "after cycling",
    runs: [],
    printed: (
      [
        ["K-Li@AlN", 2e-4],
        ["P-Li", 5e-3],
      ] as const
    ).map(([name, value]) => ({
      quantity: `conductivity, ${name}`,
      value,
      qualifier: "=",
      unit: "S m⁻¹",
      source: "Section 2.3, Fig. 4j",
      bar: "none",
      measure: () => undefined,
    })),
    substitute:
      "None: a coin cell has no four probes on a surface. A channel with separate sense leads could do it on a fixture.",
    notes: ["“26.6 nΩ m⁻¹” for a resistivity, cited beside, should be nΩ m."],
  },
]
