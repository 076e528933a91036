import { chargePhases } from "../../analysis/chargePhases"
import { type StripCapacity, stripToCutoff } from "../../analysis/stripToCutoff"
import { requireOf } from "../../cell"
import type { MethodStep } from "../../protocol/schema"
import type { RunResult } from "../paper"

/** Strips a foil at the positive terminal, by positive current, to +1 V; `most_mAh_per_cm2` is more than it holds. */
export function stripStep(
  current_density_mA_per_cm2: number,
  most_mAh_per_cm2: number,
): MethodStep {
  return {
    step: "constant_current",
    current_density_mA_per_cm2,
    until_voltage_V: 1,
    until_areal_capacity_mAh_per_cm2: most_mAh_per_cm2,
  }
}

/** The last stripping that ended at +1 V. */
export function stripped(result: RunResult): StripCapacity | undefined {
  return stripToCutoff(chargePhases(result.records()), 1, -1).at(-1)
}

/** What it gave, mAh cm⁻². */
export function stripped_mAh_per_cm2(result: RunResult): number | undefined {
  const found = stripped(result)
  return found && found.charge_mAh / requireOf(result.cell, "area_cm2", "mAh cm⁻²")
}

/** What it gave, mAh per gram of foil. */
export function stripped_mAh_per_g(result: RunResult): number | undefined {
  const found = stripped(result)
  return found && (1000 * found.charge_mAh) / requireOf(result.cell, "active_mass_mg", "mAh g⁻¹")
}
