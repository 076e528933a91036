import { firstPlating } from "../../analysis/firstPlating"
import { iterateHalfCycles } from "../../analysis/halfCycles"
import { platingSign } from "../../cell"
import type { RunResult } from "../paper"
import { scaled } from "./results"

/** Nucleation overpotential of a run's first plating, tip less plateau, mV; undefined where there is no tip. */
export function nucleation_mV(result: RunResult): number | undefined {
  return scaled(first(result)?.nucleation?.overpotential_V, 1000)
}

/** The tip against 0 V, mV. */
export function tip_mV(result: RunResult): number | undefined {
  return scaled(first(result)?.nucleation?.tip_V, 1000)
}

function first(result: RunResult) {
  return firstPlating(iterateHalfCycles(result.records()), platingSign(result.cell))
}
