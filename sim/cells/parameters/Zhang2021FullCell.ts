/**
 * LFP and sulfur cells of Zhang et al., Adv. Funct. Mater. 2021, 10.1002/adfm.202009712, as `FullCell`
 * parameters. Loadings and windows are not stated: 10 mg cm⁻² and 2.5 … 4.0 V of LFP, 1 mg cm⁻² and
 * 1.7 … 2.8 V of sulfur are assumed, as are all resistances.
 */
import type { FullCellParameters } from "../fullCell"
import { fadePerCycle } from "./fits"
import { LFP, sulfur } from "./openCircuit"

const AREA_cm2 = 1.131 // 12 mm cathode disc, assumed

const lfp = {
  area_cm2: AREA_cm2,
  loading_mg_per_cm2: 10,
  oneC_mA_per_g: 170, // Section 2
  window_V: [2.5, 4.0],
  openCircuit: LFP,
  resistance_ohm_cm2: 25,
} as const

/**
 * Rates 0.2, 0.5, 1, 3 and again 0.5C: 160, 146, 135, 101 and 142 mAh g⁻¹ (Section 2, Fig. 6A). Five
 * cycles at each are assumed; each number is met in the middle one, with the fade that leads from 146
 * to 142 in fifteen cycles.
 */
const FADE = Math.log(146 / 142) / 15
const asNew = (capacity_mAh_per_g: number, cycle: number) =>
  capacity_mAh_per_g * Math.exp(FADE * (cycle - 1))
export const lfpRate: FullCellParameters = {
  ...lfp,
  rate: [
    [0.2, asNew(160, 3)],
    [0.5, asNew(146, 8)],
    [1, asNew(135, 13)],
    [3, asNew(101, 18)],
  ],
  fade: { perCycle: FADE },
}

/** 1C: 104 mAh g⁻¹ and 78.5 % at cycle 700 (Section 2, Fig. 6C), so 132.5 at first; the rate test has 135. */
export const lfp_1C: FullCellParameters = {
  ...lfp,
  rate: [[1, 104 / 0.785]],
  fade: { perCycle: fadePerCycle(0.785, 700) },
}

/** Bare lithium, 1C: 57.9 % at cycle 270 (Section 2, Fig. S38); 130 mAh g⁻¹ at first are assumed. */
export const lfpLithium_1C: FullCellParameters = {
  ...lfp,
  resistance_ohm_cm2: 40,
  rate: [[1, 130]],
  fade: { perCycle: fadePerCycle(0.579, 270) },
}

/** 30 mg cm⁻², 1 µL mg⁻¹, 0.5C: 0.05 % a cycle, > 100 cycles (Section 2, Fig. S40); 146 mAh g⁻¹ assumed. */
export const lfpLean: FullCellParameters = {
  ...lfp,
  loading_mg_per_cm2: 30,
  rate: [[0.5, 146]],
  fade: { perCycle: fadePerCycle(0.95, 101) },
}

/** The same with bare lithium: rapid decay after 47 cycles (Section 2, Fig. S40); both slopes assumed. */
export const lfpLeanLithium: FullCellParameters = {
  ...lfpLean,
  resistance_ohm_cm2: 40,
  fade: { perCycle: 0.001, knee: { cycle: 47, perCycle: 0.05 } },
}

const sulfurCathode = {
  area_cm2: AREA_cm2,
  loading_mg_per_cm2: 1,
  oneC_mA_per_g: 1670, // Section 2
  window_V: [1.7, 2.8],
  openCircuit: sulfur(1150), // whole capacity assumed
  resistance_ohm_cm2: 25,
} as const

/** Rates 0.5, 1, 2, 4C: 1036, 810, 700, 485 mAh g⁻¹ (Section 2, Fig. S41). */
export const sulfurRate: FullCellParameters = {
  ...sulfurCathode,
  rate: [
    [0.5, 1036],
    [1, 810],
    [2, 700],
    [4, 485],
  ],
  fade: { perCycle: 0 }, // none is printed
}

/** 2C: 640 mAh g⁻¹ and 79.7 % at cycle 500 (Section 2, Fig. 6D), so 803 at first; the rate test has 700. */
export const sulfur_2C: FullCellParameters = {
  ...sulfurCathode,
  rate: [[2, 640 / 0.797]],
  fade: { perCycle: fadePerCycle(0.797, 500) },
}

/** Bare lithium, 2C: 28.2 % at cycle 500 (Section 2); 700 mAh g⁻¹ at first are assumed. */
export const sulfurLithium_2C: FullCellParameters = {
  ...sulfurCathode,
  resistance_ohm_cm2: 40,
  rate: [[2, 700]],
  fade: { perCycle: fadePerCycle(0.282, 500) },
}
