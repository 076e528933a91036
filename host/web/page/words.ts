/** Numbers, times and states as people read them. A number keeps its width while it changes. */
import { duration } from "../../report/words"

export { duration }

const MINUS = "\u2212"
const SPACE = "\u00a0"

/** A number with so many places and a true minus; what rounds to zero has no sign. */
export function fixed(value: number, places: number): string {
  const text = Math.abs(value).toFixed(places)
  return value < 0 && Number(text) !== 0 ? MINUS + text : text
}

/** The same with + before what is positive. */
export function signed(value: number, places: number): string {
  const text = fixed(value, places)
  return value > 0 && Number(text) !== 0 ? `+${text}` : text
}

/** 3.7012 V: the last place is 0.1 mV. */
export function volts(voltage_V: number): string {
  return `${fixed(voltage_V, 4)}${SPACE}V`
}

/** +1.539 mA: four digits, but no more than the 0.1 µA that a channel resolves. */
export function milliamps(current_A: number): string {
  return `${milli(current_A)}${SPACE}mA`
}

/** +1.539 mAh. */
export function milliampHours(charge_Ah: number): string {
  return `${milli(charge_Ah)}${SPACE}mAh`
}

function milli(value: number): string {
  const magnitude = Math.abs(value * 1e3)
  const places = magnitude >= 99.995 ? 1 : magnitude >= 9.9995 ? 2 : magnitude >= 0.99995 ? 3 : 4
  return signed(value * 1e3, places)
}

export function degrees(temperature_degC: number): string {
  return `${fixed(temperature_degC, 1)}${SPACE}°C`
}

/** 3 faults, 1 fault. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count}${SPACE}${count === 1 ? one : many}`
}

/** How much longer, to no more than it is known for: 81 d, 5 d 05 h, 15 h, 5 h 03 min, 25 min. */
export function roughly(duration_s: number): string {
  const days = duration_s / 86_400
  if (days >= 9.999) return `${Math.round(days)}${SPACE}d`
  if (days >= 1) return duration(duration_s)
  const hours = duration_s / 3600
  if (hours >= 9.99) return `${Math.round(hours)}${SPACE}h`
  if (hours >= 1) return duration(duration_s)
  if (duration_s < 90) return `a${SPACE}minute`
  return `${Math.round(duration_s / 60)}${SPACE}min`
}

/** just now, 25 s ago, 3 min ago, 2 h ago, 4 days ago. */
export function ago(duration_s: number): string {
  if (duration_s < 5) return "just now"
  if (duration_s < 60) return `${Math.floor(duration_s / 5) * 5}${SPACE}s ago`
  if (duration_s < 3600) return `${Math.floor(duration_s / 60)}${SPACE}min ago`
  if (duration_s < 48 * 3600) return `${Math.floor(duration_s / 3600)}${SPACE}h ago`
  return `${Math.floor(duration_s / 86_400)}${SPACE}days ago`
}

/** 14:03 today, 20 Nov 14:03 this year, 20 Nov 2025 otherwise: the visitor's own time zone. */
export function clockTime(unix_s: number, now_s = Date.now() / 1000): string {
  const time = new Date(unix_s * 1000)
  const now = new Date(now_s * 1000)
  const day = calendarDay(unix_s, now_s)
  if (time.getFullYear() !== now.getFullYear()) return day
  const hour = `${two(time.getHours())}:${two(time.getMinutes())}`
  return time.toDateString() === now.toDateString() ? hour : `${day} ${hour}`
}

/** 20 Nov this year, 20 Nov 2025 otherwise: the visitor's own time zone. */
export function calendarDay(unix_s: number, now_s = Date.now() / 1000): string {
  const time = new Date(unix_s * 1000)
  const day = `${time.getDate()}${SPACE}${MONTHS[time.getMonth()]}`
  const year = time.getFullYear()
  return year === new Date(now_s * 1000).getFullYear() ? day : `${day} ${year}`
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

function two(value: number): string {
  return String(value).padStart(2, "0")
}
