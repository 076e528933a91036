import type { CellInput } from "../../cell"

const ETHER = "ether-based, not given further"

/** Two discs of lithium or of an electrode made of it; their size is assumed. */
export function symmetricCell(electrodes: string, electrolyte = ETHER): CellInput {
  return {
    name: `${electrodes}, symmetric`,
    type: "Li||Li",
    area_cm2: 1.539,
    working_electrode: electrodes,
    counter_electrode: electrodes,
    electrolyte,
  }
}

/** 200 µm of alloy on lithium against lithium; areal mass assumed of its thickness and density. */
export const foilCell: CellInput = {
  name: "Li3Mg7@Li, 200 um, to be stripped",
  type: "Li||Li",
  positive_terminal: "working",
  area_cm2: 1.539,
  active_mass_mg: 17.25,
  working_electrode: "Li3Mg7@Li, 200 um",
  counter_electrode: "Li",
  electrolyte: ETHER,
}

/** LiFePO₄, 1C being 170 mA g⁻¹. */
export function lfpCell(anode: string, loading_mg_per_cm2 = 10): CellInput {
  return cathodeCell(anode, "LFP", loading_mg_per_cm2, 170)
}

/** Sulfur, 1C being 1670 mA g⁻¹; its loading is assumed. */
export function sulfurCell(anode: string): CellInput {
  return cathodeCell(anode, "S", 1, 1670)
}

function cathodeCell(
  anode: string,
  cathode: string,
  loading_mg_per_cm2: number,
  specific_capacity_mAh_per_g: number,
): CellInput {
  return {
    name: `${anode} // ${cathode}, ${loading_mg_per_cm2} mg/cm2`,
    type: "full",
    area_cm2: 1.131,
    loading_mg_per_cm2,
    specific_capacity_mAh_per_g,
    working_electrode: cathode,
    counter_electrode: anode,
    electrolyte: ETHER,
  }
}
