/**
 * Li‖Li cells of Ma et al., Adv. Energy Mater. 2024, 10.1002/aenm.202400202, as
 * `LithiumSymmetric` parameters: pristine lithium (P-Li) and lithium kneaded with 5 wt% AlN
 * (K-Li@AlN), cycled 1 h each way.
 *
 * The paper prints overpotentials and lives; R and i₀ are fitted so that the model returns them, one
 * set for each current: 17 mV at 1 and 30 mV at 20 mA cm⁻² fit no single pair of R and i₀. So
 * agreement tests the tester, not the paper.
 */
import type { LithiumCopperParameters } from "../lithiumCopper"
import type { LithiumSymmetricParameters } from "../lithiumSymmetric"
import { LITHIUM_mAh_per_cm2_per_um, NUCLEATION_DECAY_mAh_per_cm2 } from "./fits"

const common = {
  area_cm2: 1.539, // 14 mm disc, assumed; the paper does not state it
  temperature_C: 25, // assumed
}

const bareLithium = {
  ...common,
  nucleation: {
    // Assumed, at both currents: Ma prints none. Of the size that Wang et al., Adv. Funct. Mater.
    // 2023, 10.1002/adfm.202307281, print for Li–Ag and Ag (47 … 86 mV, Fig. 4i, S18); 51 mV is the
    // span of an exponential fitted to those.
    amplitude_mV: 51,
    decay_mAh_per_cm2: NUCLEATION_DECAY_mAh_per_cm2,
  },
  // 223 µm before plating (Fig. 5a) × 0.2062 mAh cm⁻² µm⁻¹ of dense lithium
  inventory_mAh_per_cm2: 223 * LITHIUM_mAh_per_cm2_per_um,
}

const kneadedLithiumAlN = {
  ...common,
  nucleation: {
    // Assumed: a lithiophilic surface shows next to no spike; no number is printed.
    amplitude_mV: 8,
    decay_mAh_per_cm2: NUCLEATION_DECAY_mAh_per_cm2,
  },
  // 300 µm assumed: the half-cell anode's; the symmetric cell's is not stated. 4.46 mAh cm⁻² strip
  // from a 35 µm foil (full cell with N/P 1.35), 62 % of what dense lithium would hold.
  inventory_mAh_per_cm2: 300 * (4.46 / 35),
}

/** P-Li, 1 mA cm⁻², 1 mAh cm⁻². Life < 850 h is printed (Section 2.2, Fig. 3a). */
export const bareLithium_1: LithiumSymmetricParameters = {
  ...bareLithium,
  resistance_ohm_cm2: 2, // assumed
  exchangeCurrent_mA_per_cm2: 1.322, // fitted to 40 mV, itself assumed: only a curve is shown
  cycleCapacity_mAh_per_cm2: 1,
  // assumed; fails about cycle 300, 600 h
  growth: { kind: "exponential", amplitude_ohm_cm2: 210, knee_cycles: 300, width_cycles: 30 },
}

/**
 * P-Li, 20 mA cm⁻², 20 mAh cm⁻²: 80 mV, fails at 220 h, cycle 110 (Section 2.2, Fig. 3d). The text calls
 * 80 mV almost double the 30 mV of K-Li@AlN.
 */
export const bareLithium_20: LithiumSymmetricParameters = {
  ...bareLithium,
  resistance_ohm_cm2: 1, // assumed
  exchangeCurrent_mA_per_cm2: 16.193, // fitted to 80 mV
  cycleCapacity_mAh_per_cm2: 20,
  // Fitted: within cycle 110 the overpotential doubles, and |V| passes 250 mV. The width is assumed.
  growth: { kind: "exponential", amplitude_ohm_cm2: 16.2, knee_cycles: 110, width_cycles: 0.5 },
}

/** K-Li@AlN, 1 mA cm⁻², 1 mAh cm⁻²: 17 mV, life > 1000 h (Section 2.2, Fig. 3a, b). */
export const kneadedLithiumAlN_1: LithiumSymmetricParameters = {
  ...kneadedLithiumAlN,
  resistance_ohm_cm2: 2, // assumed
  exchangeCurrent_mA_per_cm2: 3.414, // fitted to 17 mV
  cycleCapacity_mAh_per_cm2: 1,
  growth: null, // none seen in 500 cycles
}

/**
 * K-Li@AlN, 20 mA cm⁻², 20 mAh cm⁻²: 30 mV, life > 6000 h (Section 2.2, Fig. 3d). The 120,000 mAh cm⁻² of
 * the abstract count plating and stripping both. 30 mV are 1.5 Ω cm², which the separator alone would
 * take; the authors exclude a soft short.
 */
export const kneadedLithiumAlN_20: LithiumSymmetricParameters = {
  ...kneadedLithiumAlN,
  resistance_ohm_cm2: 1, // assumed
  exchangeCurrent_mA_per_cm2: 102.608, // fitted to 30 mV
  cycleCapacity_mAh_per_cm2: 20,
  growth: null, // none seen in 3000 cycles
}

/** K-Li||K-Li, 1 mA cm⁻², 1 mAh cm⁻². Life < 850 h is printed (Section 2.2, Fig. 3a); the rest is assumed. */
export const kneadedLithium_1: LithiumSymmetricParameters = {
  ...bareLithium,
  resistance_ohm_cm2: 2, // assumed
  exchangeCurrent_mA_per_cm2: 1.531, // assumed: 35 mV
  cycleCapacity_mAh_per_cm2: 1,
  growth: { kind: "exponential", amplitude_ohm_cm2: 215, knee_cycles: 360, width_cycles: 30 },
}

/** K-Li@Li3N||K-Li@Li3N, 1 mA cm⁻², 1 mAh cm⁻². Life < 850 h (Section 2.2, Fig. 3a); the rest is assumed. */
export const kneadedLithiumNitride_1: LithiumSymmetricParameters = {
  ...bareLithium,
  resistance_ohm_cm2: 2, // assumed
  exchangeCurrent_mA_per_cm2: 1.813, // assumed: 30 mV
  cycleCapacity_mAh_per_cm2: 1,
  growth: { kind: "exponential", amplitude_ohm_cm2: 220, knee_cycles: 420, width_cycles: 30 },
}

/**
 * 10 mA cm⁻², 10 mAh cm⁻², for 30 and 50 cycles before post-mortem (Section 2.3). No voltage is
 * printed: i₀ is assumed, between those of 1 and 20 mA cm⁻².
 */
export const kneadedLithiumAlN_10: LithiumSymmetricParameters = {
  ...kneadedLithiumAlN,
  resistance_ohm_cm2: 1,
  exchangeCurrent_mA_per_cm2: 40,
  cycleCapacity_mAh_per_cm2: 10,
  growth: null,
}

export const bareLithium_10: LithiumSymmetricParameters = {
  ...bareLithium,
  resistance_ohm_cm2: 1,
  exchangeCurrent_mA_per_cm2: 8,
  cycleCapacity_mAh_per_cm2: 10,
  growth: null,
}

/**
 * The cells of the Tafel plots, i₀ as printed (Section 2.2, Fig. 3c). They are separate cells: with
 * 9.12·10⁻³ mA cm⁻² 1 mA cm⁻² would take 483 mV, where 17 are printed; the unit is probably A cm⁻².
 * Without a nucleation spike, for the sweep is slow.
 */
const tafel = {
  nucleation: { amplitude_mV: 0, decay_mAh_per_cm2: NUCLEATION_DECAY_mAh_per_cm2 },
  resistance_ohm_cm2: 5, // assumed; at these currents it takes 0.3 mV
  cycleCapacity_mAh_per_cm2: 10,
  growth: null,
}

export const kneadedLithiumAlN_tafel: LithiumSymmetricParameters = {
  ...kneadedLithiumAlN,
  ...tafel,
  exchangeCurrent_mA_per_cm2: 9.12e-3,
}

export const bareLithium_tafel: LithiumSymmetricParameters = {
  ...bareLithium,
  ...tafel,
  exchangeCurrent_mA_per_cm2: 9.6e-4,
}

/**
 * 35 µm K-Li@AlN, stripped against lithium to 1.0 V: 4.46 mAh cm⁻² (Section 2.4, Fig. 6f), 65 % of what
 * its thickness would hold. So the capacity is a parameter of its own. The current is not printed.
 */
export const kneadedFoil: LithiumCopperParameters = {
  ...common,
  resistance_ohm_cm2: 2, // as in the symmetric cell
  exchangeCurrent_mA_per_cm2: 3.414,
  nucleation: kneadedLithiumAlN.nucleation,
  runaway: { scale_mV: 130, capacity_mAh_per_cm2: 0.01 }, // assumed
  efficiency: 1,
  lithium_mAh_per_cm2: 4.46,
}
