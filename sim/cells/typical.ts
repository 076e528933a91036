import { FullCell, type FullCellParameters } from "./fullCell"
import type { CellModel } from "./guardedCell"
import { LithiumCopper, type LithiumCopperParameters, type PositiveTerminal } from "./lithiumCopper"
import { LithiumSymmetric, type LithiumSymmetricParameters } from "./lithiumSymmetric"
import { bareLithium_1 } from "./parameters/Ma2024"
import { lfpKneaded_1C } from "./parameters/Ma2024FullCell"
import { copper_985 } from "./parameters/Wang2023"

/** What a lab would write of a model's cell. */
export interface CellAbout {
  name: string
  type: "Li||Li" | "Li||Cu" | "half" | "full"
  area_cm2: number
  positive_terminal?: "working" | "counter"
  active_mass_mg?: number
  capacity_mAh?: number
}

/** A model with what a lab would write of it. */
export type Described<Model extends CellModel> = Model & { readonly about: CellAbout }

/**
 * A new Li‖Cu cell of 14 mm, copper at the positive terminal unless told otherwise: negative current plates.
 * What is not changed is `copper_985` of Wang et al. 2023, 10.1002/adfm.202307281: 98.5 % of the plated lithium can
 * be stripped again, 25 mV at 1 mA cm⁻², a nucleation spike of 51 mV, which is assumed.
 */
export function lithiumCopper(
  changes: Partial<LithiumCopperParameters> & { positiveTerminal?: PositiveTerminal } = {},
): Described<LithiumCopper> {
  const { positiveTerminal = "copper", ...others } = changes
  const parameters = { ...copper_985, ...others }
  return Object.assign(new LithiumCopper(parameters, positiveTerminal), {
    about: {
      name: "Li||Cu, simulated",
      type: "Li||Cu",
      area_cm2: parameters.area_cm2,
      positive_terminal: positiveTerminal === "copper" ? "working" : "counter",
    } as const,
  })
}

/**
 * A new Li‖Li cell of two 14 mm discs. What is not changed is bare lithium of Ma et al. 2024,
 * 10.1002/aenm.202400202: 40 mV at 1 mA cm⁻², a nucleation spike of 51 mV, and both are assumed.
 */
export function lithiumSymmetric(
  changes: Partial<LithiumSymmetricParameters> = {},
): Described<LithiumSymmetric> {
  const parameters = { ...bareLithium_1, ...changes }
  const { area_cm2 } = parameters
  return Object.assign(new LithiumSymmetric(parameters), {
    about: { name: "Li||Li, simulated", type: "Li||Li", area_cm2 } as const,
  })
}

/**
 * A new, discharged LFP‖Li cell of 12 mm. What is not changed is LFP against kneaded lithium at 1C of Ma et al.
 * 2024, 10.1002/aenm.202400202; its area and its resistance are assumed.
 */
export function lithiumFullCell(changes: Partial<FullCellParameters> = {}): Described<FullCell> {
  const parameters = { ...lfpKneaded_1C, ...changes }
  const { area_cm2, loading_mg_per_cm2, oneC_mA_per_g } = parameters
  const active_mass_mg = loading_mg_per_cm2 * area_cm2
  return Object.assign(new FullCell(parameters, "discharged"), {
    about: {
      name: "Full cell, simulated",
      type: "full",
      area_cm2,
      active_mass_mg,
      capacity_mAh: oneC_mA_per_g * active_mass_mg * 1e-3,
    } as const,
  })
}
