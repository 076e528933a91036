import { dischargeOverCharge } from "../../analysis/coulombicEfficiency"
import { type FailureCriterion, USUAL_CRITERIA } from "../../analysis/life/criterion"
import { cycleLife } from "../../analysis/life/cycleLife"
import type { RunResult } from "../paper"

/** Cycles before the first bad one; of a cell that has not failed, all that are whole. */
export function lifeCycles(
  result: RunResult,
  criterion: FailureCriterion = USUAL_CRITERIA.overpotentialGrowth,
): number | undefined {
  return life(result, criterion)?.cycles
}

/** The same in hours since the first current. */
export function lifeHours(
  result: RunResult,
  criterion: FailureCriterion = USUAL_CRITERIA.overpotentialGrowth,
): number | undefined {
  const found = life(result, criterion)
  return found && found.life_s / 3600
}

function life(result: RunResult, criterion: FailureCriterion) {
  const cycles = result.cycles()
  return cycleLife(cycles, criterion, dischargeOverCharge(cycles))
}
