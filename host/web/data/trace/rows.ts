import type { Stretches } from "../index/stretches"
import { Extremes } from "./extremes"

/** A trace in columns; null breaks the line. */
export interface TraceColumns {
  time_s: number[]
  voltage_V: (number | null)[]
  current_A: (number | null)[]
}

type Row = [time_ms: number, voltage_uV: number, current_nA: number]

/**
 * Puts the records of a window, which come in order, into rows: each into one of its own, or of each of some equal
 * parts of the window the lowest and the highest voltage and current, in the order in which they came, at the times
 * of the part's first and last record. So no spike is lost, and none moves further than a part is wide. The last
 * record before the window and the first after it are given too, so that the line runs out of the frame.
 */
export class Rows {
  readonly columns: TraceColumns = { time_s: [], voltage_V: [], current_A: [] }
  /** Records within the window. */
  records = 0
  private readonly partWidth_ms: number
  private readonly voltage = new Extremes()
  private readonly current = new Extremes()
  private part = -1
  /** Of the part: its records, and when the first and the last of them were. */
  private count = 0
  private first_ms = 0
  private last_ms = Number.NEGATIVE_INFINITY
  private order = 0
  private before: Row | undefined
  private isBroken = false
  private isOver = false

  /** @param parts undefined: each record is a row */
  constructor(
    private readonly from_ms: number,
    private readonly to_ms: number,
    private readonly parts: number | undefined,
  ) {
    this.partWidth_ms = (to_ms - from_ms) / (parts ?? 1)
  }

  /** A time before that of the last record counts as that: after a restart it may go back by a second. */
  record(time_ms: number, voltage_uV: number, current_nA: number): void {
    const now_ms = Math.max(time_ms, this.last_ms)
    if (now_ms < this.from_ms) {
      this.before = [now_ms, voltage_uV, current_nA]
      this.isBroken = false
    } else if (now_ms > this.to_ms) this.end([now_ms, voltage_uV, current_nA])
    else if (this.parts === undefined) {
      this.enter(1)
      this.put([now_ms, voltage_uV, current_nA])
    } else {
      this.enter(1, this.partOf(now_ms), now_ms)
      this.voltage.add(voltage_uV, voltage_uV, false, this.order)
      this.current.add(current_nA, current_nA, false, this.order)
    }
    this.last_ms = now_ms
  }

  /** All records of a stretch at once. @returns false, having done nothing, unless they fall into one part */
  stretch(all: Stretches, at: number): boolean {
    if (this.parts === undefined) return false
    const first_ms = all.first_ms[at]
    const last_ms = all.last_ms[at]
    if (first_ms < this.from_ms || last_ms > this.to_ms) return false
    const part = this.partOf(first_ms)
    if (part !== this.partOf(last_ms)) return false
    this.enter(all.count[at], part, first_ms)
    const { voltage, current, order } = this
    voltage.add(all.lowest_uV[at], all.highest_uV[at], all.isHighVoltageFirst(at), order)
    current.add(all.lowest_nA[at], all.highest_nA[at], all.isHighCurrentFirst(at), order)
    this.last_ms = last_ms
    return true
  }

  /** The line is broken between the records before and those to come. */
  gap(): void {
    this.flush()
    this.before = undefined
    this.isBroken = true
  }

  /** Ends the rows. @param after the first record after the window */
  end(after?: Row): void {
    this.flush()
    if (after !== undefined && !this.isOver && !this.isBroken && this.columns.time_s.length > 0)
      this.put(after)
    this.isOver = true
  }

  /** Records of the window come. */
  private enter(records: number, part = 0, first_ms = 0): void {
    if (this.before !== undefined) this.put(this.before)
    this.before = undefined
    this.records += records
    if (this.parts === undefined) return
    if (part !== this.part) this.flush()
    this.part = part
    if (this.count === 0) {
      this.first_ms = first_ms
      this.voltage.begin()
      this.current.begin()
    }
    this.count += records
    this.order += 2
  }

  private partOf(time_ms: number): number {
    const { parts = 1, from_ms, partWidth_ms } = this
    return Math.min(parts - 1, Math.floor((time_ms - from_ms) / partWidth_ms))
  }

  private flush(): void {
    if (this.count === 0) return
    this.put([this.first_ms, this.voltage.first, this.current.first])
    if (this.count > 1) this.put([this.last_ms, this.voltage.second, this.current.second])
    this.count = 0
  }

  private put([time_ms, voltage_uV, current_nA]: Row): void {
    const { time_s, voltage_V, current_A } = this.columns
    const before_s = time_s.at(-1)
    if (this.isBroken && before_s !== undefined) {
      time_s.push(before_s)
      voltage_V.push(null)
      current_A.push(null)
    }
    this.isBroken = false
    time_s.push(time_ms / 1000)
    voltage_V.push(voltage_uV / 1e6)
    current_A.push(current_nA / 1e9)
  }
}
