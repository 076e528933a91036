/**
 * Li‖Cu cells with the average Coulombic efficiencies of Wang et al., Adv. Funct. Mater. 2023,
 * 10.1002/adfm.202307281, as `LithiumCopper` parameters. The paper prints 98.5 % for Li–Ag and
 * 96.2 % for lithium (Section 2.2, Fig. S7) without naming the counter electrode or the protocol; that
 * they are seen here on copper, cycle by cycle, is an assumption. So agreement tests the tester, not
 * the paper.
 */
import type { LithiumCopperParameters } from "../lithiumCopper"

const common = {
  area_cm2: 1.539, // 14 mm disc, assumed; the paper does not state it
  temperature_C: 25, // assumed
  resistance_ohm_cm2: 3, // assumed
  exchangeCurrent_mA_per_cm2: 2.318, // fitted to 25 mV at 1 mA cm⁻² in the paper's Li‖Li cells
  nucleation: {
    amplitude_mV: 51, // of the span printed for Li–Ag and Ag (Fig. 4i, S18), assumed for copper
    decay_mAh_per_cm2: 0.01, // assumed; no paper prints it
  },
  // Assumed. With these the voltage turns up over the last 2 % of 1 mAh cm⁻², and 0.0005 % of it is
  // still there at 1 V.
  runaway: { scale_mV: 130, capacity_mAh_per_cm2: 0.01 },
}

/** The efficiency that is printed for Li–Ag. */
export const copper_985: LithiumCopperParameters = { ...common, efficiency: 0.985 }

/** The efficiency that is printed for lithium. */
export const copper_962: LithiumCopperParameters = { ...common, efficiency: 0.962 }
