import type { FleetNoted, FleetRecords, ReadingRow } from "../../fleetApi"

/** Points in columns; null breaks the line where some may be missing. */
export interface Points {
  time_s: number[]
  voltage_V: (number | null)[]
  current_A: (number | null)[]
}

/** What came of a channel's test since its page was opened. */
export interface Heard {
  /** Pages of the log, as `LOG PAGE`: what comes twice counts once. */
  pages: ReadonlySet<string>
  records: Points
  /** Records, without what breaks the line. */
  count: number
  noted: readonly FleetNoted["events"][number][]
  /** Some may have been missed since the last record. */
  isBroken: boolean
  readings: Points
  /** When the last reading came. */
  read_unix_s: number
}

const NO_POINTS: Points = { time_s: [], voltage_V: [], current_A: [] }
export const NOTHING_HEARD: Heard = {
  pages: new Set(),
  records: NO_POINTS,
  count: 0,
  noted: [],
  isBroken: false,
  readings: NO_POINTS,
  read_unix_s: 0,
}

/** More are not kept: an outage may bring a week of them. */
export const MOST_POINTS = 50_000
const MOST_READINGS = 2_000
const MOST_NOTED = 200
/** Readings come each second; a longer silence breaks their line, s. */
const SILENCE_s = 15

/** A page of records more; the same when it came before. Pages that come late find their place. */
export function withRecords(heard: Heard, told: FleetRecords): Heard {
  const key = `${told.log} ${told.page}`
  if (heard.pages.has(key) || told.time_s.length === 0) return heard
  const pages = new Set(heard.pages).add(key)
  const last_s = heard.records.time_s.at(-1) ?? Number.NEGATIVE_INFINITY
  const first_s = told.time_s[0]
  const isNext = first_s >= last_s
  const gap: Points =
    isNext && heard.isBroken && heard.count > 0
      ? { time_s: [first_s], voltage_V: [null], current_A: [null] }
      : NO_POINTS
  const all = joined(joined(heard.records, gap), told)
  return {
    ...heard,
    pages,
    records: last(isNext ? all : sorted(all), MOST_POINTS),
    count: heard.count + told.time_s.length,
    isBroken: isNext ? false : heard.isBroken,
  }
}

export function withNoted(heard: Heard, told: FleetNoted): Heard {
  const key = `noted ${told.log} ${told.page}`
  if (heard.pages.has(key)) return heard
  const noted = [...heard.noted, ...told.events].slice(-MOST_NOTED)
  return { ...heard, pages: new Set(heard.pages).add(key), noted }
}

/** From here on, some records may be missing. */
export function withBreak(heard: Heard): Heard {
  return heard.isBroken ? heard : { ...heard, isBroken: true }
}

export function withReading(heard: Heard, row: ReadingRow): Heard {
  const [, , , time_s, voltage_V, current_A, read_unix_s] = row
  const { readings } = heard
  if (time_s <= (readings.time_s.at(-1) ?? Number.NEGATIVE_INFINITY)) return heard
  const isSilent = readings.time_s.length > 0 && read_unix_s - heard.read_unix_s > SILENCE_s
  const gap: Points = isSilent
    ? { time_s: [time_s], voltage_V: [null], current_A: [null] }
    : NO_POINTS
  const one: Points = { time_s: [time_s], voltage_V: [voltage_V], current_A: [current_A] }
  return {
    ...heard,
    readings: last(joined(joined(readings, gap), one), MOST_READINGS),
    read_unix_s,
  }
}

/** Points after a test time. */
export function after(points: Points, time_s: number): Points {
  const found = points.time_s.findIndex((one_s) => one_s > time_s)
  return found < 0 ? NO_POINTS : last(points, points.time_s.length - found)
}

function joined(a: Points, b: Points): Points {
  if (b.time_s.length === 0) return a
  return {
    time_s: [...a.time_s, ...b.time_s],
    voltage_V: [...a.voltage_V, ...b.voltage_V],
    current_A: [...a.current_A, ...b.current_A],
  }
}

/** By time; what stood in a row stays so. */
function sorted({ time_s, voltage_V, current_A }: Points): Points {
  const order = time_s.map((_, i) => i).sort((a, b) => time_s[a] - time_s[b] || a - b)
  return {
    time_s: order.map((i) => time_s[i]),
    voltage_V: order.map((i) => voltage_V[i]),
    current_A: order.map((i) => current_A[i]),
  }
}

function last({ time_s, voltage_V, current_A }: Points, most: number): Points {
  if (time_s.length <= most) return { time_s, voltage_V, current_A }
  return {
    time_s: time_s.slice(-most),
    voltage_V: voltage_V.slice(-most),
    current_A: current_A.slice(-most),
  }
}
