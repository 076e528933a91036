import type { CycleCharges } from "./iterateCycles"
import { perArea_mAh_per_cm2 } from "./normalise"

/** Charge per area that has passed since the test began, at the end of a cycle. */
export interface CumulativeCharge {
  cycle: number
  /** Σ|Q_plate| ÷ A. */
  plated_mAh_per_cm2: number
  /** Σ(|Q_plate| + |Q_strip|) ÷ A: twice as much where all comes back, and what some papers print. */
  platedAndStripped_mAh_per_cm2: number
  /** False from the first cycle on of which records are missing: both numbers are lower bounds then. */
  isKnown: boolean
}

/**
 * Cumulative charge per area after each cycle, mAh cm⁻², by both conventions: plating alone, and plating and
 * stripping both. 120,000 mAh cm⁻² after 3000 cycles of 20 mAh cm⁻² each way, as in 10.1002/aenm.202400202,
 * counts both.
 * @param platingSign the sign of the current that plates
 * @throws RangeError unless the area is positive
 */
export function* cumulativeCharges(
  cycles: Iterable<CycleCharges>,
  area_cm2: number,
  platingSign: 1 | -1 = 1,
): Generator<CumulativeCharge> {
  let plated_mAh = 0
  let both_mAh = 0
  let isKnown = true
  for (const { cycle, positive_mAh, negative_mAh, isChargeKnown } of cycles) {
    plated_mAh += platingSign > 0 ? positive_mAh : negative_mAh
    both_mAh += positive_mAh + negative_mAh
    isKnown = isKnown && isChargeKnown
    yield {
      cycle,
      plated_mAh_per_cm2: perArea_mAh_per_cm2(plated_mAh, area_cm2),
      platedAndStripped_mAh_per_cm2: perArea_mAh_per_cm2(both_mAh, area_cm2),
      isKnown,
    }
  }
}
