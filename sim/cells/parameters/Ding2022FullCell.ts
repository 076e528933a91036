/**
 * NCM811 full cells of Ding et al., Energy Mater. 2022;2:200039, 10.20517/energymater.2022.53, as
 * `FullCell` parameters with rate, fade and efficiency. Rate, window and loading of the cycled cells
 * are not in the main text: 1C, 2.8 … 4.3 V and 2.5 mg cm⁻² are assumed. 8.6 mg cm⁻², printed for the
 * high-loading cell, cannot give 138.5 mAh g⁻¹ at 10C through the printed 41 Ω.
 */
import { arrhenius } from "../arrhenius"
import type { FullCellParameters } from "../fullCell"
import { fadePerCycle } from "./fits"
import { NCM811 } from "./openCircuit"

const AREA_cm2 = 1.131 // 12 mm cathode disc, assumed

/** Charge transfer in ohm for the whole cell (Results, Fig. 5E, Suppl. Table 4), cathode included. */
const COMPOSITE_ohm = 41.21
const LITHIUM_ohm = 222.7

/** Activation energy of the SEI's resistance (Results, Fig. 4I). */
const COMPOSITE_kJ_per_mol = 52.95
const LITHIUM_kJ_per_mol = 60.38

const common = {
  area_cm2: AREA_cm2,
  loading_mg_per_cm2: 2.5,
  oneC_mA_per_g: 200, // assumed
  window_V: [2.8, 4.3],
  openCircuit: NCM811,
  resistance_ohm_cm2: 5, // assumed
} as const

const composite = {
  ...common,
  relaxing: { resistance_ohm_cm2: COMPOSITE_ohm * AREA_cm2, relaxation_s: 0.1 }, // time assumed
} as const

const lithium = {
  ...common,
  relaxing: { resistance_ohm_cm2: LITHIUM_ohm * AREA_cm2, relaxation_s: 0.5 }, // time assumed
} as const

/** 182.4 mAh g⁻¹, 61.5 % at cycle 400, efficiency 99.1 % (Results, Fig. 5A). */
export const composite_400: FullCellParameters = {
  ...composite,
  rate: [[1, 182.4]],
  fade: { perCycle: fadePerCycle(0.615, 400) },
  efficiency: 0.991,
}

/**
 * 162.9 mAh g⁻¹, 39.5 % at cycle 400, where the efficiency is 91.7 % (Results). So little fade beside so
 * little efficiency asks for side reactions, not lost lithium; from 99 % on it is assumed to fall evenly.
 */
export const lithium_400: FullCellParameters = {
  ...lithium,
  rate: [[1, 162.9]],
  fade: { perCycle: fadePerCycle(0.395, 400) },
  efficiency: (cycle) => 0.99 - (0.99 - 0.917) * Math.min(1, (cycle - 1) / 399),
}

/** Controls: 51.2 and 40.9 % at cycle 400 (Suppl. Fig. 9), rapid decay after 300 (Results). */
export const nitrideW_400: FullCellParameters = {
  ...composite,
  rate: [[1, 175]], // assumed
  fade: { perCycle: fadePerCycle(0.512, 400) },
}
export const carbon_400: FullCellParameters = {
  ...composite,
  rate: [[1, 170]], // assumed
  fade: { perCycle: fadePerCycle(0.409, 400) },
}
export const nitrideMo_400: FullCellParameters = {
  ...composite,
  rate: [[1, 178]], // assumed
  fade: { perCycle: 0.0012, knee: { cycle: 300, perCycle: 0.02 } }, // both slopes assumed
}

/** 203.2, 194.7, 186.9, 177.2, 158.5, 138.5 mAh g⁻¹ at 0.2, 0.5, 1, 2, 5, 10C (Results, Fig. 5B). */
export const compositeRate: FullCellParameters = {
  ...composite,
  rate: [
    [0.2, 203.2],
    [0.5, 194.7],
    [1, 186.9],
    [2, 177.2],
    [5, 158.5],
    [10, 138.5],
  ],
  fade: { perCycle: 0 }, // none is printed
}

/** 8.6 mg cm⁻²: 88.2 % at cycle 150 (Results, Fig. 5G); the rate's 0.5C and its capacity are assumed. */
export const compositeLoaded: FullCellParameters = {
  ...composite,
  loading_mg_per_cm2: 8.6,
  rate: [[0.5, 185]],
  fade: { perCycle: fadePerCycle(0.882, 150) },
}

/** 2 µL mg⁻¹ of electrolyte: 77.1 % at cycle 150 (Results, Fig. 5H); 1C and its capacity assumed. */
export const compositeLean: FullCellParameters = {
  ...composite,
  rate: [[1, 182.4]],
  fade: { perCycle: fadePerCycle(0.771, 150) },
}

const atRest = { ...common, rate: [[0.2, 190]], fade: { perCycle: 0 } } as const

/**
 * At a temperature, for pulses: the printed resistance at 25 °C, assumed to follow the activation
 * energy of the SEI as a whole. Capacity and fade are of no weight here.
 */
export function compositeAt(temperature_C: number): FullCellParameters {
  const factor = arrhenius(COMPOSITE_kJ_per_mol, temperature_C)
  return { ...atRest, relaxing: scaled(composite.relaxing, factor) }
}
export function lithiumAt(temperature_C: number): FullCellParameters {
  const factor = arrhenius(LITHIUM_kJ_per_mol, temperature_C)
  return { ...atRest, relaxing: scaled(lithium.relaxing, factor) }
}

function scaled(
  { resistance_ohm_cm2, relaxation_s }: { resistance_ohm_cm2: number; relaxation_s: number },
  factor: number,
) {
  return {
    resistance_ohm_cm2: resistance_ohm_cm2 * factor,
    relaxation_s: relaxation_s * factor, // the capacitance stays
  }
}
