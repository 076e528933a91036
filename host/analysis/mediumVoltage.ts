import type { HalfCycle } from "./halfCycles"

/** Two records further apart than this share of the charge do not tell what lies between them. */
const WIDEST = 0.05

/**
 * Medium voltage of one half-cycle, in volts: the voltage when half of the step's charge had passed, on the
 * straight line between the record before and the one after. Undefined for an incomplete half-cycle, for one of a
 * given voltage, whose charge may turn back, and where those two are further apart than 5 % of the charge.
 *
 * It is the mid-value voltage of papers' tables (10.1002/adfm.202307281), and differs from the mean voltage,
 * energy ÷ charge, where a curve is not symmetric about its middle.
 */
export function mediumVoltage_V({ records, stepType, complete }: HalfCycle): number | undefined {
  const isGiven = stepType === "scan" || stepType === "constant_voltage"
  if (!complete || isGiven || records.length < 2) return undefined
  const { length, voltage_V, stepCharge_Ah } = records
  const half_Ah = Math.abs(stepCharge_Ah[length - 1]) / 2
  const after = firstWith(stepCharge_Ah, half_Ah)
  if (after === 0) return undefined
  const from_Ah = Math.abs(stepCharge_Ah[after - 1])
  const width_Ah = Math.abs(stepCharge_Ah[after]) - from_Ah
  if (width_Ah > 2 * WIDEST * half_Ah) return undefined
  const share = (half_Ah - from_Ah) / width_Ah
  return voltage_V[after - 1] + share * (voltage_V[after] - voltage_V[after - 1])
}

/** The first record by which a charge had passed: by halving, for at a set current it only grows. */
function firstWith(stepCharge_Ah: Float64Array, charge_Ah: number): number {
  let from = 0
  let to = stepCharge_Ah.length - 1
  while (from < to) {
    const middle = (from + to) >> 1
    if (Math.abs(stepCharge_Ah[middle]) >= charge_Ah) to = middle
    else from = middle + 1
  }
  return from
}

/**
 * Polarisation of a cycle, in volts: medium voltage of charge minus that of discharge. Of a symmetric cell it is
 * about 2η.
 */
export function polarisation_V(row: {
  plating: { medium_V: number | undefined } | undefined
  stripping: { medium_V: number | undefined } | undefined
}): number | undefined {
  const upper_V = row.plating?.medium_V
  const lower_V = row.stripping?.medium_V
  return upper_V === undefined || lower_V === undefined ? undefined : upper_V - lower_V
}
