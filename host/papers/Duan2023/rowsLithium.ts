import { cycleAreaResistance } from "../../analysis/areaResistance"
import { hardShorts } from "../../analysis/life/hardShort"
import { verdict } from "../../analysis/life/verdict"
import { atCycle } from "../../analysis/overCycles"
import { pulseResistances } from "../../analysis/resistance"
import { requireOf } from "../../cell"
import { hoursTo, overpotential_mV, type Results, resultOf, wholeCycles } from "../common/results"
import { type SeriesPoint, settledFrom } from "../common/series"
import type { Printed, Row, RunResult } from "../paper"
import { STEPS_mA_per_cm2 } from "./runsLithium"
import { unprinted } from "../common/unprinted"

const key = (name: string) => `Duan2023/${name}`
const of = (results: Results, name: string) => resultOf(results, { key: key(name) })

const NO_OVERPOTENTIAL =
  "The text prints no overpotential; the pellet alone would show about 30 mV at 0.5 and 183 mV at 3 mA cm⁻². The simulated cell's resistance is assumed."
const R_DC = "R_DC: pulses of 10 s at 0.5 mA cm⁻²"
const BLIND =
  "A reading every 0.1 s sees what relaxes within 0.1 to 10 s; all that is faster is in the first reading, in one."

/** Within so much of its final level a number counts as settled. */
const SETTLED = 0.02
/** Into a pulse: when its current has arrived, and at its end. */
const EARLY_s = 0.2
const LATE_s = 9.5
/** Below this a cell is shorted, Ω. */
const SHORTED_ohm = 5

/** R_DC × area of each pulse over the time at which it began, h. */
function pulseSeries(result: RunResult, at_s: number): SeriesPoint[] {
  const area_cm2 = requireOf(result.cell, "area_cm2", "Ω cm²")
  return pulseResistances(result.records(), at_s).flatMap(({ start_s, resistance_ohm }) =>
    resistance_ohm === undefined ? [] : [{ at: start_s / 3600, value: resistance_ohm * area_cm2 }],
  )
}

/** When the first pulse found less than 5 Ω, h. */
function shortAfter_h(result: RunResult): number | undefined {
  for (const { start_s, resistance_ohm } of pulseResistances(result.records(), 0.9))
    if (resistance_ohm !== undefined && resistance_ohm < SHORTED_ohm) return start_s / 3600
  return undefined
}

/** From the first current to a hard short, h; undefined as long as none came. */
function hardShortAfter_h(result: RunResult): number | undefined {
  const shorts = [...hardShorts(result.records())]
  const { outcome, life_s } = verdict({
    about: result.about,
    rows: result.cycles(),
    lives: [],
    shorts,
  })
  return outcome === "failed" ? life_s / 3600 : undefined
}

/** From which cycle on η stays within 2 % of its mean over the last fifty. */
function settledCycle(result: RunResult): number | undefined {
  const series = result
    .cycles()
    .flatMap(({ cycle, hysteresis_V }) =>
      hysteresis_V === undefined ? [] : [{ at: cycle, value: hysteresis_V }],
    )
  return settledFrom(series, { share: SETTLED, last: 50 })
}

function current_mA_per_cm2(result: RunResult, cycle: number): number | undefined {
  const current_A = atCycle(result.cycles(), cycle)?.plating?.current_A
  return current_A && (1000 * current_A) / requireOf(result.cell, "area_cm2", "mA cm⁻²")
}

function asr_ohm_cm2(result: RunResult, cycle: number): number | undefined {
  const row = atCycle(result.cycles(), cycle)
  return row && cycleAreaResistance(row, requireOf(result.cell, "area_cm2", "Ω cm²"))?.cell_ohm_cm2
}

const current = (run: string, cycle: number, value: number, source: string): Printed => ({
  quantity: "current",
  value,
  qualifier: "=",
  unit: "mA cm⁻²",
  at: `cycle ${cycle}`,
  source,
  bar: "capacity",
  measure: (results) => current_mA_per_cm2(of(results, run), cycle),
})

/** η and the pulse after the cycle with the `index`-th of the stepped currents. */
const atStep = (density: number, index: number): Printed[] => [
  current("stepped", index + 1, density, "Section 2, Fig. 3D–F"),
  unprinted(`η at ${density} mA cm⁻²`, "mV", "Fig. 3D–F", (results) =>
    overpotential_mV(of(results, "stepped"), index + 1),
  ),
  unprinted(
    `R_DC × area after ${density} mA cm⁻²`,
    "Ω cm²",
    "Fig. 3D–F",
    (results) => pulseSeries(of(results, "stepped"), LATE_s).at(index)?.value,
  ),
]

/** Undefined when the cell had shorted by then. */
const livedHours = (result: RunResult) =>
  hardShortAfter_h(result) === undefined ? hoursTo(result, wholeCycles(result)) : undefined

const life = (run: string, value: number, qualifier: "=" | ">", source: string): Printed => ({
  quantity: "life",
  value,
  qualifier,
  unit: "h",
  source,
  bar: "life",
  measure: (results) => livedHours(of(results, run)),
  note: "The protocol ended; no short came.",
})

const eta = (run: string, cycle: number): Printed =>
  unprinted("η", "mV", "not in the text", (results) => overpotential_mV(of(results, run), cycle), {
    at: `cycle ${cycle}`,
  })

const asr = (run: string, cycle: number): Printed =>
  unprinted(
    "ASR of the cell",
    "Ω cm²",
    "not in the text",
    (results) => asr_ohm_cm2(of(results, run), cycle),
    {
      at: `cycle ${cycle}`,
    },
  )

export const lithiumRows: readonly Row[] = [
  {
    class: "C",
    id: "P3-T03",
    technique: "rest with periodic EIS until short circuit",
    conditions: "Li|SL|Li, 80 mg SL with 50 wt% LAC, 48 h",
    runs: [key("shelf")],
    printed: [
      {
        quantity: "short-circuit time",
        value: 48,
        qualifier: "=",
        unit: "h",
        source: "Section 2, Fig. 2C",
        bar: "life",
        measure: (results) => shortAfter_h(of(results, "shelf")),
        note: "The first pulse below 5 Ω, of one every 10 min.",
      },
      unprinted(
        "R_DC of the fresh cell",
        "Ω",
        "Fig. 2C",
        (results) => pulseResistances(of(results, "shelf").records(), 0.9).at(0)?.resistance_ohm,
      ),
    ],
    substitute: "R_DC: 0.5 mA for 1 s each way every 10 min",
    notes: [
      "“Pressed at 3 T to serve as SL” follows the paper's sentence on the cathode, where it does not belong.",
      "400, 133.4 and 80 mg of SL with 10, 30 and 50 % hold 40 mg of LAC each: consistent. Only the last has a time.",
      "How the resistance falls until then is assumed.",
    ],
    plot: "resistance",
  },
  {
    class: "C",
    id: "P3-T04",
    technique: "in situ EIS and DRT during rest",
    conditions: "Li|SL|LPSC|SL|Li, 18 h; 7 MHz to 100 mHz",
    runs: [key("settling")],
    printed: [
      {
        quantity: "interface stabilised after",
        value: 18,
        qualifier: "=",
        unit: "h",
        source: "Section 2, Fig. 3A–C",
        bar: "none",
        measure: (results) =>
          settledFrom(pulseSeries(of(results, "settling"), LATE_s), { share: SETTLED, last: 24 }),
        note: "From where on R_DC stays within 2 % of its mean over the last 6 of 36 h.",
      },
      {
        quantity: "DRT peak τ₁",
        value: 1e-7,
        qualifier: "=",
        unit: "s",
        source: "Section 2, Fig. 3B",
        bar: "none",
        measure: () => undefined,
        note: "Out of reach: six orders of magnitude faster than a reading.",
      },
      unprinted(
        "R_DC × area of what answers within 0.2 s",
        "Ω cm²",
        "Fig. 3B",
        (results) => pulseSeries(of(results, "settling"), EARLY_s).at(-1)?.value,
        { at: "after 36 h" },
      ),
      unprinted(
        "R_DC × area after 9.5 s",
        "Ω cm²",
        "Fig. 3B",
        (results) => pulseSeries(of(results, "settling"), LATE_s).at(-1)?.value,
        { at: "after 36 h" },
      ),
    ],
    substitute: `${R_DC} both ways every half an hour`,
    notes: [
      BLIND,
      "18 h here and two days in full cells and in Li|SL|Li are different stacks.",
      "τ₁ of 10⁻⁷ s is 1.6 MHz, and τ₆ 10⁻⁶ s: why the paper needs 7 MHz; the bulk of LPSC, at some 120 MHz, is beyond that, too.",
    ],
    plot: "resistance",
  },
  {
    class: "C",
    id: "P3-T05",
    technique: "cycling without initial rest, with EIS",
    conditions: "0.5 mA cm⁻², half-cycles of 1 h",
    runs: [key("without rest")],
    printed: [
      current("without rest", 1, 0.5, "Section 2, Fig. S5"),
      ...[1, 8, 15].map((cycle) =>
        unprinted(
          "R_DC × area",
          "Ω cm²",
          "Fig. S5",
          (results) => pulseSeries(of(results, "without rest"), LATE_s).at(cycle - 1)?.value,
          { at: `cycle ${cycle}` },
        ),
      ),
    ],
    substitute: `${R_DC} after each cycle`,
    notes: [BLIND, "The areal capacity is not stated: half-cycles of 1 h are assumed."],
    plot: "hysteresis",
  },
  {
    class: "A",
    id: "P3-T06",
    technique: "stepped-current symmetric test with EIS",
    conditions: "0.5, 1, 1.5, 2, 3 mA cm⁻², 1 h each way",
    runs: [key("stepped")],
    printed: STEPS_mA_per_cm2.flatMap(atStep),
    notes: [NO_OVERPOTENTIAL, `${R_DC} after each current stand in for the EIS.`, BLIND],
    plot: "voltage",
  },
  {
    class: "A",
    id: "P3-T07",
    technique: "galvanostatic symmetric (control) until short",
    conditions: "0.5 mA cm⁻², 0.5 mAh cm⁻²",
    runs: [key("LPSC")],
    printed: [
      {
        quantity: "short-circuit time",
        value: 20,
        qualifier: "=",
        unit: "h",
        source: "Section 2, Fig. 3G",
        bar: "life",
        measure: (results) => hardShortAfter_h(of(results, "LPSC")),
      },
      eta("LPSC", 5),
    ],
    notes: [
      "Life ends with the board's own hard-short fault, |V| below half its median of the last minute, or the same in the records, whichever is earlier.",
      "20 h are 10 cycles: consistent.",
      NO_OVERPOTENTIAL,
    ],
    plot: "voltage",
  },
  {
    class: "A",
    id: "P3-T08",
    technique: "galvanostatic symmetric plating/stripping",
    conditions: "0.5 mA cm⁻², 0.5 mAh cm⁻²",
    runs: [key("layered, 0.5 mA")],
    printed: [
      life("layered, 0.5 mA", 1500, "=", "Section 2, Fig. 3G, H"),
      {
        quantity: "stabilisation",
        value: 8,
        qualifier: "=",
        unit: "cycles",
        source: "Section 2",
        bar: "life",
        measure: (results) => settledCycle(of(results, "layered, 0.5 mA")),
        note: "The first cycle whose 2η, as that of all after it, is within 2 % of the mean of the last fifty.",
      },
      eta("layered, 0.5 mA", 100),
      asr("layered, 0.5 mA", 100),
    ],
    notes: [
      "750 cycles, 750 mAh cm⁻² through the cell, 375 plated: consistent.",
      "Life ends with a hard short: the paper's control ends so.",
      NO_OVERPOTENTIAL,
    ],
    plot: "hysteresis",
  },
  {
    class: "A",
    id: "P3-T09",
    technique: "galvanostatic symmetric plating/stripping, harsh",
    conditions: "3 mA cm⁻², 3 mAh cm⁻²",
    runs: [key("layered, 3 mA")],
    printed: [
      life("layered, 3 mA", 500, ">", "Introduction, Fig. 3I"),
      life("layered, 3 mA", 500, "=", "Section 2, Fig. 3I"),
      eta("layered, 3 mA", 100),
    ],
    notes: [
      "The introduction says over 500 h, section 2 500 h: 250 cycles, 1500 mAh cm⁻² through the cell, 750 plated.",
      NO_OVERPOTENTIAL,
    ],
    plot: "voltage",
  },
]
