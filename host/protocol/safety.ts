import type { Circuit } from "../../firmware/core/circuit"
import { ProtocolError } from "../errors"
import type { Problems } from "./problems"
import type { ParsedProtocol } from "./schema"

/** Notes safety limits that the board does not have, or that leave nothing to run. */
export function checkSafety({ safety }: ParsedProtocol, circuit: Circuit, { all }: Problems): void {
  const refuse = (key: string, problem: string) =>
    all.push(new ProtocolError(`safety.${key}`, problem))
  const [lowest_V, highest_V] = circuit.voltageLimits_V
  const limit_mA = circuit.currentRanges[0].limit_A * 1000
  const { max_voltage_V, min_voltage_V, max_current_mA, min_current_mA } = safety
  const { max_temperature_degC, min_temperature_degC } = safety
  if (max_voltage_V > highest_V)
    refuse("max_voltage_V", `${max_voltage_V} V is above the board's ${highest_V} V.`)
  if (min_voltage_V < lowest_V)
    refuse("min_voltage_V", `${min_voltage_V} V is below the board's ${lowest_V} V.`)
  if (Math.round(min_voltage_V * 1e6) >= Math.round(max_voltage_V * 1e6))
    refuse("min_voltage_V", "must be below max_voltage_V.")
  for (const [key, value_mA] of Object.entries({ max_current_mA, min_current_mA }))
    if (value_mA !== undefined && Math.abs(value_mA) > limit_mA)
      refuse(key, `${value_mA} mA is beyond a channel's ${limit_mA} mA.`)
  if (
    max_temperature_degC !== undefined &&
    min_temperature_degC !== undefined &&
    Math.round(min_temperature_degC * 100) >= Math.round(max_temperature_degC * 100)
  )
    refuse("min_temperature_degC", "must be below max_temperature_degC.")
}
