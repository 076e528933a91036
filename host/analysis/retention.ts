import type { CycleCharges } from "./iterateCycles"

/** Capacity of one cycle beside that of the reference. */
export interface Retention {
  cycle: number
  /** Discharge capacity ÷ that of the reference cycle; 1 for 100 %, never clipped. Undefined if not all is known. */
  retention: number | undefined
  /** (1 − retention) ÷ cycles since the reference: 0.0005 for 0.05 % per cycle. Undefined at the reference. */
  decayPerCycle: number | undefined
}

/**
 * Capacity retention Q_k ÷ Q_ref of each cycle, discharge against the discharge of a stated cycle, since a
 * retention without its reference means nothing. Undefined, all of it, where the reference cycle's charge is not
 * known: another cycle does not stand in for it.
 *
 * Reference and decay are stated as in 10.1002/adfm.202009712 (78.5 % after 700 cycles, 0.05 % per cycle).
 * @param cycles what `cycleCharges` or `cycleRows` gives
 * @param reference the cycle that the others are compared to
 */
export function retentions(
  cycles: Iterable<CycleCharges>,
  reference: number,
): Retention[] | undefined {
  const all = [...cycles]
  const reference_mAh = capacity_mAh(all.find(({ cycle }) => cycle === reference))
  if (reference_mAh === undefined) return undefined
  return all.map((charges) => {
    const { cycle } = charges
    const now_mAh = capacity_mAh(charges)
    const retention = now_mAh === undefined ? undefined : now_mAh / reference_mAh
    const isReference = cycle === reference || retention === undefined
    return {
      cycle,
      retention,
      decayPerCycle: isReference ? undefined : (1 - retention) / (cycle - reference),
    }
  })
}

function capacity_mAh(charges: CycleCharges | undefined): number | undefined {
  return charges?.isChargeKnown && charges.negative_mAh > 0 ? charges.negative_mAh : undefined
}
