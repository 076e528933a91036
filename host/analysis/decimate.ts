import type { Records } from "../records"

/** A point of a curve: test time and voltage; a `voltage_V` of null breaks the line. */
export interface CurvePoint {
  time_s: number
  voltage_V: number | null
}

export interface DecimateOptions {
  from_s: number
  to_s: number
  /** Pixels across. */
  columns: number
  /** A longer interval without a record breaks the line. */
  gap_s: number
}

/**
 * Thins the voltage over time to what `columns` pixels across [`from_s`, `to_s`] can show: of each pixel column
 * the first, lowest, highest and last point, so a spike of one record survives (the "M4" aggregation,
 * Jugel et al. 2014, 10.14778/2732951.2732953). Points are kept as they are, never averaged or moved.
 * Takes no more memory for more records.
 */
export function decimate(records: Iterable<Records>, options: DecimateOptions): CurvePoint[] {
  const decimator = new Decimator(options)
  for (const batch of records) decimator.add(batch)
  return decimator.points()
}

/** As `decimate`, for whoever reads records for several purposes at once. */
export class Decimator {
  private readonly kept: CurvePoint[] = []
  private readonly pixels = new PixelColumn()
  private index = -1
  private before_s = Number.NaN

  constructor(private readonly options: DecimateOptions) {}

  add({ length, time_s, voltage_V }: Records): void {
    const { kept, pixels } = this
    const { from_s, to_s, columns, gap_s } = this.options
    let { index, before_s } = this
    for (let i = 0; i < length; i++) {
      const now_s = time_s[i]
      if (now_s < from_s || now_s > to_s) continue
      const at = Math.floor(((now_s - from_s) / (to_s - from_s)) * columns)
      const isGap = now_s - before_s > gap_s
      if (isGap || at !== index) pixels.flush(kept)
      if (isGap) kept.push({ time_s: (before_s + now_s) / 2, voltage_V: null })
      pixels.add(now_s, voltage_V[i])
      index = at
      before_s = now_s
    }
    this.index = index
    this.before_s = before_s
  }

  /** Breaks the line: records are missing between the last one and the next. */
  breakLine(): void {
    this.pixels.flush(this.kept)
    if (this.kept.length > 0) this.kept.push({ time_s: this.before_s, voltage_V: null })
  }

  /** What was kept; nothing is to be added any more. */
  points(): CurvePoint[] {
    this.pixels.flush(this.kept)
    return this.kept
  }
}

/** What one column of pixels shows. */
class PixelColumn {
  private count = 0
  private first = { at: 0, time_s: 0, voltage_V: 0 }
  private low = { at: 0, time_s: 0, voltage_V: 0 }
  private high = { at: 0, time_s: 0, voltage_V: 0 }
  private last = { at: 0, time_s: 0, voltage_V: 0 }

  add(time_s: number, voltage_V: number): void {
    const at = this.count++
    if (at === 0) put(this.first, at, time_s, voltage_V)
    if (at === 0 || voltage_V < this.low.voltage_V) put(this.low, at, time_s, voltage_V)
    if (at === 0 || voltage_V > this.high.voltage_V) put(this.high, at, time_s, voltage_V)
    put(this.last, at, time_s, voltage_V)
  }

  /** Moves it to `kept`, in order, no point twice. */
  flush(kept: CurvePoint[]): void {
    if (this.count === 0) return
    const { first, low, high, last } = this
    let before = -1
    for (const { at, time_s, voltage_V } of [first, ...inOrder(low, high), last]) {
      if (at !== before) kept.push({ time_s, voltage_V })
      before = at
    }
    this.count = 0
  }
}

interface Placed {
  at: number
  time_s: number
  voltage_V: number
}

function put(place: Placed, at: number, time_s: number, voltage_V: number): void {
  place.at = at
  place.time_s = time_s
  place.voltage_V = voltage_V
}

function inOrder(a: Placed, b: Placed): Placed[] {
  return a.at < b.at ? [a, b] : [b, a]
}
