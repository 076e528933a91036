import { scaled } from "../common/results"
import { stripped_mAh_per_g } from "../common/strip"
import { sweepFit } from "../common/sweepFit"
import type { Printed, Row } from "../paper"
import {
  apparentExchange_mA_per_cm2,
  keys,
  LITHIUM_mAh_per_g,
  of,
  resistanceAfter_ohm_cm2,
  resistanceBefore_ohm_cm2,
} from "./measures"
import { CYCLES_BETWEEN } from "./runsShort"

const resistances = (electrode: string): Printed[] =>
  ([false, true] as const).map((isAfter) => ({
    quantity: `R_DC, ${electrode}`,
    value: undefined,
    qualifier: "=",
    unit: "Ω cm²",
    at: isAfter ? `after ${CYCLES_BETWEEN} cycles` : "before cycling",
    source: "Fig. 3H, S30, S31, Table S1",
    bar: "none",
    measure: of(
      `resistance-${electrode.replace(" ", "-")}`,
      isAfter ? resistanceAfter_ohm_cm2 : resistanceBefore_ohm_cm2,
    ),
  }))

const impedance: Row = {
  id: "P4-T19",
  class: "C",
  technique: "impedance before and after cycling",
  conditions: `not printed; ${CYCLES_BETWEEN} cycles of 1 mA cm⁻², 1 mAh cm⁻² between are assumed`,
  runs: keys("resistance-Li3Mg7@Li", "resistance-bare-Li"),
  printed: [...resistances("Li3Mg7@Li"), ...resistances("bare Li")],
  substitute: "R_DC of the whole cell by pulses of 10 s, mean of 0.5, 1 and 2 mA cm⁻²",
  notes: [
    "Printed is only that both resistances of the alloy are lower than bare lithium's; the values stand in Table S1.",
    "R_DC holds electrolyte, film, charge transfer and, on a fresh surface, nucleation in one.",
  ],
  plot: "resistance",
}

const exchange = (electrode: string, value: number, source: string): Printed[] => {
  const name = `Tafel-${electrode.replace(" ", "-")}`
  return [
    {
      quantity: `exchange current density, ${electrode}`,
      value,
      qualifier: "=",
      unit: "mA cm⁻²",
      source,
      bar: "overpotential",
      measure: of(name, (result) => sweepFit(result)?.exchangeCurrent_mA_per_cm2),
      note: "Fitted together with the resistance to the whole sweep, α = ½.",
    },
    {
      quantity: `the same, apparent, ${electrode}`,
      value: undefined,
      qualifier: "=",
      unit: "mA cm⁻²",
      source,
      bar: "none",
      measure: of(name, apparentExchange_mA_per_cm2),
      note: "A plain line from 100 to 190 mV, iR not taken off, as such plots are usually read.",
    },
  ]
}

const tafel: Row = {
  id: "P4-T20",
  class: "B",
  technique: "Tafel exchange current",
  conditions: "rate and window not printed; −0.2 to 0.2 V at 0.1 mV s⁻¹ are assumed",
  runs: keys("Tafel-Li3Mg7@Li", "Tafel-LiH@Li", "Tafel-bare-Li"),
  printed: [
    ...exchange("Li3Mg7@Li", 3.71, "Section 2, Fig. S32"),
    ...exchange("LiH@Li", 2.13, "Section 2"),
    ...exchange("bare Li", 0.41, "Section 2"),
  ],
  notes: [
    "Separate simulated cells: bare lithium's 0.41 mA cm⁻² would mean 106 mV at 1 mA cm⁻², where the fresh cell's plateau is printed as 20; the alloy's 3.71 would mean 13.8 mV, where 12 are printed.",
    "How the paper reads its plot, and whether iR was taken off, is not told; the simulated cells' 4 Ω cm² are assumed.",
  ],
  plot: "scan",
}

const foil: Row = {
  id: "P4-T21",
  class: "A",
  technique: "galvanostatic delithiation of the anode",
  conditions: "200 µm of Li₃Mg₇@Li; 1 mA cm⁻² to 1.0 V are assumed",
  runs: keys("foil"),
  printed: [
    {
      quantity: "specific capacity",
      value: 3408,
      qualifier: "=",
      unit: "mAh g⁻¹",
      source: "Section 2, Fig. S36",
      bar: "capacity",
      measure: of("foil", stripped_mAh_per_g),
    },
    {
      quantity: "active Li",
      value: 88.3,
      qualifier: "=",
      unit: "wt%",
      source: "Section 2",
      bar: "capacity",
      measure: of("foil", (result) => scaled(stripped_mAh_per_g(result), 100 / LITHIUM_mAh_per_g)),
      note: "Specific capacity ÷ 3860 mAh g⁻¹, as the paper has it.",
    },
  ],
  notes: [
    "Neither the current nor the cutoff is printed; mass and area of the disc are assumed, 38.2 mAh cm⁻² follow.",
  ],
  plot: "capacity",
}

export const otherRows: readonly Row[] = [impedance, tafel, foil]
