import { useMemo, useRef } from "preact/hooks"
import { plateauExtent } from "./calm"
import { extentOf, roomy, withZero } from "./lines"
import type { Axis } from "./plotContent"
import type { Range } from "./range"
import { timeText } from "./timeAxis"
import type { TraceLines } from "./traceLines"
import { currentUnit, reading, type Unit, voltageUnit } from "./units"
import { valueAxis } from "./valueAxis"

/** How voltage and current of what is in view are shown. */
export interface TraceScales {
  voltageUnit: Unit
  currentUnit: Unit
  voltage: Range
  current: Range
  /** Of voltage, when spikes take most of its scale. */
  plateaus: Range | undefined
  currentAxis: Axis
}

/** Narrower, a plot shows noise and no more. */
const LEAST_V = 0.001
const LEAST_A = 2e-6

/** Scales of what is in view. Units are those of the whole test, and stay when one looks closer. */
export function useTraceScales(
  { voltage, current }: TraceLines,
  shown: Range,
  isAll: boolean,
): TraceScales {
  const units = useRef<Pick<TraceScales, "voltageUnit" | "currentUnit"> | undefined>(undefined)
  return useMemo(() => {
    const volts = extentOf(voltage, shown) ?? extentOf(voltage) ?? { from: 0, to: 1 }
    const amperes = extentOf(current, shown) ?? extentOf(current) ?? { from: 0, to: 0 }
    if (isAll || units.current === undefined)
      units.current = { voltageUnit: voltageUnit(volts), currentUnit: currentUnit(amperes) }
    return {
      ...units.current,
      voltage: roomy(volts, LEAST_V),
      current: roomy(withZero(amperes), LEAST_A),
      plateaus: plateauExtent(voltage[0], shown),
      currentAxis: valueAxis("Current", units.current.currentUnit),
    }
  }, [voltage, current, shown.from, shown.to, isAll])
}

/** For those who cannot see it. */
export function traceSummary(x: Range, scales: TraceScales): string {
  const { voltage, current, voltageUnit, currentUnit } = scales
  const from = (range: Range, unit: Unit) =>
    `${reading(range.from, unit, range)} to ${reading(range.to, unit, range)}`
  return (
    `Voltage and current over test time, ${timeText(x.from, x)} to ${timeText(x.to, x)}: ` +
    `${from(voltage, voltageUnit)}, ${from(current, currentUnit)}.`
  )
}
