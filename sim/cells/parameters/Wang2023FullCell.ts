/**
 * Full cells of Wang et al., Adv. Funct. Mater. 2023, 10.1002/adfm.202307281, as `FullCell` parameters:
 * NCM622 and SPAN against 40 µm Li–Ag and lithium, and coins of the stacks of its pouch cells. Areas and
 * resistances are assumed but where noted.
 */
import type { FullCellParameters } from "../fullCell"
import { fadePerCycle, LITHIUM_mAh_per_cm2_per_um, NUCLEATION_DECAY_mAh_per_cm2 } from "./fits"
import { NCM622, NCM811, span } from "./openCircuit"

const AREA_cm2 = 1.131 // 12 mm cathode disc, assumed; the paper does not state it
/** Li–Ag with 10 wt% silver: 0.590 g cm⁻³, 3400 mAh g⁻¹ (Section 1, Fig. S3). */
const LI_AG_mAh_per_cm2_per_um = 0.2006

const bareNucleation = { amplitude_mV: 51, decay_mAh_per_cm2: NUCLEATION_DECAY_mAh_per_cm2 }

const ncm622 = {
  area_cm2: AREA_cm2,
  loading_mg_per_cm2: 15.2, // Section 2.3
  oneC_mA_per_g: 175, // Section 2.3
  window_V: [2.8, 4.3],
  openCircuit: NCM622,
  resistance_ohm_cm2: 25, // assumed
} as const

/** ‖Li–Ag: about 160 mAh g⁻¹ at 0.5C, 95 % at cycle 100 (Section 2.3, Fig. 4a). */
export const ncm622Silver: FullCellParameters = {
  ...ncm622,
  rate: [
    [0.1, 178], // assumed: activation
    [0.5, 160],
  ],
  fade: { perCycle: fadePerCycle(0.95, 100) },
  anode: { excess_mAh_per_cm2: 40 * LI_AG_mAh_per_cm2_per_um, efficiency: 0.985 }, // Fig. S7
}

/**
 * ‖Li: about 170 mAh g⁻¹ at 0.5C, a knee at cycle 60, 80 % at cycle 70 (Section 2.3, Fig. 4a). Beyond the
 * knee each cycle loses what part of the lithium it kills, which with the knee at 60 asks for 98.15 %,
 * where 96.2 % is printed for a foil (Fig. S7). That the excess lasts 60 cycles after three of
 * activation is fitted: 40 µm hold 8.25 mAh cm⁻², which at that rate would last far longer.
 */
export const ncm622Lithium: FullCellParameters = {
  ...ncm622,
  rate: [
    [0.1, 180], // assumed: activation
    [0.5, 170],
  ],
  fade: { perCycle: 0.000508 }, // assumed: as with Li–Ag, till the knee
  anode: { excess_mAh_per_cm2: 2.87, efficiency: 0.9815, nucleation: bareNucleation },
}

const spanCathode = {
  area_cm2: AREA_cm2,
  loading_mg_per_cm2: 5, // Fig. 4 caption
  oneC_mA_per_g: 700, // Section 2.3
  window_V: [1, 3],
  openCircuit: span(700), // whole capacity assumed
  hysteresis_V: 0.13, // assumed
  resistance_ohm_cm2: 25, // assumed
  rate: [
    [0.1, 680], // assumed: activation
    [0.5, 660], // 3.3 mAh cm⁻² (Fig. 4 caption)
  ],
} as const

/** ‖Li–Ag: 98 % at cycle 80 (Section 2.3, Fig. 4g). Comes charged: all lithium is the anode's. */
export const spanSilver: FullCellParameters = {
  ...spanCathode,
  fade: { perCycle: fadePerCycle(0.98, 80) },
  anode: { excess_mAh_per_cm2: 40 * LI_AG_mAh_per_cm2_per_um - 3.4, efficiency: 0.985 },
}

/** ‖Li: fails earlier, without a number (Section 2.3). Fails here as its lithium is used up. */
export const spanLithium: FullCellParameters = {
  ...spanCathode,
  fade: { perCycle: fadePerCycle(0.98, 80) },
  anode: {
    excess_mAh_per_cm2: 40 * LITHIUM_mAh_per_cm2_per_um - 3.4,
    efficiency: 0.962, // Fig. S7
    nucleation: bareNucleation,
  },
}

/**
 * A coin of the 1.4 Ah pouch's stack, NCM622‖30 µm Li–Ag: 2.8 mAh cm⁻², 0.2C; 184.3 and 211.4 mAh g⁻¹ to
 * 4.3 and 4.55 V, mid-value voltage 3.77 and 3.81 V, 95.5 % at cycle 50, polarisation growing by 10 mV
 * between cycles 20 and 50 (Section 2.3, Fig. 5, S23–S25). 60 mV of polarisation at 0.2C are fitted to the
 * mid-value voltages; the growth is that between charge and discharge, half of it on each.
 */
const POUCH_mA_per_cm2 = 0.56
export const ncm622Pouch: FullCellParameters = {
  ...ncm622,
  oneC_mA_per_g: (POUCH_mA_per_cm2 / 0.2 / 15.2) * 1e3,
  rate: [[0.2, 184.3]],
  resistance_ohm_cm2: 60 / POUCH_mA_per_cm2,
  resistanceGrowth_ohm_cm2: 10 / 30 / 2 / POUCH_mA_per_cm2,
  fade: { perCycle: 0.00078 }, // fitted, beside what the growth takes
  anode: { excess_mAh_per_cm2: 30 * LI_AG_mAh_per_cm2_per_um, efficiency: 0.985 },
}

/** A coin of the 5.2 Ah pouch's stack, NCM811 21 mg cm⁻² ‖ 30 µm Li–Ag (Section 2.3, Fig. S27). */
export const ncm811Pouch: FullCellParameters = {
  area_cm2: AREA_cm2,
  loading_mg_per_cm2: 21,
  oneC_mA_per_g: 200, // assumed
  window_V: [2.8, 4.3], // assumed
  openCircuit: NCM811,
  rate: [[0.1, 205]], // assumed: the paper prints ampere hours of a cell whose area it does not
  resistance_ohm_cm2: 25, // assumed
  fade: { perCycle: 0 },
  anode: { excess_mAh_per_cm2: 30 * LI_AG_mAh_per_cm2_per_um, efficiency: 0.985 },
}
