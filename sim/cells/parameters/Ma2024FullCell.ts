/**
 * LFP against kneaded lithium of Ma et al., Adv. Energy Mater. 2024, 10.1002/aenm.202400202, as
 * `Thevenin` parameters without rate or fade, and as `FullCell` with them; 2.5 … 3.8 V (Section 2.4,
 * Fig. 6).
 *
 * Of 111 and 95 mAh g⁻¹ after 500 cycles at 1C the paper does not say whether they are first or last.
 * They are taken as last: 111/0.876 = 126.7 agrees with 125 in the rate test. P-Li then starts
 * higher, at 140.1.
 */
import type { FullCellParameters } from "../fullCell"
import type { TheveninParameters } from "../thevenin"
import { fadePerCycle } from "./fits"
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

const halfCell = {
  area_cm2: AREA_cm2,
  oneC_mA_per_g: 170, // assumed, the theoretical capacity
  loading_mg_per_cm2: 1.8 / 0.17, // 1C is 1.8 mA cm⁻² (Section 2.4)
  window_V: [2.5, 3.8],
  openCircuit: LFP,
} as const

/** K-Li@AlN, 1C: 111 mAh g⁻¹ and 87.6 % at cycle 500 (Section 2.4, Fig. 6a). */
export const lfpKneaded_1C: FullCellParameters = {
  ...halfCell,
  rate: [[1, 111 / 0.876]],
  resistance_ohm_cm2: 25, // assumed
  fade: { perCycle: fadePerCycle(0.876, 500) },
}

/** P-Li, 1C: 95 mAh g⁻¹ and 67.8 % at cycle 500 (Section 2.4, Fig. 6a). */
export const lfpBare_1C: FullCellParameters = {
  ...halfCell,
  rate: [[1, 95 / 0.678]],
  resistance_ohm_cm2: 40, // assumed
  fade: { perCycle: fadePerCycle(0.678, 500) },
}

/** K-Li@AlN, rates: 125, 100 and 73 mAh g⁻¹ at 1, 2 and 3C (Section 2.4, Fig. S15). */
export const lfpKneadedRate: FullCellParameters = {
  ...halfCell,
  rate: [
    [1, 125],
    [2, 100],
    [3, 73],
  ],
  resistance_ohm_cm2: 25, // assumed
  fade: { perCycle: 0 }, // none is printed
}

/**
 * 35 µm K-Li@AlN‖LFP, 24.0 mg and 3.3 mAh cm⁻², 0.5C: 84 % at cycle 320, efficiency above 99.5 % (Section
 * 2.4, Fig. 6g). 4.46 mAh cm⁻² of lithium last if 99.49 % of it survives each cycle, as the paper's
 * numbers ask.
 */
export const lfpKneadedThin: FullCellParameters = {
  area_cm2: AREA_cm2,
  oneC_mA_per_g: 3.3e3 / 24,
  loading_mg_per_cm2: 24,
  window_V: [2.5, 3.8],
  openCircuit: LFP,
  rate: [[0.5, 3.3e3 / 24]],
  resistance_ohm_cm2: 20, // assumed
  fade: { perCycle: fadePerCycle(0.84, 320) },
  efficiency: 0.9955, // one above the bound
  anode: { excess_mAh_per_cm2: 4.46, efficiency: 0.996 },
}
