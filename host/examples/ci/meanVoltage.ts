import type { RecordColumns } from "coincell"

/** An analysis of one's own: the voltage of one executed step, V, averaged over time. */
export function meanVoltage_V(records: RecordColumns, stepCount: number): number {
  let area_Vs = 0
  let duration_s = 0
  for (let i = 1; i < records.length; i++) {
    if (records.stepCount[i] !== stepCount || records.stepCount[i - 1] !== stepCount) continue
    const step_s = records.time_s[i] - records.time_s[i - 1]
    area_Vs += ((records.voltage_V[i] + records.voltage_V[i - 1]) / 2) * step_s
    duration_s += step_s
  }
  return area_Vs / duration_s
}
