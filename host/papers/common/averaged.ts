import type { Records } from "../../records"

/**
 * The records of a step as means over `window_s` each: of the current by the board's own integral, of the voltage
 * by trapezoids over time. For currents so small that single readings drown in the noise.
 */
export function averaged(step: Records, window_s: number): Records {
  const { length, time_s, voltage_V, stepCharge_Ah } = step
  const times_s: number[] = []
  const voltages_V: number[] = []
  const currents_A: number[] = []
  let from = 0
  let integral_Vs = 0
  for (let i = 1; i < length; i++) {
    integral_Vs += ((voltage_V[i - 1] + voltage_V[i]) / 2) * (time_s[i] - time_s[i - 1])
    const duration_s = time_s[i] - time_s[from]
    if (duration_s < window_s) continue
    times_s.push((time_s[i] + time_s[from]) / 2)
    voltages_V.push(integral_Vs / duration_s)
    currents_A.push((3600 * (stepCharge_Ah[i] - stepCharge_Ah[from])) / duration_s)
    from = i
    integral_Vs = 0
  }
  const unknown = new Float64Array(times_s.length).fill(Number.NaN)
  return {
    ...step,
    length: times_s.length,
    time_s: Float64Array.from(times_s),
    voltage_V: Float64Array.from(voltages_V),
    current_A: Float64Array.from(currents_A),
    unixTime_s: unknown,
    stepCharge_Ah: unknown,
    stepEnergy_Wh: unknown,
    temperature_degC: unknown,
  }
}
