import { duration, fixed } from "../words"
import { type Range, spanOf } from "./range"
import { type Ticks, ticksOf } from "./ticks"
import { durationUnit, HOUR } from "./units"

/** Where ticks of test time stand, in s, and what is written at them and below them. */
export interface TimeAxis extends Ticks {
  title: string
}

/**
 * Test time in hours; of a stretch of minutes or seconds, in these, counted from a whole hour or minute that the
 * title names.
 */
export function timeAxis(range: Range, most: number): TimeAxis {
  const unit = durationUnit(spanOf(range))
  const base_s = unit === HOUR ? 0 : baseOf(range)
  const shown = { from: (range.from - base_s) * unit.perSi, to: (range.to - base_s) * unit.perSi }
  const { at, texts } = ticksOf(shown, most)
  return {
    at: at.map((value) => value / unit.perSi + base_s),
    texts,
    title: `Test time${base_s > 0 ? ` after ${longDuration(base_s)}` : ""} / ${unit.text}`,
  }
}

/** The last whole hour, or minute of short stretches, before a range. */
function baseOf(range: Range): number {
  const step_s = spanOf(range) > 180 ? 3600 : 60
  return Math.max(0, Math.floor(range.from / step_s) * step_s)
}

/** 512 h 20 min: hours are not made days, as the axis has them. */
function longDuration(time_s: number): string {
  const minutes = Math.round(time_s / 60)
  if (minutes < 60) return duration(time_s)
  const rest = minutes % 60
  return `${Math.floor(minutes / 60)} h${rest === 0 ? "" : ` ${rest} min`}`
}

/** Of one instant: 512.346 h, with the digits that a stretch of this width needs, and seconds where it is short. */
export function timeText(time_s: number, view: Range): string {
  if (spanOf(view) > 3600 * 3)
    return `${fixed(time_s / 3600, spanOf(view) > 3600 * 300 ? 2 : 3)}\u00a0h`
  const places = spanOf(view) > 180 ? 0 : 1
  const rounded_s = Number(time_s.toFixed(places))
  const hours = Math.floor(rounded_s / 3600)
  const minutes = Math.floor(rounded_s / 60) % 60
  return [
    hours > 0 ? `${hours}\u00a0h` : "",
    hours > 0 || minutes > 0 ? `${String(minutes).padStart(2, "0")}\u00a0min` : "",
    `${fixed(rounded_s - 3600 * hours - 60 * minutes, places)}\u00a0s`,
  ]
    .filter((part) => part !== "")
    .join(" ")
}
