/**
 * Li‖Li cells of Ding et al., Energy Mater. 2022;2:200039, 10.20517/energymater.2022.53, as
 * `LithiumSymmetric` parameters: lithium in hollow carbon with WN/Mo₂N, its controls, and the cells of
 * its Tafel plot. Cycled 1 h each way. Resistances are assumed, i₀ fitted to what is printed. "Voltage
 * hysteresis" is taken as the overpotential, |V| of the cell.
 */
import type { LithiumSymmetricParameters } from "../lithiumSymmetric"
import {
  doubling,
  exchangeCurrent_mA_per_cm2,
  LITHIUM_mAh_per_cm2_per_um,
  NUCLEATION_DECAY_mAh_per_cm2,
} from "./fits"

const common = {
  area_cm2: 1.539, // 14 mm disc, assumed; the paper does not state it
  temperature_C: 25, // assumed
  resistance_ohm_cm2: 3, // assumed
  inventory_mAh_per_cm2: 360 * LITHIUM_mAh_per_cm2_per_um * 0.75, // 360 µm, host:Li 1:3 by mass
  cycleCapacity_mAh_per_cm2: 1,
}

/** First plating (Fig. 2C, no values): Mo₂N is like the composite, the others are larger. Assumed. */
const small = { amplitude_mV: 8, decay_mAh_per_cm2: NUCLEATION_DECAY_mAh_per_cm2 }
const large = { amplitude_mV: 30, decay_mAh_per_cm2: NUCLEATION_DECAY_mAh_per_cm2 }

/** WN/Mo₂N@HCN/Li, 1 mA cm⁻², 1 mAh cm⁻²: 16 mV, life > 1400 h (Results, Fig. 2A). */
export const composite_1: LithiumSymmetricParameters = {
  ...common,
  exchangeCurrent_mA_per_cm2: exchangeCurrent_mA_per_cm2(16, 1, 3),
  nucleation: small,
  growth: null,
}

/**
 * 2 mA cm⁻², 2 mAh cm⁻²: 900 cycles (Results, Fig. 2F), which are 1800 h, more than the 1400 h claimed at
 * 1 mA cm⁻²; 900 h may be meant. No end in either.
 */
export const composite_2: LithiumSymmetricParameters = {
  ...composite_1,
  cycleCapacity_mAh_per_cm2: 2,
}

/** WN@HCN/Li: the overpotential enlarges after 600 h (Results); 25 mV till then are assumed. */
export const nitrideW_1: LithiumSymmetricParameters = {
  ...common,
  exchangeCurrent_mA_per_cm2: exchangeCurrent_mA_per_cm2(25, 1, 3),
  nucleation: large,
  growth: doubling(300, 25, 1, 6),
}

/** Mo₂N@HCN/Li: the overpotential enlarges after 700 h (Results); 16 mV till then are assumed. */
export const nitrideMo_1: LithiumSymmetricParameters = {
  ...composite_1,
  growth: doubling(350, 16, 1, 7),
}

/** HCN/Li and lithium foil: fluctuates early (Results, no value). 35 and 40 mV and the ends assumed. */
export const carbon_1: LithiumSymmetricParameters = {
  ...common,
  exchangeCurrent_mA_per_cm2: exchangeCurrent_mA_per_cm2(35, 1, 3),
  nucleation: large,
  growth: doubling(120, 35, 1, 15),
}
export const lithium_1: LithiumSymmetricParameters = {
  ...common,
  inventory_mAh_per_cm2: 360 * LITHIUM_mAh_per_cm2_per_um,
  exchangeCurrent_mA_per_cm2: exchangeCurrent_mA_per_cm2(40, 1, 3),
  nucleation: large,
  growth: doubling(100, 40, 1, 15),
}

/** Host:Li 1:2 and 1:4: worse than 1:3 (Suppl. Fig. 7, no values). Assumed. */
export const compositeLean_1: LithiumSymmetricParameters = {
  ...composite_1,
  inventory_mAh_per_cm2: 360 * LITHIUM_mAh_per_cm2_per_um * 0.67,
  exchangeCurrent_mA_per_cm2: exchangeCurrent_mA_per_cm2(20, 1, 3),
  growth: doubling(450, 20, 1, 10),
}
export const compositeRich_1: LithiumSymmetricParameters = {
  ...composite_1,
  inventory_mAh_per_cm2: 360 * LITHIUM_mAh_per_cm2_per_um * 0.8,
  exchangeCurrent_mA_per_cm2: exchangeCurrent_mA_per_cm2(22, 1, 3),
  growth: doubling(400, 22, 1, 10),
}

/**
 * The cells of the Tafel plot, i₀ as printed (Results, Fig. 5F): separate cells, for 1.181 mA cm⁻² would
 * take 42 mV at 1 mA cm⁻², where 16 are printed. The 3 Ω cm² want correcting for.
 */
const tafel = { ...common, nucleation: { ...small, amplitude_mV: 0 }, growth: null }
export const composite_tafel: LithiumSymmetricParameters = {
  ...tafel,
  exchangeCurrent_mA_per_cm2: 1.181,
}
export const lithium_tafel: LithiumSymmetricParameters = {
  ...tafel,
  exchangeCurrent_mA_per_cm2: 0.293,
}
