import type { Stretch } from "./pageScan"

/** Room for so many stretches is made at first. */
const FEWEST = 256

/**
 * The stretches of a test in columns, in order: where each stands in the log, from when to when it goes, and the
 * extremes of its points. A test of 6000 h at 1 Hz has half a million, and takes 28 MB.
 */
export class Stretches {
  length = 0
  /** The page that they are in, and which of its points. */
  sequence = new Uint32Array(FEWEST)
  from = new Uint8Array(FEWEST)
  count = new Uint8Array(FEWEST)
  /** Test time of the first and the last point: it never goes back here, be it by a second as after a restart. */
  first_ms = new Float64Array(FEWEST)
  last_ms = new Float64Array(FEWEST)
  lowest_uV = new Float64Array(FEWEST)
  highest_uV = new Float64Array(FEWEST)
  lowest_nA = new Float64Array(FEWEST)
  highest_nA = new Float64Array(FEWEST)
  private flags = new Uint8Array(FEWEST)

  /** @param isAfterGap the line is to be broken before these points */
  push(stretch: Stretch, sequence: number, isAfterGap: boolean): void {
    const at = this.length
    if (at === this.sequence.length) this.grow(Math.ceil(1.5 * at))
    this.sequence[at] = sequence
    this.from[at] = stretch.from
    this.count[at] = stretch.count
    const before_ms = at === 0 ? Number.NEGATIVE_INFINITY : this.last_ms[at - 1]
    this.first_ms[at] = Math.max(before_ms, stretch.first_ms)
    this.last_ms[at] = Math.max(this.first_ms[at], stretch.last_ms)
    this.lowest_uV[at] = stretch.lowest_uV
    this.highest_uV[at] = stretch.highest_uV
    this.lowest_nA[at] = stretch.lowest_nA
    this.highest_nA[at] = stretch.highest_nA
    this.flags[at] =
      (isAfterGap ? AFTER_GAP : 0) +
      (stretch.highestVoltageAt < stretch.lowestVoltageAt ? HIGH_VOLTAGE_FIRST : 0) +
      (stretch.highestCurrentAt < stretch.lowestCurrentAt ? HIGH_CURRENT_FIRST : 0)
    this.length++
  }

  isAfterGap(at: number): boolean {
    return (this.flags[at] & AFTER_GAP) !== 0
  }

  isHighVoltageFirst(at: number): boolean {
    return (this.flags[at] & HIGH_VOLTAGE_FIRST) !== 0
  }

  isHighCurrentFirst(at: number): boolean {
    return (this.flags[at] & HIGH_CURRENT_FIRST) !== 0
  }

  /** The first whose points reach up to a time; `length` if none does. */
  reaching(time_ms: number): number {
    return firstWith(this.length, (at) => this.last_ms[at] >= time_ms)
  }

  /** The first whose points all come after a time; `length` if none does. */
  after(time_ms: number): number {
    return firstWith(this.length, (at) => this.first_ms[at] > time_ms)
  }

  /** Points of stretches `from` to `to` − 1. */
  points(from: number, to: number): number {
    let sum = 0
    for (let at = from; at < to; at++) sum += this.count[at]
    return sum
  }

  /** Makes room for so many in all. */
  reserve(count: number): void {
    if (count > this.sequence.length) this.grow(count)
  }

  get bytes(): number {
    return this.sequence.length * (4 + 3 + 6 * 8)
  }

  private grow(count: number): void {
    this.sequence = grown(this.sequence, new Uint32Array(count))
    this.from = grown(this.from, new Uint8Array(count))
    this.count = grown(this.count, new Uint8Array(count))
    this.flags = grown(this.flags, new Uint8Array(count))
    this.first_ms = grown(this.first_ms, new Float64Array(count))
    this.last_ms = grown(this.last_ms, new Float64Array(count))
    this.lowest_uV = grown(this.lowest_uV, new Float64Array(count))
    this.highest_uV = grown(this.highest_uV, new Float64Array(count))
    this.lowest_nA = grown(this.lowest_nA, new Float64Array(count))
    this.highest_nA = grown(this.highest_nA, new Float64Array(count))
  }
}

const AFTER_GAP = 1
const HIGH_VOLTAGE_FIRST = 2
const HIGH_CURRENT_FIRST = 4

type Column = Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>

function grown<Of extends Column>(column: Of, larger: Of): Of {
  larger.set(column)
  return larger
}

/** The first of 0 … `count` − 1 for which it holds, as it then does for all after. */
function firstWith(count: number, holds: (at: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
