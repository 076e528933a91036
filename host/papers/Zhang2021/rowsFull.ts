import { discharge_mAh_per_g, retention_percent, wholeCycles } from "../common/results"
import type { Printed, Row } from "../paper"
import { decay_percent, keys, kneeCycle, of, rateCapacity_mAh_per_g } from "./measures"
import { LFP_RATES_C, SULFUR_RATES_C } from "./runsFull"

const LFP_ASSUMED =
  "Loading and window are not printed: 10 mg cm⁻² and 2.5 … 4.0 V are assumed; 1C is 170 mA g⁻¹."
const LEAN_ASSUMED = "The window is not printed: 2.5 … 4.0 V are assumed; 1C is 170 mA g⁻¹."
const SULFUR_ASSUMED =
  "Loading and window are not printed: 1 mg cm⁻² and 1.7 … 2.8 V are assumed; 1C is 1670 mA g⁻¹."
const FIVE_EACH = "The number of cycles at each rate is not printed: five are assumed."
const TWO_CAPACITIES =
  "640 mAh g⁻¹ at 79.7 % mean 803 mAh g⁻¹ at first, where the rate test has 700 at 2C and 810 at 1C: 15 % apart, so each test has a simulated cell of its own."

const cycling = { class: "A", plot: "capacity" } as const

const rates = (
  name: string,
  rates_C: readonly number[],
  capacities: readonly number[],
  source: string,
): Printed[] =>
  capacities.map((value, index) => ({
    quantity: "discharge capacity",
    value,
    qualifier: "=",
    unit: "mAh g⁻¹",
    at: `${rates_C.indexOf(rates_C[index]) < index ? "back to " : ""}${rates_C[index]}C, mean of its cycles`,
    source,
    bar: "capacity",
    measure: of(name, rateCapacity_mAh_per_g(index)),
  }))

const capacityAt = (name: string, cycle: number, value: number, source: string): Printed => ({
  quantity: "discharge capacity",
  value,
  qualifier: "=",
  unit: "mAh g⁻¹",
  at: `cycle ${cycle}`,
  source,
  bar: "capacity",
  measure: of(name, (result) => discharge_mAh_per_g(result, cycle)),
})

const retentionAt = (name: string, cycle: number, value: number, source: string): Printed => ({
  quantity: `capacity retention, cycle ${cycle} ÷ cycle 1`,
  value,
  qualifier: "=",
  unit: "%",
  at: `cycle ${cycle}`,
  source,
  bar: "capacity",
  measure: of(name, (result) => retention_percent(result, cycle, 1)),
})

const lfp: Row[] = [
  {
    ...cycling,
    id: "P4-T22",
    technique: "galvanostatic rate test, Li₃Mg₇@Li // LFP",
    conditions: "0.2, 0.5, 1, 3 and again 0.5C",
    runs: keys("LFP-rates"),
    printed: rates("LFP-rates", LFP_RATES_C, [160, 146, 135, 101, 142], "Section 2, Fig. 6A"),
    notes: [LFP_ASSUMED, FIVE_EACH],
    plot: "rate",
  },
  {
    ...cycling,
    id: "P4-T23",
    technique: "galvanostatic cycling, Li₃Mg₇@Li // LFP",
    conditions: "1C, 700 cycles",
    runs: keys("LFP-alloy-1C"),
    printed: [
      capacityAt("LFP-alloy-1C", 700, 104, "Section 2, Fig. 6C"),
      retentionAt("LFP-alloy-1C", 700, 78.5, "Section 2"),
    ],
    notes: [
      LFP_ASSUMED,
      "104 mAh g⁻¹ at 78.5 % mean 132.5 at first; the rate test has 135 at 1C, 2 % more.",
    ],
  },
  {
    ...cycling,
    id: "P4-T24",
    technique: "galvanostatic cycling, Li // LFP (control)",
    conditions: "1C, 270 cycles",
    runs: keys("LFP-bare-Li-1C"),
    printed: [retentionAt("LFP-bare-Li-1C", 270, 57.9, "Section 2, Fig. S38")],
    notes: [LFP_ASSUMED, "Its capacity is not printed: 130 mAh g⁻¹ at first are assumed."],
  },
  {
    ...cycling,
    id: "P4-T25",
    technique: "galvanostatic cycling, Li₃Mg₇@Li // LFP, 30 mg cm⁻², 1 µL mg⁻¹",
    conditions: "0.5C, 2.55 mA cm⁻²",
    runs: keys("LFP-30-alloy"),
    printed: [
      {
        quantity: "life",
        value: 100,
        qualifier: ">",
        unit: "cycles",
        source: "Section 2, Fig. S40",
        bar: "life",
        measure: of("LFP-30-alloy", wholeCycles),
        note: "Whole cycles; the protocol ends with the 101st.",
      },
      {
        quantity: "capacity decay",
        value: 0.05,
        qualifier: "=",
        unit: "% per cycle",
        at: "from cycle 1 to 101",
        source: "Section 2",
        bar: "capacity",
        measure: of("LFP-30-alloy", decay_percent(101)),
      },
    ],
    notes: [LEAN_ASSUMED, "The unit of the electrolyte's share is printed as a ratio of masses."],
  },
  {
    ...cycling,
    id: "P4-T26",
    technique: "galvanostatic cycling, Li // LFP, 30 mg cm⁻², 1 µL mg⁻¹ (control)",
    conditions: "0.5C, 2.55 mA cm⁻²",
    runs: keys("LFP-30-bare-Li"),
    printed: [
      {
        quantity: "rapid decay after",
        value: 47,
        qualifier: "=",
        unit: "cycles",
        source: "Section 2, Fig. S40",
        bar: "life",
        measure: of("LFP-30-bare-Li", kneeCycle),
        note: "Where the two straight lines of capacity against cycle cross.",
      },
    ],
    notes: [LEAN_ASSUMED, "How fast it decays, before and after, is not printed, and assumed."],
  },
]

const sulfur: Row[] = [
  {
    ...cycling,
    id: "P4-T27",
    technique: "galvanostatic rate test, Li₃Mg₇@Li // S",
    conditions: "0.5, 1, 2, 4C",
    runs: keys("S-rates"),
    printed: rates("S-rates", SULFUR_RATES_C, [1036, 810, 700, 485], "Section 2, Fig. S41"),
    notes: [SULFUR_ASSUMED, FIVE_EACH, TWO_CAPACITIES],
    plot: "rate",
  },
  {
    ...cycling,
    id: "P4-T28",
    technique: "galvanostatic cycling, Li₃Mg₇@Li // S",
    conditions: "2C, 500 cycles",
    runs: keys("S-alloy-2C"),
    printed: [
      capacityAt("S-alloy-2C", 500, 640, "abstract, Introduction, Fig. 6D"),
      retentionAt("S-alloy-2C", 500, 79.7, "Section 2"),
    ],
    notes: [SULFUR_ASSUMED, TWO_CAPACITIES],
  },
  {
    ...cycling,
    id: "P4-T29",
    technique: "galvanostatic cycling, Li // S (control)",
    conditions: "2C, 500 cycles",
    runs: keys("S-bare-Li-2C"),
    printed: [retentionAt("S-bare-Li-2C", 500, 28.2, "Section 2")],
    notes: [SULFUR_ASSUMED, "Its capacity is not printed: 700 mAh g⁻¹ at first are assumed."],
  },
]

export const fullRows: readonly Row[] = [...lfp, ...sulfur]
