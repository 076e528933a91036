/** Instants, durations and numbers as people read them. Instants are UTC. */

/** 2026-11-21. */
export function isoDate(unixTime_s: number): string {
  return new Date(unixTime_s * 1000).toISOString().slice(0, 10)
}

/** 2026-11-21 14:03:07 UTC. */
export function isoTime(unixTime_s: number): string {
  return `${new Date(unixTime_s * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC`
}

/** 3 days, or 14 months where days say too little. */
export function days(duration_s: number): string {
  const count = Math.round(duration_s / 86_400)
  if (count >= 120) return `${Math.round(count / 30.44)} months`
  return `${count} ${Math.abs(count) === 1 ? "day" : "days"}`
}

/** 1 d 03 h, 2 h 05 min, 1 min 25 s, 3.4 s: two units at most. */
export function duration(duration_s: number): string {
  if (duration_s < 59.95) return `${Number(duration_s.toFixed(1))} s`
  if (duration_s < 3599.5) {
    const seconds = Math.round(duration_s)
    const rest = seconds % 60 === 0 ? "" : ` ${padded(seconds % 60)} s`
    return `${Math.floor(seconds / 60)} min${rest}`
  }
  const minutes = Math.round(duration_s / 60)
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${padded(minutes % 60)} min`
  return `${Math.floor(minutes / 1440)} d ${padded(Math.floor((minutes % 1440) / 60))} h`
}

/** 0.0123 V, to a tenth of a millivolt; what rounds to nothing has no sign. */
export function volts(voltage_V: number): string {
  return `${(Number(voltage_V.toFixed(4)) || 0).toFixed(4).replace("-", "−")} V`
}

function padded(value: number): string {
  return String(value).padStart(2, "0")
}
