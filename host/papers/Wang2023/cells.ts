import type { CellInput } from "../../cell"

const common = {
  electrolyte: "1 M LiPF6 in EC:DEC 1:1 (vol) + 5 wt% FEC",
  format: "CR2032",
} as const

/** The discs are assumed, 14 mm for lithium and 12 mm for cathodes: the paper's main text does not state them. */
const LITHIUM_cm2 = 1.539
const CATHODE_cm2 = 1.131

export const symmetricOf = (electrode: string): CellInput => ({
  ...common,
  name: `${electrode}||${electrode}, 14 mm`,
  type: "Li||Li",
  area_cm2: LITHIUM_cm2,
  working_electrode: `${electrode}, 50 um`,
  counter_electrode: `${electrode}, 50 um`,
})

/** A foil or collector at the positive terminal: positive current strips it. */
export const foilOf = (electrode: string, loading_mg_per_cm2?: number): CellInput => ({
  ...common,
  name: `${electrode}||Li, 14 mm`,
  type: "Li||Cu",
  positive_terminal: "working",
  area_cm2: LITHIUM_cm2,
  loading_mg_per_cm2,
  working_electrode: electrode,
  counter_electrode: "Li, in excess",
})

const full = (
  cathode: string,
  anode: string,
  loading_mg_per_cm2: number,
  specific_capacity_mAh_per_g: number,
): CellInput => ({
  ...common,
  name: `${cathode}||${anode}, 12 mm`,
  type: "full",
  area_cm2: CATHODE_cm2,
  loading_mg_per_cm2,
  specific_capacity_mAh_per_g,
  working_electrode: `${cathode}, ${loading_mg_per_cm2} mg/cm2`,
  counter_electrode: anode,
})

export const ncm622 = (anode: string) => full("NCM622", anode, 15.2, 175)
export const span = (anode: string) => full("SPAN", anode, 5, 700)
/** 2.8 mAh cm⁻², so that 0.2C are 0.56 mA cm⁻². */
export const ncm622Stack = full("NCM622 of the pouch's stack", "30 um Li-Ag", 15.2, 184.2)
export const ncm811Stack = full("NCM811 of the pouch's stack", "30 um Li-Ag", 21, 200)
