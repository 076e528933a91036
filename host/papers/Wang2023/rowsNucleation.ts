import { nucleation_mV, tip_mV } from "../common/nucleation"
import { resultOf } from "../common/results"
import type { Printed, Row } from "../paper"
import { runs } from "./runs"

const spike = (name: string, run: { key: string }): Printed => ({
  quantity: `nucleation overpotential, tip − plateau, ${name}`,
  value: undefined,
  qualifier: "=",
  unit: "mV",
  at: "cycle 1, plating",
  source: "Section 2.2, Fig. 3c, d",
  bar: "none",
  measure: (results) => nucleation_mV(resultOf(results, run)),
})

const afterStripping = (stripped: number, value: number, run: { key: string }): Printed[] => [
  {
    quantity: "nucleation overpotential, tip − plateau",
    value,
    qualifier: "≈",
    unit: "mV",
    at: `${stripped} mAh cm⁻² stripped before`,
    source: "Section 2.3, Fig. 4h, i",
    bar: "overpotential",
    measure: (results) => nucleation_mV(resultOf(results, run)),
    note: "The simulated cell is fitted to it, by this definition.",
  },
  {
    quantity: "the same as the tip against 0 V",
    value: undefined,
    qualifier: "=",
    unit: "mV",
    at: `${stripped} mAh cm⁻² stripped before`,
    source: "Section 2.3, Fig. 4h, i",
    bar: "none",
    measure: (results) => tip_mV(resultOf(results, run)),
  },
]

const WIDTH =
  "No paper prints the width of a nucleation spike: 0.01 mAh cm⁻², 36 s at 1 mA cm⁻², are assumed."

export const nucleationRows: readonly Row[] = [
  {
    id: "P1-T06",
    class: "A",
    technique: "nucleation spike of the first cycle (symmetric)",
    conditions: "1 mA cm⁻², 1 mAh cm⁻²",
    runs: [runs.lithiumFirst.key, runs.silverFirst.key],
    printed: [spike("Li", runs.lithiumFirst), spike("Li-Ag", runs.silverFirst)],
    notes: ["Only that Li shows a spike and Li-Ag next to none is printed, no value.", WIDTH],
    plot: "nucleation",
  },
  {
    id: "P1-T19",
    class: "A",
    technique: "nucleation overpotential by stripped capacity, Li-Ag",
    conditions: "1 mA cm⁻², after 0, 3, 5, 7 mAh cm⁻² stripped",
    runs: [runs.nucleation_0, runs.nucleation_3, runs.nucleation_5, runs.nucleation_7].map(
      ({ key }) => key,
    ),
    printed: [
      ...afterStripping(0, 86, runs.nucleation_0),
      ...afterStripping(3, 73, runs.nucleation_3),
      ...afterStripping(5, 54, runs.nucleation_5),
      ...afterStripping(7, 56, runs.nucleation_7),
    ],
    notes: [
      "86 mV stand beside a hysteresis of 25 mV at the same current on an alloy that is called smooth: the paper does not say whether the tip counts against 0 V or against the plateau.",
      "Surface silver after 5 mAh cm⁻² is 58.9 at% in one place and 55 at% in another: two samples.",
      WIDTH,
    ],
    plot: "nucleation",
  },
  {
    id: "P1-T20",
    class: "A",
    technique: "nucleation overpotential on 1 µm Ag foil",
    conditions: "1 mA cm⁻²; 1 mAh cm⁻² are assumed",
    runs: [runs.silverSubstrate.key],
    printed: [
      {
        quantity: "nucleation overpotential, tip − plateau",
        value: 47,
        qualifier: "=",
        unit: "mV",
        source: "Section 2.3, Fig. S18",
        bar: "overpotential",
        measure: (results) => nucleation_mV(resultOf(results, runs.silverSubstrate)),
        note: "The simulated cell is fitted to it.",
      },
      {
        quantity: "the same as the tip against 0 V",
        value: undefined,
        qualifier: "=",
        unit: "mV",
        source: "Section 2.3, Fig. S18",
        bar: "none",
        measure: (results) => tip_mV(resultOf(results, runs.silverSubstrate)),
      },
    ],
    notes: [
      "Silver alloys before lithium is deposited: the tip comes a quarter of an hour after the current.",
      WIDTH,
    ],
    plot: "nucleation",
  },
]
