import type { DifferentialCapacity } from "./differentialCapacity"
import type { HalfCycle } from "./halfCycles"
import { magnitudes } from "./weighted"
import { positive } from "./normalise"

/**
 * dQ/dV of one half-cycle by level evaluation (LEAN): the voltage axis is cut into levels of `level_V`, each record is
 * counted in the level that its voltage lies in, and a level's dQ/dV is the charge of its records ÷ `level_V`, at its
 * middle. No difference of two noisy voltages is taken, so the curve is robust, and its sum over all levels is the
 * half-cycle's charge. With records at equal times it is I·Δt·N ÷ ΔV, as published; here each record has half of
 * the charge to each neighbour, so that records may be unequally apart. Where they lie further apart than a
 * level, levels stay empty between: choose `level_V` above what the voltage moves from record to record.
 *
 * Levels without a record are not there. Undefined for an incomplete half-cycle and for one that was not at constant
 * current. Source: Feng et al. 2020, 10.1016/j.etran.2020.100051.
 * @throws RangeError unless `level_V` is positive
 */
export function levelEvaluation(
  { records, stepType, complete }: HalfCycle,
  level_V: number,
): DifferentialCapacity[] | undefined {
  positive(level_V, "level_V", "0.005")
  if (!complete || stepType !== "constant_current") return undefined
  const { length, voltage_V } = records
  const passed_Ah = magnitudes(records.stepCharge_Ah)
  const levels_Ah = new Map<number, number>()
  for (let i = 0; i < length; i++) {
    // What passed before the first record belongs to it.
    const from_Ah = i > 0 ? (passed_Ah[i - 1] + passed_Ah[i]) / 2 : 0
    const to_Ah = i < length - 1 ? (passed_Ah[i] + passed_Ah[i + 1]) / 2 : passed_Ah[i]
    const level = Math.floor(voltage_V[i] / level_V)
    levels_Ah.set(level, (levels_Ah.get(level) ?? 0) + to_Ah - from_Ah)
  }
  return [...levels_Ah]
    .sort(([a], [b]) => a - b)
    .map(([level, charge_Ah]) => ({
      voltage_V: (level + 0.5) * level_V,
      capacity_Ah_per_V: charge_Ah / level_V,
    }))
}
