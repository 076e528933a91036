/**
 * LFP against kneaded lithium of Ma et al., Adv. Energy Mater. 2024, 10.1002/aenm.202400202, as
 * `Thevenin` parameters; 2.5 … 3.8 V (Section 2.4, Fig. 6).
 */
import type { TheveninParameters } from "../thevenin"
import { LFP, openCircuit } from "./openCircuit"

const AREA_cm2 = 1.131 // 12 mm cathode disc, assumed; the paper does not state it

const common = {
  openCircuit: openCircuit(LFP),
  relaxation_s: 30, // assumed
}

/** K-Li@AlN‖LFP with lithium in excess, 1.8 mAh cm⁻², so 2.04 mAh; 1 C is 1.8 mA cm⁻² (Section 2.4). */
export const lfp: TheveninParameters = {
  ...common,
  capacity_Ah: 1.8e-3 * AREA_cm2,
  // 25 Ω cm² in all, assumed, and that two thirds of it answer at once.
  seriesResistance_ohm: 16.7 / AREA_cm2,
  relaxingResistance_ohm: 8.3 / AREA_cm2,
}

/** 35 µm K-Li@AlN‖LFP, 3.3 mAh cm⁻², so 3.73 mAh; efficiency above 99.5 % (Section 2.4, Fig. 6g). */
export const lfpThinLithium: TheveninParameters = {
  ...common,
  capacity_Ah: 3.3e-3 * AREA_cm2,
  // 20 Ω cm² in all, assumed, and that two thirds of it answer at once.
  seriesResistance_ohm: 13.3 / AREA_cm2,
  relaxingResistance_ohm: 6.7 / AREA_cm2,
  efficiency: 0.9955, // one above the bound
}
