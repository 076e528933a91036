import type { MethodStep } from "../../protocol/schema"

/** Long enough for a cell in the cold. */
const PULSE_s = 33

/** A rest and a charge of half a minute at 0.5C, for the resistance of a full cell, whatever its state of charge. */
export function chargePulse(rest_s: number, limit_V: number): MethodStep[] {
  return [
    { step: "open_circuit_voltage", until_time_s: rest_s },
    { step: "pulse", rate_C: 0.5, until_time_s: PULSE_s, until_voltage_V: limit_V },
  ]
}
