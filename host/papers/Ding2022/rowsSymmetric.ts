import { firstPlating } from "../../analysis/firstPlating"
import { iterateHalfCycles } from "../../analysis/halfCycles"
import { lifeCycles, lifeHours } from "../common/life"
import {
  hoursTo,
  hysteresis_mV,
  meanOverpotential_mV,
  overpotential_mV,
  type Results,
  resultOf,
  scaled,
} from "../common/results"
import type { Printed, Row } from "../paper"
import { firstCycleOf, HOSTS } from "./runsSymmetric"
import { unprinted } from "../common/unprinted"

const key = (name: string) => `Ding2022/${name}`
const of = (results: Results, name: string) => resultOf(results, { key: key(name) })

const cycled = {
  class: "A",
  technique: "galvanostatic symmetric plating/stripping",
  conditions: "1 mA cm⁻², 1 mAh cm⁻²",
  plot: "voltage",
} as const

const CRITERION =
  "Life ends, on the board and here, with the first cycle whose η is over twice that of cycle 10: the paper gives no criterion."
export const AREA = "The main text states no area: discs of 14 mm are assumed."

/** A control whose overpotential "enlarges" after some hours. */
function enlarging(id: string, host: string, run: string, life_h: number): Row {
  return {
    ...cycled,
    id,
    technique: `${cycled.technique} (control), ${host}`,
    runs: [key(run)],
    printed: [
      {
        quantity: "overpotential enlarges after",
        value: life_h,
        qualifier: "=",
        unit: "h",
        source: "Results",
        bar: "life",
        measure: (results) => lifeHours(of(results, run)),
        note: "“Enlarges” is read as twice the overpotential of cycle 10.",
      },
      unprinted(
        "overpotential η",
        "mV",
        "Results",
        (results) => overpotential_mV(of(results, run), 100),
        {
          at: "cycle 100",
        },
      ),
    ],
    notes: [
      CRITERION,
      "The overpotential before that is not printed: the simulated cell's is assumed.",
    ],
    plot: "hysteresis",
  }
}

const life = (name: string, run: string, source: string) =>
  unprinted(`life, ${name}`, "h", source, (results) => lifeHours(of(results, run)))

const eta = (name: string, run: string, source: string) =>
  unprinted(
    `overpotential η, ${name}`,
    "mV",
    source,
    (results) => overpotential_mV(of(results, run), 50),
    { at: "cycle 50" },
  )

const first = (results: Results, host: string) =>
  firstPlating(iterateHalfCycles(resultOf(results, { key: firstCycleOf(host) }).records()))

const firstTip = (host: string): Printed[] => [
  unprinted(`|V_tip| of the first plating, ${host}`, "mV", "Results, Fig. 2C", (results) =>
    scaled(first(results, host)?.nucleation?.tip_V, 1000),
  ),
  unprinted(`|V_tip| − |V_plateau|, ${host}`, "mV", "Results, Fig. 2C", (results) =>
    scaled(first(results, host)?.nucleation?.overpotential_V, 1000),
  ),
]

const deposited = (areal: number): Printed => ({
  quantity: "deposited",
  value: areal,
  qualifier: "=",
  unit: "mAh cm⁻²",
  at: `1 mA cm⁻², ${areal} h`,
  source: "Fig. 3",
  bar: "capacity",
  measure: (results) =>
    of(results, `plating ${areal} mAh`).cycles().at(0)?.plating?.arealCapacity_mAh_per_cm2,
})

export const symmetricRows: readonly Row[] = [
  {
    ...cycled,
    id: "P2-T01",
    runs: [key("composite, 1 mA")],
    printed: [
      {
        quantity: "life",
        value: 1400,
        qualifier: ">",
        unit: "h",
        source: "Results, Fig. 2A",
        bar: "life",
        measure: (results) => lifeHours(of(results, "composite, 1 mA")),
        note: "The protocol ends one cycle beyond the printed bound; the cell had not failed.",
      },
      {
        quantity: "“voltage hysteresis”, taken as η",
        value: 16,
        qualifier: "≈",
        unit: "mV",
        at: "mean of cycles 10 … 700",
        source: "Results, Fig. 2A",
        bar: "overpotential",
        measure: (results) => meanOverpotential_mV(of(results, "composite, 1 mA"), 10, 700),
        note: "The simulated cell is fitted to it, taken as half of the gap.",
      },
      unprinted(
        "the same as the full gap, 2η",
        "mV",
        "Results, Fig. 2A",
        (results) => hysteresis_mV(of(results, "composite, 1 mA"), 300),
        { at: "cycle 300" },
      ),
    ],
    notes: [
      CRITERION,
      AREA,
      "The paper does not say whether its hysteresis is η or 2η.",
      "1400 h of 1 h each way are 700 cycles: consistent.",
      "The abstract's sentence on the composite at 1 mA cm⁻² has lost words.",
    ],
  },
  enlarging("P2-T02", "WN@HCN/Li", "WN, 1 mA", 600),
  enlarging("P2-T03", "Mo₂N@HCN/Li", "Mo2N, 1 mA", 700),
  {
    ...cycled,
    id: "P2-T04",
    technique: `${cycled.technique} (controls), HCN/Li and Li foil`,
    runs: [key("HCN, 1 mA"), key("Li foil, 1 mA")],
    printed: [
      life("HCN/Li", "HCN, 1 mA", "Results"),
      life("Li foil", "Li foil, 1 mA", "Results"),
      eta("HCN/Li", "HCN, 1 mA", "Results"),
      eta("Li foil", "Li foil, 1 mA", "Results"),
    ],
    notes: [
      CRITERION,
      "The paper says no more than that the voltage fluctuates in short cycling: when the simulated cells fail is assumed, and they fail smoothly.",
    ],
    plot: "hysteresis",
  },
  {
    class: "A",
    id: "P2-T06",
    technique: "first-plating overpotential (symmetric)",
    conditions: "1 mA cm⁻², 1 mAh cm⁻²",
    runs: HOSTS.map(firstCycleOf),
    printed: HOSTS.flatMap(firstTip),
    notes: [
      "Only the order is printed: Mo₂N@HCN like the composite, the others larger. The simulated cells' tips are assumed.",
    ],
    plot: "nucleation",
  },
  {
    ...cycled,
    id: "P2-T07",
    technique: "galvanostatic symmetric, host:Li 1:2 and 1:4",
    runs: [key("composite 1:2, 1 mA"), key("composite 1:4, 1 mA"), key("composite, 1 mA")],
    printed: [
      life("1:2", "composite 1:2, 1 mA", "Suppl. Fig. 7"),
      life("1:4", "composite 1:4, 1 mA", "Suppl. Fig. 7"),
      life("1:3, not failed", "composite, 1 mA", "Suppl. Fig. 7"),
      eta("1:2", "composite 1:2, 1 mA", "Suppl. Fig. 7"),
      eta("1:4", "composite 1:4, 1 mA", "Suppl. Fig. 7"),
      eta("1:3", "composite, 1 mA", "Suppl. Fig. 7"),
    ],
    notes: [
      CRITERION,
      "Only “worse than 1:3” is printed; values of the simulated cells are assumed.",
    ],
    plot: "hysteresis",
  },
  {
    ...cycled,
    id: "P2-T08",
    technique: "galvanostatic symmetric plating/stripping (post-mortem)",
    runs: [key("post-mortem")],
    printed: [
      {
        quantity: "duration",
        value: 200,
        qualifier: "=",
        unit: "h",
        source: "Results, Fig. 2D, E",
        bar: "life",
        measure: (results) => hoursTo(of(results, "post-mortem"), 100),
      },
    ],
    notes: ["“200 h cycles” of the text are 200 h, that is 100 cycles."],
  },
  {
    ...cycled,
    id: "P2-T09",
    conditions: "2 mA cm⁻², 2 mAh cm⁻²",
    runs: [key("composite, 2 mA")],
    printed: [
      {
        quantity: "life",
        value: 900,
        qualifier: "=",
        unit: "cycles",
        source: "Results, Fig. 2F",
        bar: "life",
        measure: (results) => lifeCycles(of(results, "composite, 2 mA")),
        note: "The protocol ends there; the cell had not failed.",
      },
      {
        quantity: "life, if 900 h are meant",
        value: 900,
        qualifier: "≥",
        unit: "h",
        source: "Results, Fig. 2F",
        bar: "life",
        measure: (results) => lifeHours(of(results, "composite, 2 mA")),
      },
      unprinted(
        "overpotential η",
        "mV",
        "Results, Fig. 2G",
        (results) => overpotential_mV(of(results, "composite, 2 mA"), 253),
        { at: "cycle 253, 505 h, which Fig. 2G enlarges" },
      ),
    ],
    notes: [
      CRITERION,
      "900 cycles of 2 h are 1800 h, more than the 1400 h claimed at 1 mA cm⁻², and Fig. 2G enlarges 500 to 510 h: 900 h, 450 cycles, may be meant. The test covers both.",
    ],
  },
  {
    class: "A",
    id: "P2-T10",
    technique: "galvanostatic plating (deposition morphology)",
    conditions: "1 mA cm⁻², 1 and 3 mAh cm⁻²",
    runs: [key("plating 1 mAh"), key("plating 3 mAh")],
    printed: [deposited(1), deposited(3)],
    notes: ["What was deposited is looked at under the microscope, which is no cycler's."],
    plot: "voltage",
  },
]
