import type { HalfCycle } from "./halfCycles"
import { positive } from "./normalise"

/** A point of a dQ/dV curve. */
export interface DifferentialCapacity {
  voltage_V: number
  /** Positive in both directions where the voltage follows the current; papers often mirror the discharge. */
  capacity_Ah_per_V: number
}

/**
 * dQ/dV of one half-cycle from fixed steps of voltage: from record to record until the voltage has moved by `step_V`
 * or more, then the charge between these two records ÷ their voltages' difference, at the middle of both. Both are
 * measured records, and nothing is smoothed: `step_V` is the resolution, and noise of σ volt gives each point a
 * relative error of 1.4·σ/step_V (20 µV and 5 mV: 0.6 %). Where the voltage turns back by `step_V`, at a
 * nucleation spike for one, the points of the way back are negative.
 *
 * Undefined for an incomplete half-cycle and for one that was not at constant current: a held voltage has no dV.
 * What such curves tell of a full cell: Dubarry & Liaw 2009, 10.1016/j.jpowsour.2009.05.036.
 * @throws RangeError unless `step_V` is positive
 */
export function differentialCapacity(
  { records, stepType, complete }: HalfCycle,
  step_V: number,
): DifferentialCapacity[] | undefined {
  positive(step_V, "step_V", "0.005")
  if (!complete || stepType !== "constant_current") return undefined
  const { length, voltage_V, stepCharge_Ah } = records
  const curve: DifferentialCapacity[] = []
  let from = 0
  for (let i = 1; i < length; i++) {
    const moved_V = voltage_V[i] - voltage_V[from]
    if (Math.abs(moved_V) < step_V) continue
    curve.push({
      voltage_V: (voltage_V[i] + voltage_V[from]) / 2,
      capacity_Ah_per_V: (stepCharge_Ah[i] - stepCharge_Ah[from]) / moved_V,
    })
    from = i
  }
  return curve
}
