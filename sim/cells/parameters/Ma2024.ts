/**
 * Li‖Li cells of Ma et al., Adv. Energy Mater. 2024, 10.1002/aenm.202400202, as
 * `LithiumSymmetric` parameters: pristine lithium (P-Li) and lithium kneaded with 5 wt% AlN
 * (K-Li@AlN), cycled 1 h each way.
 *
 * The paper prints overpotentials and lives; R and i₀ are fitted so that the model returns them, one
 * set for each current: 17 mV at 1 and 30 mV at 20 mA cm⁻² fit no single pair of R and i₀. So
 * agreement tests the tester, not the paper.
 */
import type { LithiumSymmetricParameters } from "../lithiumSymmetric"

const common = {
  area_cm2: 1.539, // 14 mm disc, assumed; the paper does not state it
  temperature_C: 25, // assumed
}

/** Assumed by every model of this kind: no paper prints the width of the nucleation spike. */
const NUCLEATION_DECAY_mAh_per_cm2 = 0.01

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
  inventory_mAh_per_cm2: 223 * 0.2062,
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

/** P-Li, 20 mA cm⁻², 20 mAh cm⁻²: 80 mV, fails at 220 h, cycle 110 (Section 2.2, Fig. 3d). */
export const bareLithium_20: LithiumSymmetricParameters = {
  ...bareLithium,
  resistance_ohm_cm2: 1, // assumed
  exchangeCurrent_mA_per_cm2: 16.193, // fitted to 80 mV
  cycleCapacity_mAh_per_cm2: 20,
  // fitted: |V| passes 250 mV at cycle 110
  growth: { kind: "exponential", amplitude_ohm_cm2: 10, knee_cycles: 110, width_cycles: 5 },
}

/** K-Li@AlN, 1 mA cm⁻², 1 mAh cm⁻²: 17 mV, life > 1000 h (Section 2.2, Fig. 3a, b). */
export const kneadedLithiumAlN_1: LithiumSymmetricParameters = {
  ...kneadedLithiumAlN,
  resistance_ohm_cm2: 2, // assumed
  exchangeCurrent_mA_per_cm2: 3.414, // fitted to 17 mV
  cycleCapacity_mAh_per_cm2: 1,
  growth: null, // none seen in 500 cycles
}

/** K-Li@AlN, 20 mA cm⁻², 20 mAh cm⁻²: 30 mV, life > 6000 h (Section 2.2, Fig. 3d). */
export const kneadedLithiumAlN_20: LithiumSymmetricParameters = {
  ...kneadedLithiumAlN,
  resistance_ohm_cm2: 1, // assumed
  exchangeCurrent_mA_per_cm2: 102.608, // fitted to 30 mV
  cycleCapacity_mAh_per_cm2: 20,
  growth: null, // none seen in 3000 cycles
}
