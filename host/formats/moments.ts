const MS_PER_DAY = 86_400_000
const day = Buffer.alloc(11)
let dayInBuffer = Number.NaN

/** Writes seconds since 1970 as `2025-12-01 00:00:00.000`, UTC; NaN gives nothing. */
export function writeDate(into: Uint8Array, at: number, unix_s: number): number {
  if (Number.isNaN(unix_s)) return at
  const unix_ms = Math.round(unix_s * 1000)
  const days = Math.floor(unix_ms / MS_PER_DAY)
  if (days !== dayInBuffer) {
    day.write(`${new Date(days * MS_PER_DAY).toISOString().slice(0, 10)} `)
    dayInBuffer = days
  }
  into.set(day, at)
  return writeClock(into, at + day.length, unix_ms - days * MS_PER_DAY)
}

/** Writes a duration as `00:00:00.000`, with more digits for the hours if it takes them; NaN gives nothing. */
export function writeDuration(into: Uint8Array, at: number, duration_s: number): number {
  return Number.isNaN(duration_s) ? at : writeClock(into, at, Math.round(duration_s * 1000))
}

function writeClock(into: Uint8Array, at: number, duration_ms: number): number {
  const seconds = Math.floor(duration_ms / 1000)
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  let next = writePadded(into, at, hours, hours < 100 ? 2 : String(hours).length)
  into[next++] = COLON
  next = writePadded(into, next, minutes % 60, 2)
  into[next++] = COLON
  next = writePadded(into, next, seconds % 60, 2)
  into[next++] = POINT
  return writePadded(into, next, duration_ms - 1000 * seconds, 3)
}

const COLON = 0x3a
const POINT = 0x2e
const ZERO = 0x30

function writePadded(into: Uint8Array, at: number, number: number, digits: number): number {
  let rest = number
  for (let i = at + digits - 1; i >= at; i--) {
    into[i] = ZERO + (rest % 10)
    rest = Math.floor(rest / 10)
  }
  return at + digits
}
