import type { FullCellParameters } from "../../sim/cells/fullCell"

/** 1 V over 100 mAh g⁻¹ of 100 mg, 36 C: a capacitor whose every course is known in closed form. */
export const linear: FullCellParameters = {
  area_cm2: 10,
  loading_mg_per_cm2: 10,
  oneC_mA_per_g: 100,
  window_V: [3, 4],
  openCircuit: [
    [0, 3],
    [100, 4],
  ],
  rate: [
    [0.1, 80],
    [1, 60],
    [4, 30],
  ],
  resistance_ohm_cm2: 5,
  fade: { perCycle: 0 },
}
/** Its 1C, and what it holds. */
export const ONE_C_A = 0.01
export const WHOLE_C = 36
