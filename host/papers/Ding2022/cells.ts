import type { CellInput } from "../../cell"

/** What a lab would write of this paper's lithium cells. The disc is assumed: the main text states no area. */
export function lithium(electrode: string): CellInput {
  return {
    name: `${electrode} symmetric`,
    type: "Li||Li",
    area_cm2: 1.539,
    working_electrode: electrode,
    counter_electrode: electrode,
    electrolyte: "ether",
    comment: "14 mm disc assumed",
  }
}

/** Of its full cells. Disc, 1C and, but for the high loading, the loading are assumed. */
export function ncm811(
  anode: string,
  more: { loading_mg_per_cm2?: number; temperature_degC?: number; electrolyte?: string } = {},
): CellInput {
  return {
    name: `NCM811||${anode}`,
    type: "full",
    area_cm2: 1.131,
    loading_mg_per_cm2: 2.5,
    specific_capacity_mAh_per_g: 200,
    working_electrode: "NCM811",
    counter_electrode: anode,
    electrolyte: "carbonate",
    comment: "12 mm disc and 200 mA/g for 1C assumed",
    ...more,
  }
}

export const COMPOSITE = "WN/Mo2N@HCN/Li"
export const WN = "WN@HCN/Li"
export const MO2N = "Mo2N@HCN/Li"
export const HCN = "HCN/Li"
export const FOIL = "Li foil"
