import type { CycleCharges } from "./iterateCycles"

/** Coulombic efficiency of one cycle: `output_mAh` ÷ `input_mAh`. */
export interface CycleEfficiency {
  cycle: number
  /** What was plated, or charged: magnitude, over all steps of the cycle. */
  input_mAh: number
  /** What was stripped, or discharged. */
  output_mAh: number
  /** 1 for 100 %, never clipped; undefined while the cycle is incomplete. */
  efficiency: number | undefined
  /** More came out than went in: a short or a side reaction, or lithium from an earlier cycle. */
  isAbove100: boolean
}

/**
 * Coulombic efficiency of lithium on copper, cycle by cycle: stripped ÷ plated charge.
 *
 * A cycle has an efficiency only when charge passed both ways and no record is missing that would have
 * told of more. Whether the last cycle of a running test has more steps to come, the records cannot tell.
 * Where stripping ends at a capacity instead of at a cutoff, the number tells nothing of the cell.
 *
 * Definition and its pitfalls: Adams et al. 2018, 10.1002/aenm.201702097.
 * @param cycles what `cycleCharges` or `cycleRows` gives
 * @param platingSign the sign of the current that plates: 1 by this project's convention; −1 for a cell
 *   wired with copper at the positive terminal, as its voltages are usually plotted
 */
export function strippedOverPlated(
  cycles: Iterable<CycleCharges>,
  platingSign: 1 | -1 = 1,
): CycleEfficiency[] {
  return Array.from(cycles, (charges) =>
    platingSign > 0
      ? efficiency(charges, charges.positive_mAh, charges.negative_mAh)
      : efficiency(charges, charges.negative_mAh, charges.positive_mAh),
  )
}

/**
 * Coulombic efficiency of a full cell, cycle by cycle: discharge ÷ charge of the same cycle, whichever
 * came first. When there is an efficiency, as for `strippedOverPlated`.
 */
export function dischargeOverCharge(cycles: Iterable<CycleCharges>): CycleEfficiency[] {
  return Array.from(cycles, (charges) =>
    efficiency(charges, charges.positive_mAh, charges.negative_mAh),
  )
}

/** Coulombic efficiency over several cycles. */
export interface WindowEfficiency {
  /** First and last cycle, both counted. */
  from: number
  to: number
  /** Mean of the cycles' efficiencies. */
  mean: number
  /** ΣQ_out ÷ ΣQ_in, in which a short cycle counts for less. */
  ratioOfSums: number
  /** The cycles above 100 %, which both numbers contain as they are. */
  above100: number[]
}

/**
 * Mean and ratio of sums of the cycles `from` … `to`. Undefined unless every one of them has an
 * efficiency: a mean over those that happen to be there would be one over another window.
 * @throws RangeError when the window is not two whole numbers in order
 */
export function efficiencyOver(
  cycles: readonly CycleEfficiency[],
  from: number,
  to: number,
): WindowEfficiency | undefined {
  if (!Number.isInteger(from) || !Number.isInteger(to) || from > to)
    throw new RangeError(`cycles ${from} … ${to}: give the first and the last, in order.`)
  const inside = cycles.filter(({ cycle }) => cycle >= from && cycle <= to)
  if (inside.length !== to - from + 1) return undefined
  let sum = 0
  let input_mAh = 0
  let output_mAh = 0
  for (const cycle of inside) {
    if (cycle.efficiency === undefined) return undefined
    sum += cycle.efficiency
    input_mAh += cycle.input_mAh
    output_mAh += cycle.output_mAh
  }
  return {
    from,
    to,
    mean: sum / inside.length,
    ratioOfSums: output_mAh / input_mAh,
    above100: inside.filter((one) => one.isAbove100).map((one) => one.cycle),
  }
}

function efficiency(
  { cycle, isChargeKnown }: CycleCharges,
  input_mAh: number,
  output_mAh: number,
): CycleEfficiency {
  const isKnown = isChargeKnown && input_mAh > 0 && output_mAh > 0
  const ratio = isKnown ? output_mAh / input_mAh : undefined
  return {
    cycle,
    input_mAh,
    output_mAh,
    efficiency: ratio,
    isAbove100: ratio !== undefined && ratio > 1,
  }
}
