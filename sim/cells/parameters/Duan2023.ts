/**
 * All-solid-state cells of Duan et al., Adv. Energy Mater. 2023, 10.1002/aenm.202300815, in a 10 mm die:
 * Li₆PS₅Cl (LPSC), a layer (SL) of LPSC with LiAlCl₄ (LAC) that reacts with lithium, LiCoO₂ (LCO). The
 * paper prints conductivities, times and capacities, but no overpotential: resistances are worked out
 * from pellets of 90 % density or assumed.
 */
import { arrhenius, REFERENCE_C } from "../arrhenius"
import { FARADAY_C_per_mol } from "../constants"
import type { FullCellParameters } from "../fullCell"
import type { SolidStateParameters } from "../solidState"
import { fadePerCycle } from "./fits"
import { LCO } from "./openCircuit"

/** The only area that any of the papers states. */
export const AREA_cm2 = 0.785

const KELVIN = 273.15

/** Conductivity at 25 °C, activation energy (Section 2, Fig. 2B), and thickness of 100 mg. */
const PELLETS = {
  LAC: { conductivity_S_per_cm: 1.8e-5, activation_eV: 0.46, thickness_cm: 0.0715 },
  LPSC: { conductivity_S_per_cm: 1e-3, activation_eV: 0.44, thickness_cm: 0.0761 },
  SL: { conductivity_S_per_cm: 1.7e-4, activation_eV: 0.47, thickness_cm: 0.0737 },
} as const

/** Of the blocking electrodes. Assumed. */
export const BLOCKING_F = 1e-3

/** R = L/(σA), with σT = s₀·exp(−Ea/kT) as in the paper. */
export function pelletResistance_ohm(pellet: keyof typeof PELLETS, temperature_C: number): number {
  const { activation_eV, conductivity_S_per_cm, thickness_cm } = PELLETS[pellet]
  const activation_kJ_per_mol = (activation_eV * FARADAY_C_per_mol) / 1e3
  const kelvins = (temperature_C + KELVIN) / (REFERENCE_C + KELVIN)
  const at25_ohm = thickness_cm / (conductivity_S_per_cm * AREA_cm2)
  return at25_ohm * kelvins * arrhenius(activation_kJ_per_mol, temperature_C)
}

/**
 * Li/SL/Li, 80 mg with 50 wt% LAC, at rest: 441 Ω follow from the pellet; that they fall with 12 h is
 * assumed; the short after 2 days is printed (Section 2, Fig. 2C).
 */
export const reactingLayer: SolidStateParameters = {
  area_cm2: AREA_cm2,
  resistance_ohm_cm2: 0,
  reacting: { resistance_ohm_cm2: 441 * AREA_cm2, time_h: 12 },
}
export const REACTING_SHORT_s = 48 * 3600
export const REACTING_SHORT_ohm = 1

/** Li/LPSC/Li, 0.5 mA cm⁻²: shorts after 20 h (Section 2, Fig. 3G), here in the last tenth of cycle 10. */
export const lpsc: SolidStateParameters = {
  area_cm2: AREA_cm2,
  resistance_ohm_cm2: 80, // 61 of the pellet, the rest assumed
}
export const LPSC_SHORT_mAh_per_cm2 = 9.95
export const LPSC_SHORT_ohm = 2

/** The interface's share that answers within 0.1 … 10 s (Fig. 3B); both assumed. */
const slowInterface = [
  { resistance_ohm_cm2: 4, relaxation_s: 0.3 },
  { resistance_ohm_cm2: 3, relaxation_s: 3 },
]

/**
 * Li/SL/LPSC/SL/Li: stable after 18 h of rest (Section 2, Fig. 3A–C) or 8 cycles of 2 h (Fig. 3G, H),
 * which one time constant of 5 h gives both; an interface of 60 Ω cm² falling to 15 is assumed. No end
 * in 1500 h at 0.5 mA cm⁻².
 */
export const layered: SolidStateParameters = {
  area_cm2: AREA_cm2,
  resistance_ohm_cm2: 68, // with the interface 75: 61 of the pellet, the rest assumed
  reacting: { resistance_ohm_cm2: 45, time_h: 5 },
  relaxing: slowInterface,
}

/** 3 mA cm⁻²: no end in 500 h (Fig. 3I); 70 Ω cm² assumed. */
export const layered_3: SolidStateParameters = { ...layered, resistance_ohm_cm2: 63 }

const fullCell = {
  area_cm2: AREA_cm2,
  loading_mg_per_cm2: 7 / AREA_cm2, // 7 mg of LCO (Experimental)
  oneC_mA_per_g: 140, // assumed
  window_V: [2.6, 4.2],
  openCircuit: LCO,
  resistance_ohm_cm2: 110, // assumed
} as const

/** Initial efficiency (Section 2, Fig. 4A); 1 from the second cycle on is assumed. */
const initially = (first: number) => (cycle: number) => (cycle === 1 ? first : 1)

/** First cycle: 137.5 mAh g⁻¹, 96 %, plateau at 3.9 V (Section 2, Fig. 4A); 0.1C assumed. */
export const lcoFirst: FullCellParameters = {
  ...fullCell,
  rate: [[0.1, 137.5]],
  fade: { perCycle: 0 },
  efficiency: initially(0.96),
}

/** 0.3C: 71 % at cycle 100 (Section 2, Fig. 4B); the initial capacity taken from the first cycle. */
export const lco_03C: FullCellParameters = {
  ...fullCell,
  rate: [[0.3, 137.5]],
  fade: { perCycle: fadePerCycle(0.71, 100) },
  efficiency: initially(0.96),
}

/**
 * 1C: 115 mAh g⁻¹, > 700 cycles (Section 2, Fig. 4C). No retention is printed; 80 % at 700 are assumed,
 * for the fade at 0.3C would leave 9 %.
 */
export const lco_1C: FullCellParameters = {
  ...fullCell,
  rate: [[1, 115]],
  fade: { perCycle: fadePerCycle(0.8, 700) },
  efficiency: initially(0.96),
}

/** Other reactants in the SL: initial efficiency > 92 % (Section 2, Fig. 4D, E, S12); 93 assumed. */
export const lcoOtherLayer: FullCellParameters = { ...lcoFirst, efficiency: initially(0.93) }
export const OTHER_LAYERS = ["MgF2", "Li3YBr6", "MgI2", "Li3HoCl6", "LGPS"]

/** Li/LPSC/LIC/LCO: shorts while it charges (Fig. S11, no time); in cycle 10, by 5 kΩ, assumed. */
export const lcoWithoutLayer: FullCellParameters = { ...lcoFirst, resistance_ohm_cm2: 150 }
export const LCO_LEAK_ohm = 5000
/** Both directions: 143 + 18·137.5 mAh g⁻¹ in nine cycles, and half a charge. */
export const LCO_LEAK_AFTER_mAh = (143 + 17 * 137.5 + 70) * 7e-3
