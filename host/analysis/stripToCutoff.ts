import type { ChargePhase } from "./chargePhases"

/** A stripping that ended at its cutoff. */
export interface StripCapacity {
  /** All that the electrode gave. */
  charge_mAh: number
  /** Voltage of its last record. */
  end_V: number
  /** Test time of its first and its last record. */
  start_s: number
  end_s: number
}

/** A cutoff is met by a reading; the record of it may lie so far before. */
const SHORT_OF_V = 5e-3

/**
 * Strip-to-cutoff capacity: the charge of each phase that strips and ended at the cutoff, to within 5 mV.
 * A phase that a capacity or a time ended does not tell what the electrode holds and is left
 * out, as is one of which records are missing. Divide by area or mass (`perArea_mAh_per_cm2`, `perMass_mAh_per_g`).
 *
 * As in 10.1002/aenm.202400202 (a foil to 1.0 V) and 10.1002/adfm.202009712 (3408 mAh g⁻¹).
 * @param phases what `chargePhases` gives
 * @param cutoff_V as the terminals see it: 1 V for a working electrode at the positive terminal, −1 V at the negative
 * @param platingSign the sign of the current that plates
 */
export function stripToCutoff(
  phases: Iterable<ChargePhase>,
  cutoff_V: number,
  platingSign: 1 | -1 = 1,
): StripCapacity[] {
  const found: StripCapacity[] = []
  for (const { sign, charge_mAh, end_V, start_s, end_s, isKnown } of phases) {
    if (sign === platingSign || !isKnown || end_V === undefined) continue
    if (sign * (end_V - cutoff_V) >= -SHORT_OF_V) found.push({ charge_mAh, end_V, start_s, end_s })
  }
  return found
}
