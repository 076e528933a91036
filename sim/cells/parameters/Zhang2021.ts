/**
 * Li‖Li cells of Zhang et al., Adv. Funct. Mater. 2021, 10.1002/adfm.202009712: dendritic Li₃Mg₇@Li made
 * at 200 °C, its variants, bare lithium and LiH@Li. Resistances are assumed, the rest is fitted to what
 * is printed, one set for each condition. "Voltage hysteresis" is taken as the overpotential, |V| of
 * the cell, for the paper uses both words for the same numbers.
 */
import type { LithiumCopperParameters } from "../lithiumCopper"
import type { LithiumSymmetricParameters } from "../lithiumSymmetric"
import { doubling, exchangeCurrent_mA_per_cm2, knee, NUCLEATION_DECAY_mAh_per_cm2 } from "./fits"

const common = {
  area_cm2: 1.539, // 14 mm disc, assumed; the paper does not state it
  temperature_C: 25, // assumed
  inventory_mAh_per_cm2: 38, // 200 µm Li₃Mg₇@Li; assumed of bare lithium too
  cycleCapacity_mAh_per_cm2: 1,
}

/** Li₃Mg₇ at any temperature shows none; bare lithium 7 mV, tip 27 less plateau 20 (Section 2, Fig. S11). */
const noNucleation = { amplitude_mV: 0, decay_mAh_per_cm2: NUCLEATION_DECAY_mAh_per_cm2 }
const nucleation = { amplitude_mV: 7, decay_mAh_per_cm2: NUCLEATION_DECAY_mAh_per_cm2 }

/** V = S·asinh(i/j_s) + R·i, fitted to the staircase; j_s is 2·i₀ of the model. */
const alloy = {
  ...common,
  nucleation: noNucleation,
  kineticScale_mV: 1.9576,
  exchangeCurrent_mA_per_cm2: 0.0868 / 2,
  growth: null,
}

/** 0.5 mA cm⁻², 1 mAh cm⁻²: 8 mV, life > 2200 h (Section 2, Fig. 3A, B). */
export const alloy_05: LithiumSymmetricParameters = { ...alloy, resistance_ohm_cm2: 6.41 }

/**
 * 1 mA cm⁻²: below 11 mV at 1300 h (Section 2, Fig. S14), 12 in the staircase; also for 2 and 3, and for
 * 5 and 10 mAh cm⁻², whose 900 h are 90 and 45 cycles (Fig. 3E, F, S23).
 */
export const alloy_1: LithiumSymmetricParameters = {
  ...alloy,
  resistance_ohm_cm2: 6.149,
  growth: { kind: "conditioning", amplitude_ohm_cm2: 1.5, width_cycles: 30 },
}

/**
 * Staircase 0.5, 1, 2, 5, 0.5 mA cm⁻²: 8, 12, 20, 40 and 7 mV (Section 2, Fig. 3G). Five cycles of
 * 1 mAh cm⁻² at each are assumed; each number is met, within 0.3 mV, in the middle one.
 */
export const alloyRate: LithiumSymmetricParameters = {
  ...alloy,
  kineticScale_mV: 1.6618,
  exchangeCurrent_mA_per_cm2: 0.0968 / 2,
  resistance_ohm_cm2: 8.3874,
  growth: { kind: "conditioning", amplitude_ohm_cm2: 2.7699, width_cycles: 15 },
}

/** 10 mA cm⁻², 10 mAh cm⁻²: 45 mV, life > 500 h (Section 2, Fig. S20); the staircase's law gives 72. */
export const alloy_10: LithiumSymmetricParameters = {
  ...alloy,
  resistance_ohm_cm2: 3.4396,
  cycleCapacity_mAh_per_cm2: 10,
}

/** Carbonate electrolyte: 50 and 100 mV at 1 and 2 mA cm⁻², 1000 and 500 h (Section 2, Fig. S27, S28). */
export const alloyCarbonate: LithiumSymmetricParameters = {
  ...alloy,
  kineticScale_mV: 0,
  exchangeCurrent_mA_per_cm2: 1, // without effect: the printed numbers are ohmic
  resistance_ohm_cm2: 50,
}

const bareAt = {
  ...common,
  nucleation,
  resistance_ohm_cm2: 4,
  exchangeCurrent_mA_per_cm2: exchangeCurrent_mA_per_cm2(20, 1, 4), // 20 mV (Section 2)
}

/** Bare lithium, 1 mA cm⁻²: 20 mV, 100 mV at 400 h (Section 2, Fig. S11, S14). */
export const lithium_1: LithiumSymmetricParameters = { ...bareAt, growth: knee(200, 80, 1, 25) }

/** 0.5 mA cm⁻², 1 mAh cm⁻²: rises after 60 cycles (Section 2); its 10 mV are those of 1 mA cm⁻². */
export const lithium_05: LithiumSymmetricParameters = {
  ...bareAt,
  growth: doubling(60, 10, 0.5, 2),
}

/** 2 mA cm⁻²: 60 mV at cycle 30 (Section 2); 1 mAh cm⁻² assumed. */
export const lithium_2: LithiumSymmetricParameters = { ...bareAt, growth: knee(30, 20.44, 2, 6) }

/** 10 mA cm⁻², 10 mAh cm⁻²: rises after 40 h (Section 2, Fig. S20); 117 mV till then are assumed. */
export const lithium_10: LithiumSymmetricParameters = {
  ...bareAt,
  exchangeCurrent_mA_per_cm2: exchangeCurrent_mA_per_cm2(117, 10, 4),
  cycleCapacity_mAh_per_cm2: 10,
  growth: doubling(20, 117, 10, 1),
}

/** Made at 170 and 230 °C, 1 mA cm⁻²: 55 mV at 600 and 800 h (Section 2); 13 mV at first are assumed. */
const otherAlloy = {
  ...common,
  nucleation: noNucleation,
  resistance_ohm_cm2: 4,
  exchangeCurrent_mA_per_cm2: exchangeCurrent_mA_per_cm2(13, 1, 4),
}
export const alloy170_1: LithiumSymmetricParameters = {
  ...otherAlloy,
  growth: knee(300, 55 - 13, 1, 30),
}
export const alloy230_1: LithiumSymmetricParameters = {
  ...otherAlloy,
  growth: knee(400, 55 - 13, 1, 30),
}

/** 230 °C, 10 mA cm⁻², 10 mAh cm⁻²: rises after 220 h (Section 2, Fig. S20); 82 mV till then assumed. */
export const alloy230_10: LithiumSymmetricParameters = {
  ...otherAlloy,
  exchangeCurrent_mA_per_cm2: exchangeCurrent_mA_per_cm2(82, 10, 4),
  cycleCapacity_mAh_per_cm2: 10,
  growth: doubling(110, 82, 10, 2),
}

/** LiH@Li: life > 400 h (Section 2, Fig. S15); 16 mV are assumed. */
export const hydride_1: LithiumSymmetricParameters = {
  ...common,
  nucleation: noNucleation,
  resistance_ohm_cm2: 4,
  exchangeCurrent_mA_per_cm2: exchangeCurrent_mA_per_cm2(16, 1, 4),
  growth: null,
}

/**
 * The cells of the Tafel plot, i₀ as printed (Section 2, Fig. S32): separate cells, for bare lithium's
 * 0.41 mA cm⁻² would take 106 mV at 1 mA cm⁻², where 20 are printed of the fresh one. The 4 Ω cm² want
 * correcting for.
 */
const tafel = { ...common, nucleation: noNucleation, resistance_ohm_cm2: 4, growth: null }
export const alloy_tafel: LithiumSymmetricParameters = {
  ...tafel,
  exchangeCurrent_mA_per_cm2: 3.71,
}
export const hydride_tafel: LithiumSymmetricParameters = {
  ...tafel,
  exchangeCurrent_mA_per_cm2: 2.13,
}
export const lithium_tafel: LithiumSymmetricParameters = {
  ...tafel,
  exchangeCurrent_mA_per_cm2: 0.41,
}

/**
 * 200 µm Li₃Mg₇@Li stripped against lithium: 3408 mAh g⁻¹, 88.3 % of lithium's (Section 2, Fig. S36). Its
 * areal capacity follows from thickness and density and is assumed, as are 1 mA cm⁻² and 1.0 V.
 */
const FOIL_mAh_per_cm2 = 38.2
export const ALLOY_FOIL_mg_per_cm2 = FOIL_mAh_per_cm2 / 3.408
export const alloyFoil: LithiumCopperParameters = {
  area_cm2: common.area_cm2,
  temperature_C: common.temperature_C,
  resistance_ohm_cm2: 4,
  exchangeCurrent_mA_per_cm2: exchangeCurrent_mA_per_cm2(12, 1, 4),
  nucleation: noNucleation,
  runaway: { scale_mV: 130, capacity_mAh_per_cm2: 0.01 }, // assumed
  efficiency: 1,
  lithium_mAh_per_cm2: FOIL_mAh_per_cm2,
}
