import type { Records } from "../../host/records"
import { recordsOf } from "./recordsOf"
import { record } from "./synthetic"

export const area_cm2 = 1.539
export const at25 = { area_cm2, temperature_degC: 25, resistance_ohm: 0 }
export const RT_F_V = 0.0256926

/**
 * An exact sweep: by η of each electrode to the current density by Butler and Volmer, and by that and R to the
 * voltage of the terminals. 400 records even in η.
 */
export function sweep(i0: number, alpha: number, R_ohm: number, highest_V: number): Records {
  const eta = (t: number) => highest_V * (t / 200 - 1)
  const density = (t: number) =>
    i0 * (Math.exp((alpha * eta(t)) / RT_F_V) - Math.exp(((alpha - 1) * eta(t)) / RT_F_V))
  const current_A = (t: number) => 1e-3 * area_cm2 * density(t)
  const samples = record([
    {
      current_A: { current_A, charge_C: (t) => t },
      voltage_V: (t) => 2 * eta(t) + R_ohm * current_A(t),
      stepType: "scan",
      duration_s: 400,
      times_s: Array.from({ length: 401 }, (_, i) => i),
    },
  ])
  return recordsOf(samples)[0]
}
