import { dischargeOverCharge } from "../../analysis/coulombicEfficiency"
import { rateCapability } from "../../analysis/rateCapability"
import { requireOf } from "../../cell"
import { discharge_mAh_per_g, type Results, resultOf, retention_percent } from "../common/results"
import { kneeAt } from "../common/series"
import type { Printed, Row, RunResult } from "../paper"

const key = (name: string) => `Ding2022/${name}`
const of = (results: Results, name: string) => resultOf(results, { key: key(name) })

const UNSTATED =
  "Rate, window, loading and area are not in the main text: 1C of 200 mA g⁻¹, 2.8 to 4.3 V, 2.5 mg cm⁻² on 12 mm, and no formation are assumed."

const cycled = {
  class: "A",
  technique: "galvanostatic cycling, NCM811 full cell",
  conditions: "1C and 2.8–4.3 V assumed, 400 cycles",
  plot: "capacity",
} as const

const initial = (value: number, run: string, source: string): Printed => ({
  quantity: "initial capacity",
  value,
  qualifier: "=",
  unit: "mAh g⁻¹",
  at: "cycle 1",
  source,
  bar: "capacity",
  measure: (results) => discharge_mAh_per_g(of(results, run), 1),
})

const retention = (
  value: number,
  run: string,
  cycle: number,
  source: string,
  name = "",
): Printed => ({
  quantity: `capacity retention, cycle ${cycle} ÷ cycle 1${name}`,
  value,
  qualifier: "=",
  unit: "%",
  at: `cycle ${cycle}`,
  source,
  bar: "capacity",
  measure: (results) => retention_percent(of(results, run), cycle, 1),
})

const efficiency = (value: number, run: string): Printed => ({
  quantity: "Coulombic efficiency, discharge ÷ charge",
  value,
  qualifier: "=",
  unit: "%",
  at: "cycle 400: “after cycling”",
  source: "Results",
  bar: "efficiency",
  measure: (results) => efficiency_percent(of(results, run), 400),
})

function efficiency_percent(result: RunResult, at: number): number | undefined {
  const found = dischargeOverCharge(result.cycles()).find(({ cycle }) => cycle === at)
  return found?.efficiency && 100 * found.efficiency
}

/** Where the discharge capacity begins to fall faster. */
function knee(result: RunResult): number | undefined {
  return kneeAt(
    result
      .cycles()
      .filter(({ isChargeKnown, complete }) => isChargeKnown && complete)
      .map(({ cycle, negative_mAh }) => ({ at: cycle, value: negative_mAh })),
  )
}

const atRate = (rate_C: number, value: number, index: number): Printed => ({
  quantity: "capacity",
  value,
  qualifier: "=",
  unit: "mAh g⁻¹",
  at: `${rate_C}C, last of five cycles`,
  source: "Results, Fig. 5B",
  bar: "capacity",
  measure: (results) => {
    const result = of(results, "NCM811, rates")
    const last_mAh = rateCapability(result.cycles())[index]?.last_mAh
    return last_mAh && (1000 * last_mAh) / requireOf(result.cell, "active_mass_mg", "mAh g⁻¹")
  },
})

const RATES = [
  [0.2, 203.2],
  [0.5, 194.7],
  [1, 186.9],
  [2, 177.2],
  [5, 158.5],
  [10, 138.5],
] as const

export const fullRows: readonly Row[] = [
  {
    ...cycled,
    id: "P2-T11",
    runs: [key("NCM811, composite")],
    printed: [
      initial(182.4, "NCM811, composite", "Results, Fig. 5A"),
      retention(61.5, "NCM811, composite", 400, "Results, Fig. 5A"),
      {
        quantity: "final capacity",
        value: 112.2,
        qualifier: "=",
        unit: "mAh g⁻¹",
        at: "cycle 400",
        source: "Conclusions",
        bar: "capacity",
        measure: (results) => discharge_mAh_per_g(of(results, "NCM811, composite"), 400),
      },
      efficiency(99.1, "NCM811, composite"),
    ],
    notes: [
      UNSTATED,
      "182.4 mAh g⁻¹ lie between the 186.9 of 1C and the 177.2 of 2C in the paper's rate test.",
      "61.5 % of 182.4 mAh g⁻¹ are 112.2 mAh g⁻¹: consistent.",
    ],
  },
  {
    ...cycled,
    id: "P2-T12",
    technique: `${cycled.technique} (control), Li`,
    runs: [key("NCM811, Li")],
    printed: [
      initial(162.9, "NCM811, Li", "Results"),
      retention(39.5, "NCM811, Li", 400, "Results"),
      efficiency(91.7, "NCM811, Li"),
    ],
    notes: [
      UNSTATED,
      "An efficiency of 91.7 % beside a fade of 0.23 % per cycle cannot be lost lithium: charge overruns into a side reaction or a soft short, and so it does in the simulated cell.",
    ],
  },
  {
    ...cycled,
    id: "P2-T13",
    technique: `${cycled.technique} (controls)`,
    runs: [key("NCM811, WN"), key("NCM811, HCN"), key("NCM811, Mo2N")],
    printed: [
      retention(51.2, "NCM811, WN", 400, "Suppl. Fig. 9", ", WN@HCN/Li"),
      retention(40.9, "NCM811, HCN", 400, "Suppl. Fig. 9", ", HCN/Li"),
      {
        quantity: "rapid decay after, Mo₂N@HCN/Li",
        value: 300,
        qualifier: "=",
        unit: "cycles",
        source: "Results",
        bar: "life",
        measure: (results) => knee(of(results, "NCM811, Mo2N")),
        note: "Where two straight lines through the capacities cross that fit them best.",
      },
    ],
    notes: [UNSTATED, "Initial capacities, and the slopes before and after the knee, are assumed."],
  },
  {
    class: "A",
    id: "P2-T14",
    technique: "galvanostatic rate test, NCM811 full cell",
    conditions: "0.2, 0.5, 1, 2, 5, 10C; 2.8–4.3 V assumed",
    runs: [key("NCM811, rates")],
    printed: RATES.map(([rate_C, value], index) => atRate(rate_C, value, index)),
    notes: [
      UNSTATED,
      "Charged and discharged at the same rate; five cycles at each are assumed.",
      "With the 8.6 mg cm⁻² of the high-loading cell, 138.5 mAh g⁻¹ at 10C cannot pass the printed 41 Ω.",
    ],
    plot: "rate",
  },
  {
    class: "A",
    id: "P2-T17",
    technique: "galvanostatic cycling, high loading",
    conditions: "8.6 mg cm⁻², 150 cycles; 0.5C and 2.8–4.3 V assumed",
    runs: [key("NCM811, 8.6 mg")],
    printed: [retention(88.2, "NCM811, 8.6 mg", 150, "Results, Fig. 5G")],
    notes: ["The rate is not stated: 0.5C of 200 mA g⁻¹ is assumed."],
    plot: "capacity",
  },
  {
    class: "A",
    id: "P2-T18",
    technique: "galvanostatic cycling, lean electrolyte",
    conditions: "2 µL mg⁻¹, 150 cycles; 1C and 2.8–4.3 V assumed",
    runs: [key("NCM811, lean")],
    printed: [retention(77.1, "NCM811, lean", 150, "Results, Fig. 5H")],
    notes: [
      "Rate and loading are not stated: 1C and 2.5 mg cm⁻² are assumed.",
      "What the paper calls E/C ratio is electrolyte to cathode mass.",
    ],
    plot: "capacity",
  },
]
