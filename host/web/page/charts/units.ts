import { fixed, signed } from "../words"
import { type Range, spanOf } from "./range"

/** How an SI quantity is shown. */
export interface Unit {
  text: string
  /** Of this unit in one of SI: 1000 for mV. */
  perSi: number
  /** What the instrument resolves has so many decimals. */
  places: number
  /** With + before what is positive. */
  isSigned?: boolean
}

export const VOLT: Unit = { text: "V", perSi: 1, places: 5 }
export const MILLIVOLT: Unit = { text: "mV", perSi: 1e3, places: 2 }
export const MILLIAMPERE: Unit = { text: "mA", perSi: 1e3, places: 4, isSigned: true }
export const MICROAMPERE: Unit = { text: "µA", perSi: 1e6, places: 1, isSigned: true }
export const HOUR: Unit = { text: "h", perSi: 1 / 3600, places: 4 }
export const MINUTE: Unit = { text: "min", perSi: 1 / 60, places: 2 }
export const SECOND: Unit = { text: "s", perSi: 1, places: 1 }

/** Overpotentials are spoken of in mV, cells in V. */
export function voltageUnit(range: Range): Unit {
  return largest(range) < 1 ? MILLIVOLT : VOLT
}

export function currentUnit(range: Range): Unit {
  return largest(range) < 1e-4 ? MICROAMPERE : MILLIAMPERE
}

export function durationUnit(span_s: number): Unit {
  if (span_s <= 180) return SECOND
  return span_s <= 3 * 3600 ? MINUTE : HOUR
}

function largest({ from, to }: Range): number {
  return Math.max(Math.abs(from), Math.abs(to))
}

/**
 * A value with its unit and as many digits as tell points apart that a screen can show: a thousandth of what is
 * in view, and no finer than the instrument resolves.
 */
export function reading(value: number, unit: Unit, view: Range): string {
  const step = (spanOf(view) * unit.perSi) / 1000
  const places = Math.min(unit.places, Math.max(0, -Math.floor(Math.log10(step))))
  const write = unit.isSigned ? signed : fixed
  return `${write(value * unit.perSi, places)}\u00a0${unit.text}`
}
