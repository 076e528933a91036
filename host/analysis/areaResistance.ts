import type { CycleRow, HalfCycleRow } from "./cycles"
import { meanOf } from "./mean"
import { positive } from "./normalise"

/** Area-specific resistance, Ω cm². Which of the two a paper prints, it must say. */
export interface AreaResistance {
  /** Of the whole cell: both electrodes, the electrolyte and the contacts. */
  cell_ohm_cm2: number
  /** Half of that: what each of two like interfaces has, if the electrolyte had none. */
  perInterface_ohm_cm2: number
}

/**
 * Area-specific resistance of a half-cycle of a symmetric cell under constant current, ASR = V̄·A ÷ I, with V̄ = η, the
 * mean |V| over the middle half, and I the mean |current|. It is a steady-state value and holds all overpotentials;
 * not an impedance. Undefined where η is.
 *
 * As for solid cells in Randau et al. 2020, 10.1038/s41560-020-0565-1, and used alike for liquid ones.
 * @throws RangeError unless the area is positive
 */
export function areaResistance(
  half: Pick<HalfCycleRow, "overpotential_V" | "current_A"> | undefined,
  area_cm2: number,
): AreaResistance | undefined {
  positive(area_cm2, "area_cm2", "1.539 for a 14 mm disc")
  if (half?.overpotential_V === undefined || !half.current_A) return undefined
  return ofCell((half.overpotential_V * area_cm2) / half.current_A)
}

/** The mean of both halves of a cycle; undefined where either is. */
export function cycleAreaResistance(row: CycleRow, area_cm2: number): AreaResistance | undefined {
  const halves = [row.plating, row.stripping]
  const mean_ohm_cm2 = meanOf(halves.map((half) => areaResistance(half, area_cm2)?.cell_ohm_cm2))
  return mean_ohm_cm2 === undefined ? undefined : ofCell(mean_ohm_cm2)
}

function ofCell(cell_ohm_cm2: number): AreaResistance {
  return { cell_ohm_cm2, perInterface_ohm_cm2: cell_ohm_cm2 / 2 }
}
