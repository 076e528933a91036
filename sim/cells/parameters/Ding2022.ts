/**
 * NCM811 full cells of Ding et al., Energy Mater. 2022;2:200039, 10.20517/energymater.2022.53, as
 * `Thevenin` parameters: WN/Mo₂N@HCN/Li composite and plain lithium. Window 2.8 … 4.3 V, assumed: the
 * paper's main text does not state it.
 *
 * Their charge-transfer resistances are printed (Results, Fig. 5E, Suppl. Table 4), in ohm for the
 * whole cell; the ohmic parts are assumed.
 */
import type { TheveninParameters } from "../thevenin"
import { NCM811, openCircuit } from "./openCircuit"

const AREA_cm2 = 1.131 // 12 mm cathode disc, assumed
/** Of the high-loading cell (Results, Fig. 5G); the standard cell's is not stated. */
const LOADING_g_per_cm2 = 8.6e-3

const common = {
  // The table's whole 210 mAh g⁻¹, of which 203.2 are printed for 0.2 C (Fig. 5B): 2.04 mAh.
  capacity_Ah: 0.21 * LOADING_g_per_cm2 * AREA_cm2,
  openCircuit: openCircuit(NCM811),
  seriesResistance_ohm: 5 / AREA_cm2, // assumed
}

export const ncm811: TheveninParameters = {
  ...common,
  relaxingResistance_ohm: 41.21,
  relaxation_s: 0.1, // assumed: a charge transfer of about 2 mF
}

/** At 1 C the resistance alone takes half a volt, so a CC-CV charge passes most of it in its CV part. */
export const ncm811PlainLithium: TheveninParameters = {
  ...common,
  relaxingResistance_ohm: 222.7,
  relaxation_s: 0.5, // assumed: the same capacitance
  efficiency: 0.917, // printed, late in the cell's life (Results)
}
