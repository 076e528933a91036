import type { HalfCycle } from "./halfCycles"
import { coveredWindow, magnitudes, timeWeightedMean } from "./weighted"

/**
 * Overpotential η of one half-cycle, in volts: the mean of |V| over the middle half of its
 * duration, weighted by time (at constant current that is weighting by charge). It holds every
 * loss between the two terminals, both electrodes and the electrolyte.
 * Undefined for an incomplete half-cycle, for one that was not at constant current, or where records
 * are missing from the middle.
 *
 * The middle leaves out the nucleation spike and the rise from depleted electrolyte at the end:
 * Wood et al. 2016, 10.1021/acscentsci.6b00260.
 */
export function overpotential_V(half: HalfCycle): number | undefined {
  return middleMean(half, magnitudes(half.records.voltage_V))
}

/**
 * Voltage hysteresis 2η = V̄₊ − V̄₋ of one cycle, in volts: mean voltage of the plating half minus
 * that of the stripping half, each over its middle half and weighted by time, as for η. The
 * difference removes any constant offset of the voltage. Undefined where either mean is.
 *
 * Papers print η and 2η under both names: 10.1002/aenm.202400202 is one of them.
 */
export function hysteresis_V(plating: HalfCycle, stripping: HalfCycle): number | undefined {
  const upper_V = middleMean(plating, plating.records.voltage_V)
  const lower_V = middleMean(stripping, stripping.records.voltage_V)
  return upper_V === undefined || lower_V === undefined ? undefined : upper_V - lower_V
}

/**
 * Largest |V| of one half-cycle, in volts, over the records whose voltage had the sign of the current; undefined
 * without one. A voltage that opposes the current belongs to the step before, or to an electrode that gives
 * energy: fresh copper comes from 2 V.
 */
export function highestVoltage_V({ records, sign }: HalfCycle): number | undefined {
  let highest_V = 0
  for (const voltage_V of records.voltage_V) highest_V = Math.max(highest_V, sign * voltage_V)
  return highest_V > 0 ? highest_V : undefined
}

function middleMean({ records, ...half }: HalfCycle, value: Float64Array): number | undefined {
  if (!half.complete || half.stepType !== "constant_current") return undefined
  const from_s = half.start_s + 0.25 * half.duration_s
  const to_s = half.start_s + 0.75 * half.duration_s
  const middle = coveredWindow(records, records.time_s, value, from_s, to_s)
  return middle && timeWeightedMean(middle)
}
