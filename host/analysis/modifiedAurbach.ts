import type { ChargePhase } from "./chargePhases"

/** Average Coulombic efficiency of Li‖Cu by a reservoir, from measured charges. */
export interface ReservoirEfficiency {
  /** n, the cycles of Q_C between the reservoir and the last stripping. */
  cycles: number
  /** Q_T, plated before them. */
  reservoir_mAh: number
  /** Q_C: mean of what was plated in a cycle. */
  cycled_mAh: number
  /** Q_S, what the last stripping gave, and where that ended: at the cutoff, if it gave all there was. */
  final_mAh: number
  final_V: number | undefined
  /** 1 for 100 %, never clipped. */
  efficiency: number
  isAbove100: boolean
}

/** By how much charges that one capacity cutoff ended may differ: a period of 0.1 s in a half-cycle of a minute. */
const ALIKE = 0.002

/**
 * Modified Aurbach method for lithium on copper, after conditioning: plate a reservoir Q_T, then n times strip and
 * plate Q_C, then strip to a cutoff, Q_S:
 *
 *     CE = (n·Q_C + Q_S) ÷ (n·Q_C + Q_T)
 *
 * from the charges that were measured, Σ stripped above and Σ plated below. The phases are found by their charges,
 * from the last stripping back: pairs of Q_C for as long as both of a pair are alike, and the larger plating before
 * them. Q_T 5, Q_C 1, n 10 and Q_S 4.85 mAh cm⁻² give 0.990. Undefined where the test has no such phases (the last
 * stripping has not ended, a cycle met its cutoff early) or records of them are missing.
 *
 * Source: Adams et al. 2018, 10.1002/aenm.201702097.
 * @param phases what `chargePhases` gives
 * @param platingSign the sign of the current that plates
 */
export function modifiedAurbach(
  phases: Iterable<ChargePhase>,
  platingSign: 1 | -1 = 1,
): ReservoirEfficiency | undefined {
  const all = [...phases]
  const final = all.length - 1
  if (final < 3 || all[final].sign === platingSign) return undefined
  const like_mAh = all[final - 1].charge_mAh
  const isLike = ({ charge_mAh }: ChargePhase) => Math.abs(charge_mAh / like_mAh - 1) <= ALIKE
  let reservoir = final - 1
  while (reservoir >= 2 && isLike(all[reservoir]) && isLike(all[reservoir - 1])) reservoir -= 2
  const cycles = (final - 1 - reservoir) / 2
  const reservoir_mAh = all[reservoir].charge_mAh
  if (cycles < 1 || reservoir_mAh <= like_mAh * (1 + ALIKE)) return undefined
  if (all.slice(reservoir).some(({ isKnown }) => !isKnown)) return undefined
  const sum_mAh = (sign: number) =>
    all.slice(reservoir).reduce((sum, one) => sum + (one.sign === sign ? one.charge_mAh : 0), 0)
  const efficiency = sum_mAh(-platingSign) / sum_mAh(platingSign)
  return {
    cycles,
    reservoir_mAh,
    cycled_mAh: (sum_mAh(platingSign) - reservoir_mAh) / cycles,
    final_mAh: all[final].charge_mAh,
    final_V: all[final].end_V,
    efficiency,
    isAbove100: efficiency > 1,
  }
}
