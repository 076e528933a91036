import type { HalfCycle } from "./halfCycles"
import { magnitudes } from "./weighted"

/** Two records further apart than this share of the charge do not tell what lies between them. */
const WIDEST = 0.05

/**
 * Medium voltage of one half-cycle, in volts: the voltage when half of the step's charge had passed, on the
 * straight line between the record before and the one after. Undefined for an incomplete half-cycle, for a scan,
 * whose charge may turn back, and where those two are further apart than 5 % of the charge.
 *
 * It is the mid-value voltage of papers' tables (10.1002/adfm.202307281), and differs from the mean voltage,
 * energy ÷ charge, where a curve is not symmetric about its middle.
 */
export function mediumVoltage_V({ records, stepType, complete }: HalfCycle): number | undefined {
  if (!complete || stepType === "scan" || records.length < 2) return undefined
  const passed_Ah = magnitudes(records.stepCharge_Ah)
  const all_Ah = passed_Ah[passed_Ah.length - 1]
  const after = passed_Ah.findIndex((charge_Ah) => charge_Ah >= all_Ah / 2)
  if (after < 1) return undefined
  const width_Ah = passed_Ah[after] - passed_Ah[after - 1]
  if (width_Ah > WIDEST * all_Ah) return undefined
  const share = (all_Ah / 2 - passed_Ah[after - 1]) / width_Ah
  const [before_V, after_V] = [records.voltage_V[after - 1], records.voltage_V[after]]
  return before_V + share * (after_V - before_V)
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
