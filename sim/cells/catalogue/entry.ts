import type { Cell } from "../cell"
import { FullCell, type FullCellParameters } from "../fullCell"
import { LithiumCopper, type LithiumCopperParameters } from "../lithiumCopper"
import { LithiumSymmetric, type LithiumSymmetricParameters } from "../lithiumSymmetric"

export type PaperKey = "k-li-aln" | "li-ag-solid-solution" | "wn-mo2n-hcn" | "3d-li-assb" | "li3mg7"

/** Where a simulated cell comes from, and what its agreement with its paper is worth. */
export interface CellOrigin {
  paper: PaperKey
  /** The paper's cell, counted as our list of its tests counts them. */
  cell: `C${number}`
  /** The tests of that list for which it stands. */
  tests: readonly `T${number}`[]
  /** The printed numbers to which its parameters are fitted. Empty where there are none. */
  fitted: string
  /** What else had to be chosen that shows in a test. */
  assumed: string
}

export interface CatalogueEntry extends CellOrigin {
  /** A new cell. */
  make(): Cell
  type: "Li||Li" | "Li||Cu" | "half" | "full" | "blocking"
  area_cm2: number
  /** What 1C charges in an hour. */
  capacity_mAh?: number
  /** Of the cathode; of a foil that is stripped, all of it. */
  activeMass_mg?: number
  window_V?: readonly [low: number, high: number]
}

export function symmetric(
  parameters: LithiumSymmetricParameters,
  origin: CellOrigin,
): CatalogueEntry {
  return {
    ...origin,
    make: () => new LithiumSymmetric(parameters),
    type: "Li||Li",
    area_cm2: parameters.area_cm2,
  }
}

/** A foil or substrate at the positive terminal against lithium: negative current plates on it. */
export function foil(
  parameters: LithiumCopperParameters,
  origin: CellOrigin,
  mass_mg_per_cm2?: number,
): CatalogueEntry {
  const mass = mass_mg_per_cm2 === undefined ? undefined : mass_mg_per_cm2 * parameters.area_cm2
  return {
    ...origin,
    make: () => new LithiumCopper(parameters, "copper"),
    type: "Li||Cu",
    area_cm2: parameters.area_cm2,
    activeMass_mg: mass,
  }
}

export function cathode(
  parameters: FullCellParameters,
  origin: CellOrigin,
  options: { type?: "half" | "full"; initially?: "charged" | "discharged" } = {},
): CatalogueEntry {
  const { area_cm2, loading_mg_per_cm2, oneC_mA_per_g, window_V } = parameters
  const activeMass_mg = loading_mg_per_cm2 * area_cm2
  return {
    ...origin,
    make: () => new FullCell(parameters, options.initially ?? "discharged"),
    type: options.type ?? "full",
    area_cm2,
    capacity_mAh: oneC_mA_per_g * activeMass_mg * 1e-3,
    activeMass_mg,
    window_V,
  }
}
