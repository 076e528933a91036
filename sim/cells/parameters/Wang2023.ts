/**
 * Lithium cells of Wang et al., Adv. Funct. Mater. 2023, 10.1002/adfm.202307281: lithium with 10 wt%
 * silver (Li–Ag) or magnesium (Li–Mg) and plain lithium, 50 µm, cycled 1 h each way. All areas, all
 * resistances and the exchange current's meaning are assumed, the rest fitted to what is printed. So
 * agreement tests the tester, not the paper.
 *
 * The paper prints "voltage hysteresis" without saying half or full gap; it is taken as the
 * overpotential, |V| of the cell.
 */
import type { LithiumCopperParameters } from "../lithiumCopper"
import type { LithiumSymmetricParameters } from "../lithiumSymmetric"
import { exchangeCurrent_mA_per_cm2, knee, NUCLEATION_DECAY_mAh_per_cm2 } from "./fits"

const common = {
  area_cm2: 1.539, // 14 mm disc, assumed; the paper does not state it
  temperature_C: 25, // assumed
  resistance_ohm_cm2: 3, // assumed
  exchangeCurrent_mA_per_cm2: exchangeCurrent_mA_per_cm2(25, 1, 3), // 25 mV (Section 2.2, Fig. 3b)
}

const nucleation = {
  amplitude_mV: 51, // of the span printed for Li–Ag and Ag (Fig. 4i, S18), assumed for copper and lithium
  decay_mAh_per_cm2: NUCLEATION_DECAY_mAh_per_cm2,
}

// Assumed. With these the voltage turns up over the last 2 % of 1 mAh cm⁻², and 0.0005 % of it is
// still there at 1 V.
const runaway = { scale_mV: 130, capacity_mAh_per_cm2: 0.01 }

/** Of 50 µm: Li–Ag of 0.590 g cm⁻³ and 3400 mAh g⁻¹ (Section 1, Fig. S3), dense lithium. */
const LI_AG_mAh_per_cm2 = 10.03
const LITHIUM_mAh_per_cm2 = 10.3

/** Average efficiencies (Section 2.2, Fig. S7). */
const LI_AG_EFFICIENCY = 0.985
const LITHIUM_EFFICIENCY = 0.962

/** Li‖Cu of those efficiencies; that they are seen on copper, cycle by cycle, is assumed. */
const copper: Omit<LithiumCopperParameters, "efficiency"> = { ...common, nucleation, runaway }

/** The efficiency that is printed for Li–Ag. */
export const copper_985: LithiumCopperParameters = { ...copper, efficiency: LI_AG_EFFICIENCY }

/** The efficiency that is printed for lithium. */
export const copper_962: LithiumCopperParameters = { ...copper, efficiency: LITHIUM_EFFICIENCY }

/**
 * Foils of 50 µm at the positive terminal, lithium against them: strip, plate and in the end strip to
 * 1.0 V, so that what is gone gives the average efficiency. The paper's protocol is not printed.
 */
export const silverFoil: LithiumCopperParameters = {
  ...copper_985,
  nucleation: { ...nucleation, amplitude_mV: 8 },
  lithium_mAh_per_cm2: LI_AG_mAh_per_cm2,
}
export const lithiumFoil: LithiumCopperParameters = {
  ...copper_962,
  lithium_mAh_per_cm2: LITHIUM_mAh_per_cm2,
}

/** Mass of a foil, for mAh g⁻¹: Li–Ag 10 wt%, 3400 mAh g⁻¹ (Section 1, Fig. S3). */
export const SILVER_FOIL_mg_per_cm2 = LI_AG_mAh_per_cm2 / 3.4

/** 30 wt% Ag: 2700 mAh g⁻¹ is an estimate of the paper (Section 2.3); 4 mg cm⁻² are assumed. */
export const SILVER_30_FOIL_mg_per_cm2 = 4
export const silver30Foil: LithiumCopperParameters = {
  ...silverFoil,
  lithium_mAh_per_cm2: 2.7 * SILVER_30_FOIL_mg_per_cm2,
}

/**
 * 1 µm of silver: a nucleation overpotential of 47 mV (Section 2.3, Fig. S18). It alloys first: 0.26 mAh cm⁻²
 * make LiAg of it, assumed, so the tip comes a quarter of an hour after the current at 1 mA cm⁻².
 */
export const silverSubstrate: LithiumCopperParameters = {
  ...copper_985,
  nucleation: { ...nucleation, amplitude_mV: 47 },
  alloy_mAh_per_cm2: 0.26,
}

/** Li‖Li, 1 mA cm⁻², 1 mAh cm⁻²: 25, 50 and 100 mV in cycles 1, 100 and 120 (Section 2.2, Fig. 3b). */
export const lithium_1: LithiumSymmetricParameters = {
  ...common,
  nucleation,
  inventory_mAh_per_cm2: LITHIUM_mAh_per_cm2,
  efficiency: LITHIUM_EFFICIENCY,
  cycleCapacity_mAh_per_cm2: 1,
  growth: knee(100, 25, 1, 20 / Math.log(3)), // +25 mV at cycle 100, three times that at 120
}

/** Li–Ag‖Li–Ag, 1 mA cm⁻², 1 mAh cm⁻²: 25 mV through 200 cycles, life > 240 (Section 2.2, Fig. 3a, b). */
export const lithiumSilver_1: LithiumSymmetricParameters = {
  ...common,
  nucleation: { ...nucleation, amplitude_mV: 8 }, // assumed: Fig. 3d shows next to none
  inventory_mAh_per_cm2: LI_AG_mAh_per_cm2,
  efficiency: LI_AG_EFFICIENCY,
  cycleCapacity_mAh_per_cm2: 1,
  growth: knee(320, 25, 1, 18.2), // assumed, beyond what the paper shows
}

/** Li–Mg‖Li–Mg: life > 240 cycles (Section 2.2, Fig. 3a). No voltage is printed; Li–Ag's is assumed. */
export const lithiumMagnesium_1: LithiumSymmetricParameters = {
  ...lithiumSilver_1,
  inventory_mAh_per_cm2: 9.97, // 50 µm
}

/** Li–Ag‖Li–Ag, 3 mA cm⁻², 3 mAh cm⁻², 100 cycles (Section 2.2, Fig. S14); no voltage is printed. */
export const lithiumSilver_3: LithiumSymmetricParameters = {
  ...lithiumSilver_1,
  cycleCapacity_mAh_per_cm2: 3,
  growth: null,
}

/**
 * Li–Ag whose surface silver rises as lithium is stripped: the nucleation overpotential falls from 86 to
 * 73, 54 and 56 mV after 0, 3, 5 and 7 mAh cm⁻² at 1 mA cm⁻² (Section 2.3, Fig. 4h, i). The paper gives
 * no definition; tip less plateau is taken. Tip against 0 V would be 25 mV more, and 86 mV is much for
 * a surface that shows no spike in cycling.
 */
export const lithiumSilverNucleation: LithiumSymmetricParameters = {
  ...lithiumSilver_1,
  nucleation: {
    ...nucleation,
    byStripped: [
      [0, 86],
      [3, 73],
      [5, 54],
      [7, 56],
    ],
  },
  growth: null,
}

/**
 * For voltammetry, ±0.1 V at 0.1 mV s⁻¹: Li–Ag shows more current than Li (Fig. S6). No number is
 * printed; that lithium has half the exchange current is assumed.
 */
export const lithiumSilver_cv: LithiumSymmetricParameters = { ...lithiumSilver_1, growth: null }
export const lithium_cv: LithiumSymmetricParameters = {
  ...lithium_1,
  exchangeCurrent_mA_per_cm2: common.exchangeCurrent_mA_per_cm2 / 2,
  growth: null,
}
