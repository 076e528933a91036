import type { HalfCycle } from "./halfCycles"
import { type Nucleation, type NucleationOptions, nucleation } from "./nucleation"
import { highestVoltage_V, overpotential_V } from "./overpotential"

/** The first plating of a test at constant current. */
export interface FirstPlating {
  cycle: number
  /** Test time of its first record. */
  start_s: number
  /** Largest |V| along the current: the number where papers print one "initial overpotential". */
  highest_V: number | undefined
  /** η: mean |V| over its middle half. */
  overpotential_V: number | undefined
  /** `overpotential_V`, tip − plateau, and `tip_V`, the tip against 0 V: papers use either. */
  nucleation: Nucleation | undefined
}

/**
 * Overpotential of the first plating, in volts: of the first half-cycle at constant current in the direction that
 * plates. Undefined while there is none. Definitions and their sources stand at `nucleation` and `overpotential_V`.
 * @param halfCycles what `iterateHalfCycles` gives; read no further than needed
 * @param platingSign the sign of the current that plates
 */
export function firstPlating(
  halfCycles: Iterable<HalfCycle>,
  platingSign: 1 | -1 = 1,
  options?: NucleationOptions,
): FirstPlating | undefined {
  for (const half of halfCycles)
    if (half.sign === platingSign && half.stepType === "constant_current")
      return {
        cycle: half.cycle,
        start_s: half.start_s,
        highest_V: highestVoltage_V(half),
        overpotential_V: overpotential_V(half),
        nucleation: nucleation(half, options),
      }
  return undefined
}
