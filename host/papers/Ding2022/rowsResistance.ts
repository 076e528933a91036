import { microPolarisation } from "../../analysis/exchangeCurrent/microPolarisation"
import { pulseResistances } from "../../analysis/resistance"
import { sweeps } from "../../analysis/voltammetry"
import { requireOf } from "../../cell"
import { activationEnergy_kJ_per_mol } from "../common/arrhenius"
import { meanOfKnown, settledResistances_ohm } from "../common/extrapolated"
import { type Results, resultOf } from "../common/results"
import { sweepFit } from "../common/sweepFit"
import type { Printed, Row, RunResult } from "../paper"
import { PULSED_CYCLES, pulsedAt, TEMPERATURES_degC } from "./runsFull"
import { firstCycleOf, HOSTS } from "./runsSymmetric"

const key = (name: string) => `Ding2022/${name}`
const of = (results: Results, name: string) => resultOf(results, { key: key(name) })

const ANODES = ["composite", "Li"] as const
type Anode = (typeof ANODES)[number]

const R_DC =
  "R_DC: a charge of half a minute at 0.5C, half charged; the line through voltage over charge, once it is straight, taken back to no charge"
const LUMPED =
  "A reading every 0.1 s does not tell ohmic, film and transfer resistance apart: R_DC holds all three, of both electrodes."

const pulsed_ohm = (result: RunResult) => meanOfKnown(settledResistances_ohm(result.records()))

const hostResistance = (host: string): Printed => ({
  quantity: `R_DC, ${host}`,
  value: undefined,
  qualifier: "=",
  unit: "Ω",
  at: "1 s into the pulse",
  source: "Results, Fig. 2B",
  bar: "none",
  measure: (results) =>
    pulseResistances(resultOf(results, { key: firstCycleOf(host) }).records(), 1).at(0)
      ?.resistance_ohm,
})

const transfer = (anode: Anode, value: number, source: string): Printed => ({
  quantity: `R_ct, ${anode}; measured R_DC`,
  value,
  qualifier: "=",
  unit: "Ω",
  source,
  bar: "none",
  measure: (results) => pulsed_ohm(of(results, `pulses, ${anode}`)),
  note: "R_DC holds the ohmic part, too, and so is larger.",
})

const exchange = (anode: Anode, value: number): Printed => ({
  quantity: `exchange current density, ${anode}`,
  value,
  qualifier: "=",
  unit: "mA cm⁻²",
  source: "Results, Fig. 5F",
  bar: "overpotential",
  measure: (results) => sweepFit(of(results, `Tafel, ${anode}`))?.exchangeCurrent_mA_per_cm2,
  note: "i₀ and resistance fitted to the sweep together.",
})

const slope = (anode: Anode): Printed => ({
  quantity: `the same from the slope about 0 V, ${anode}`,
  value: undefined,
  qualifier: "=",
  unit: "mA cm⁻²",
  source: "Results, Fig. 5F",
  bar: "none",
  measure: (results) => byMicroPolarisation(of(results, `Tafel, ${anode}`)),
  note: "With the resistance of that fit taken off.",
})

function byMicroPolarisation(result: RunResult): number | undefined {
  const area_cm2 = requireOf(result.cell, "area_cm2", "mA cm⁻²")
  const fit = sweepFit(result)
  const narrow = [...sweeps(result.records())].at(1)
  if (fit === undefined || narrow === undefined) return undefined
  return microPolarisation(narrow.records, {
    area_cm2,
    temperature_degC: ROOM_degC,
    resistance_ohm: fit.resistance_ohm_cm2 / area_cm2,
  })?.exchangeCurrent_mA_per_cm2
}

/** Of the Tafel test: the paper does not state it. */
const ROOM_degC = 25

const activation = (anode: Anode, value: number): Printed => ({
  quantity: `activation energy of the SEI, ${anode}; measured of R_DC`,
  value,
  qualifier: "=",
  unit: "kJ mol⁻¹",
  at: TEMPERATURES_degC.map((one) => `${one} °C`).join(", "),
  source: "Results, Fig. 4I",
  bar: "none",
  measure: (results) => {
    const points = TEMPERATURES_degC.flatMap((temperature_degC) => {
      const value = pulsed_ohm(resultOf(results, { key: pulsedAt(anode, temperature_degC) }))
      return value === undefined ? [] : [{ temperature_degC, value }]
    })
    return points.length < TEMPERATURES_degC.length
      ? undefined
      : activationEnergy_kJ_per_mol(points)
  },
  note: "Apparent: the ohmic part in R_DC hardly changes with temperature, so it reads low.",
})

const whileCycling = (anode: Anode): Printed[] =>
  PULSED_CYCLES.map((cycle, index) => ({
    quantity: `R_DC, ${anode}`,
    value: undefined,
    qualifier: "=",
    unit: "Ω",
    at: `cycle ${cycle}`,
    source: "Fig. 4G, H",
    bar: "none",
    measure: (results) =>
      settledResistances_ohm(of(results, `pulses while cycling, ${anode}`).records()).at(index),
  }))

export const resistanceRows: readonly Row[] = [
  {
    class: "C",
    id: "P2-T05",
    technique: "EIS of symmetric cells",
    conditions: "state of the cells not stated",
    runs: HOSTS.map(firstCycleOf),
    printed: HOSTS.map(hostResistance),
    substitute: "R_DC: a pulse of 0.5 mA cm⁻² after the first plating, in its direction",
    notes: [
      "Only “smallest resistance” of the composite is printed. In that direction no nucleation is in the pulse.",
      LUMPED,
    ],
    plot: "resistance",
  },
  {
    class: "C",
    id: "P2-T15",
    technique: "EIS, fitted charge-transfer resistance (full cell)",
    conditions: "composite and Li anode",
    runs: [key("pulses, composite"), key("pulses, Li")],
    printed: [
      transfer("composite", 41.21, "Results, Fig. 5E, Suppl. Table 4"),
      transfer("Li", 222.7, "Results"),
    ],
    substitute: R_DC,
    notes: [
      LUMPED,
      "Printed in Ω without an area, and of a full cell, so the cathode's arc is in it.",
      "222.7 ÷ 41.21 is 5.4, while the exchange currents are in a ratio of 4.",
    ],
    plot: "resistance",
  },
  {
    class: "B",
    id: "P2-T16",
    technique: "Tafel exchange current",
    conditions: "symmetric, −0.2 … 0.2 V at 0.1 mV/s: all assumed",
    runs: [key("Tafel, composite"), key("Tafel, Li")],
    printed: [exchange("composite", 1.181), exchange("Li", 0.293), slope("composite"), slope("Li")],
    notes: [
      "1.181 mA cm⁻² would mean 42 mV at 1 mA cm⁻², where 16 mV are printed: not from the same state or electrolyte, so the simulated cells are others than those of the cycling.",
      "Rate, window and cell of the scan are not stated.",
    ],
    plot: "scan",
  },
  {
    class: "C",
    id: "P2-T19",
    technique: "EIS against temperature: SEI activation energy",
    conditions: `full cells; temperatures not stated, ${TEMPERATURES_degC.join(", ")} °C assumed`,
    runs: ANODES.flatMap((anode) => TEMPERATURES_degC.map((one) => pulsedAt(anode, one))),
    printed: [activation("composite", 52.95), activation("Li", 60.38)],
    substitute: `${R_DC}, in a chamber at each temperature`,
    notes: [
      LUMPED,
      "In the simulated cells the whole transfer resistance follows the printed energy: assumed.",
    ],
    plot: "resistance",
  },
  {
    class: "C",
    id: "P2-T20",
    technique: "EIS of full cells at several cycle numbers",
    conditions: `cycles not stated: ${PULSED_CYCLES.join(", ")} at 1C assumed`,
    runs: ANODES.map((anode) => key(`pulses while cycling, ${anode}`)),
    printed: ANODES.flatMap(whileCycling),
    substitute: R_DC,
    notes: [
      "No values are printed, and the simulated cells' resistance is assumed to stay as it is.",
      LUMPED,
    ],
    plot: "resistance",
  },
]
