import type { ChargePhase } from "./chargePhases"
import { positive } from "./normalise"

/** Average Coulombic efficiency of a thin electrode, from measured charges. */
export interface ThinElectrodeEfficiency {
  /** n, the platings. */
  cycles: number
  /** Q_C: mean of what was plated in a cycle. */
  cycled_mAh: number
  /** Q_end, what the last stripping gave, and where that ended. */
  final_mAh: number
  final_V: number | undefined
  /** 1 for 100 %, never clipped. */
  efficiency: number
  isAbove100: boolean
}

/**
 * Average Coulombic efficiency (ACE) of a thin lithium electrode that is cycled n times by Q_C and then stripped to
 * a cutoff, Q_end:
 *
 *     ACE = 1 − (Q₀ − Q_end) ÷ (n·Q_C)
 *
 * With measured charges that need not all be Q_C it is (Q_end + Σ stripped − Q₀) ÷ Σ plated, the same where as much
 * is stripped as plated. Undefined unless the test's last phase strips, something was plated, and all records
 * are there.
 *
 * Source: Wang et al. 2023, 10.1002/adfm.202307281.
 * @param phases what `chargePhases` gives
 * @param initial_mAh Q₀: what such an electrode gives at once; `stripToCutoff` of another piece tells
 * @param platingSign the sign of the current that plates on the thin electrode
 * @throws RangeError unless Q₀ is positive
 */
export function thinElectrodeEfficiency(
  phases: Iterable<ChargePhase>,
  initial_mAh: number,
  platingSign: 1 | -1 = 1,
): ThinElectrodeEfficiency | undefined {
  positive(initial_mAh, "initial_mAh", "the charge that another piece gave")
  const all = [...phases]
  const final = all.at(-1)
  const platings = all.filter(({ sign }) => sign === platingSign)
  const isKnown = all.every((phase) => phase.isKnown)
  if (final === undefined || final.sign === platingSign || platings.length === 0 || !isKnown)
    return undefined
  const plated_mAh = sum_mAh(platings)
  const stripped_mAh = sum_mAh(all) - plated_mAh
  const efficiency = (stripped_mAh - initial_mAh) / plated_mAh
  return {
    cycles: platings.length,
    cycled_mAh: plated_mAh / platings.length,
    final_mAh: final.charge_mAh,
    final_V: final.end_V,
    efficiency,
    isAbove100: efficiency > 1,
  }
}

function sum_mAh(phases: ChargePhase[]): number {
  return phases.reduce((sum, { charge_mAh }) => sum + charge_mAh, 0)
}
