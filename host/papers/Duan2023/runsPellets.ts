import type { Protocol } from "../../protocol/schema"
import type { Run } from "../paper"
import { blocking } from "./cells"

/** Assumed within the printed −25 to 65 °C. */
export const TEMPERATURES_degC = [-25, 0, 25, 45, 65]

/**
 * The three pellets, the current for each, and their thickness, which follows from 100 mg, the die and an assumed
 * density of 90 %.
 */
export const PELLETS = {
  LAC: { current_mA: 0.02, thickness_cm: 0.0715 },
  LPSC: { current_mA: 0.2, thickness_cm: 0.0761 },
  SL: { current_mA: 0.05, thickness_cm: 0.0737 },
} as const
export type Pellet = keyof typeof PELLETS

/** A second of current, five times; little enough for what the electrodes charge to stay within the board's volts. */
function pulses(current_mA: number): Protocol {
  return {
    record: { time_s: 10, voltage_V: 0.01, burst_s: 1 },
    safety: { max_voltage_V: 5, min_voltage_V: -1, max_current_mA: 1, delay_s: 1 },
    method: [
      { step: "open_circuit_voltage", until_time_s: 600 },
      { step: "tag", tag: "again" },
      { step: "pulse", current_mA, until_time_s: 1, until_voltage_V: 4.8 },
      { step: "open_circuit_voltage", until_time_s: 30 },
      { step: "loop", loop_to: "again", cycle_count: 5 },
    ],
  }
}

export const pelletAt = (pellet: Pellet, temperature_degC: number) =>
  `Duan2023/${pellet} pellet, ${temperature_degC} degC`

export const pelletRuns: readonly Run[] = (Object.keys(PELLETS) as Pellet[]).flatMap((pellet) =>
  TEMPERATURES_degC.map((temperature_degC) => ({
    key: pelletAt(pellet, temperature_degC),
    simulatedCell: `Duan2023 ${pellet} pellet, ${temperature_degC} degC`,
    cell: blocking(pellet, temperature_degC),
    protocol: pulses(PELLETS[pellet].current_mA),
  })),
)
