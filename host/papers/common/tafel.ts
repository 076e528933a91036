import { allenHickling, apparentExchangeCurrent } from "../../analysis/exchangeCurrent/tafel"
import { meanOf } from "../../analysis/mean"
import { sweeps } from "../../analysis/voltammetry"
import { requireOf } from "../../cell"
import type { RunResult } from "../paper"
import { averaged } from "./averaged"

/** The temperature that a cell's file does not give. */
const ROOM_degC = 25

/** Over which current and voltage are averaged before the fit: 3 mV at 0.1 mV s⁻¹. */
const WINDOW_s = 30
/** Of η, both branches: wide enough to be a line, far enough from 0 V and the sweep's end. */
const WINDOW_V = { from_V: 0.01, to_V: 0.09 }
/** Of the terminals, as a straight line is drawn through a Tafel plot. */
const PLAIN_V = { from_V: 0.1, to_V: 0.19 }

/**
 * Exchange current density, mA cm⁻², of a run's first sweep through 0 V by Allen and Hickling: mean of both
 * branches, with `resistance_ohm` of the whole cell taken off.
 */
export function exchangeCurrent_mA_per_cm2(
  result: RunResult,
  resistance_ohm = 0,
): number | undefined {
  const options = { ...kinetics(result), resistance_ohm }
  for (const { records } of sweeps(result.records()))
    return meanOf(
      ([-1, 1] as const).map(
        (branch) =>
          allenHickling(averaged(records, WINDOW_s), options, { branch, ...WINDOW_V })
            ?.exchangeCurrent_mA_per_cm2,
      ),
    )
  return undefined
}

/** The same by the plain line from 100 mV on, uncorrected: apparent. */
export function apparent_mA_per_cm2(result: RunResult): number | undefined {
  for (const { records } of sweeps(result.records()))
    return meanOf(
      ([-1, 1] as const).map(
        (branch) =>
          apparentExchangeCurrent(averaged(records, WINDOW_s), kinetics(result), {
            branch,
            ...PLAIN_V,
          })?.exchangeCurrent_mA_per_cm2,
      ),
    )
  return undefined
}

function kinetics({ cell }: RunResult) {
  return {
    area_cm2: requireOf(cell, "area_cm2", "mA cm⁻²"),
    temperature_degC: cell.temperature_degC ?? ROOM_degC,
  }
}
