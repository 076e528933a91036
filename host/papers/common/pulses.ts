import { meanOf } from "../../analysis/mean"
import { pulseResistances } from "../../analysis/resistance"
import { requireOf } from "../../cell"
import type { MethodStep } from "../../protocol/schema"
import type { RunResult } from "../paper"

const PULSE_s = 10
/** Before the last reading of a pulse. */
const READ_AT_s = 9.5
/** Of the pulses in the direction of the last half-cycle, then the same against it. */
const DENSITIES_mA_per_cm2 = [0.5, 1, 2]

/**
 * Pulses of 10 s at 0.5, 1 and 2 mA cm⁻² with rests between, first all in the direction of the half-cycle before:
 * what stands in for an impedance spectrum. Against it the first charge meets a bare electrode and nucleates.
 */
export function pulseSteps(lastSign: 1 | -1, cutoff_V = 0.8): MethodStep[] {
  const pulse = (density: number): MethodStep[] => [
    { step: "open_circuit_voltage", until_time_s: 300 },
    {
      step: "pulse",
      current_density_mA_per_cm2: density,
      until_time_s: PULSE_s,
      until_voltage_V: Math.sign(density) * cutoff_V,
    },
  ]
  return [
    { step: "open_circuit_voltage", until_time_s: 3600 },
    ...[lastSign, -lastSign].flatMap((sign) =>
      DENSITIES_mA_per_cm2.flatMap((density) => pulse(sign * density)),
    ),
    { step: "open_circuit_voltage", until_time_s: 60 },
  ]
}

/** R_DC × area of those in the direction of the half-cycle before, Ω cm², mean of the three. */
export function pulse_ohm_cm2(result: RunResult): number | undefined {
  return meanOf(along_ohm_cm2(result))
}

/** R_DC at 2 ÷ that at 0.5 mA cm⁻², in that direction. */
export function linearity(result: RunResult): number | undefined {
  const [small, , large] = along_ohm_cm2(result)
  return small === undefined || large === undefined ? undefined : large / small
}

function along_ohm_cm2(result: RunResult): (number | undefined)[] {
  const area_cm2 = requireOf(result.cell, "area_cm2", "Ω cm²")
  return pulseResistances(result.records(), READ_AT_s)
    .slice(0, DENSITIES_mA_per_cm2.length)
    .map(({ resistance_ohm }) => resistance_ohm && resistance_ohm * area_cm2)
}
