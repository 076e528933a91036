import type { CycleEfficiency } from "./coulombicEfficiency"

/**
 * Initial Coulombic efficiency: that of the first cycle in which any charge passed, 1 for 100 %. By the definition
 * of the efficiencies that are given, `strippedOverPlated` or `dischargeOverCharge`. Undefined where that cycle
 * has none; a later one does not stand in for it.
 */
export function initialEfficiency(
  cycles: Iterable<CycleEfficiency>,
): { cycle: number; efficiency: number; isAbove100: boolean } | undefined {
  for (const { cycle, input_mAh, output_mAh, efficiency, isAbove100 } of cycles)
    if (input_mAh > 0 || output_mAh > 0)
      return efficiency === undefined ? undefined : { cycle, efficiency, isAbove100 }
  return undefined
}
