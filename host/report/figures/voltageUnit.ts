import type { CurvePoint } from "../../analysis/decimate"

export interface VoltageUnit {
  symbol: "mV" | "V"
  perVolt: number
}

/** Millivolts for a cell of two like electrodes, volts for one that has a voltage of its own. */
export function unitFor(largest_V: number): VoltageUnit {
  return largest_V < 1 ? { symbol: "mV", perVolt: 1000 } : { symbol: "V", perVolt: 1 }
}

/** The same by what the voltage mostly is: a single reading of an open contact does not count. */
export function usualUnit(points: readonly CurvePoint[]): VoltageUnit {
  const magnitudes_V = points
    .flatMap(({ voltage_V }) => (voltage_V === null ? [] : [Math.abs(voltage_V)]))
    .sort((a, b) => a - b)
  return unitFor(magnitudes_V[Math.floor(0.99 * magnitudes_V.length)] ?? 1)
}

export function inUnit({ voltage_V }: CurvePoint, { perVolt }: VoltageUnit): number | null {
  return voltage_V === null ? null : voltage_V * perVolt
}
