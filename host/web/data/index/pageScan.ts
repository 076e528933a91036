import * as format from "../../../../firmware/core/logFormat"
import { decodeEvent, type LogEvent } from "../../../log/event"
import { u24, u40 } from "../../../log/page"
import { runsOver, signed } from "../../../log/recordReader"

/** Successive points of one page, nothing between them at which a test stands still or a cycle begins. */
export class Stretch {
  /** Which of the page's points is the first of these, from 0. */
  from = 0
  count = 0
  /** Test time of the first and of the last, and the first one's by the board's clock. */
  first_ms = 0
  last_ms = 0
  firstBoard_ms = 0
  lowest_uV = 0
  highest_uV = 0
  lowest_nA = 0
  highest_nA = 0
  /** Which of these points they are. */
  lowestVoltageAt = 0
  highestVoltageAt = 0
  lowestCurrentAt = 0
  highestCurrentAt = 0
}

/** Takes what a page holds, in order. The stretch is used again: copy what is to stay. */
export interface ScanSink {
  /** One point at least. */
  stretch(stretch: Stretch): void
  /** Something that tells of the test's standing still, or going on. */
  event(event: LogEvent, testTime_ms: number, boardTime_ms: number): void
  cycleBegins(cycle: number, testTime_ms: number): void
}

/** What tells of a test's standing still, and going on. */
const NOTED: ReadonlySet<LogEvent["kind"]> = new Set(["fault", "paused", "resumed", "restarted"])

/**
 * Reads a page for the extremes of its points alone, several times as fast as a `RecordReader`, which it equals in
 * what it takes for a point and in what it refuses: charge and energy are passed over.
 */
export class PageScan {
  /** Of the last record, be it a point or an event; NaN when the page has none. */
  lastTest_ms = Number.NaN
  lastBoard_ms = Number.NaN
  private readonly stretch = new Stretch()
  private bytes: Uint8Array = new Uint8Array()
  private at = 0
  private end = 0
  /** Points of the page so far, and those that `lastTest_ms` knows of. */
  private points = 0
  private passed = 0
  private cycle = 0
  private ahead_ms = 0
  // What the next point's differences are from.
  private time_ms = 0
  private interval_ms = 0
  private voltage_uV = 0
  private current_nA = 0

  constructor(private readonly sink: ScanSink) {}

  /**
   * Scans a page, known to be whole.
   * @throws LogError when its records run over, or an event is shorter than it must be
   */
  scan(bytes: Uint8Array): void {
    this.bytes = bytes
    this.at = format.RECORDS_AT
    this.end = this.at + bytes[format.AT_USED]
    if (this.end > format.CRC_AT) throw runsOver(bytes)
    this.time_ms = u40(bytes, format.AT_TEST_TIME)
    this.ahead_ms = u40(bytes, format.AT_BOARD_TIME) - this.time_ms
    this.cycle = u24(bytes, format.AT_CYCLE)
    this.interval_ms = 0
    this.voltage_uV = 0
    this.current_nA = 0
    this.points = 0
    this.passed = 0
    this.stretch.from = 0
    this.stretch.count = 0
    this.lastTest_ms = Number.NaN
    this.lastBoard_ms = Number.NaN
    for (;;) {
      const after_ms = this.readPoints()
      if (Number.isNaN(after_ms)) break
      this.readEvent(this.time_ms + after_ms)
    }
    this.pass()
    this.handOver()
  }

  /** Reads points up to the next event. @returns its time after what it counts from; NaN at the page's end */
  private readPoints(): number {
    const { bytes, end, stretch } = this
    let { at, time_ms, interval_ms, voltage_uV, current_nA } = this
    let { count, lowest_uV, highest_uV, lowest_nA, highest_nA } = stretch
    const before = count
    let eventAfter_ms = Number.NaN
    while (at < end) {
      // Numbers of one and of two bytes are read here, since nearly all are; `long` reads any.
      let head = bytes[at++]
      if (head > 127) {
        if (bytes[at] < 128) head = (head & 127) + 128 * bytes[at++]
        else {
          head = this.long(at - 1)
          at = this.at
        }
      }
      const kind = head % 4
      const after_ms = head < 16_384 ? (head >> 3) ^ -((head >> 2) & 1) : signed((head - kind) / 4)
      if (kind === format.RECORD_EVENT) {
        eventAfter_ms = after_ms
        break
      }
      interval_ms += after_ms
      time_ms += interval_ms
      let change = bytes[at++]
      if (change < 128) voltage_uV += (change >> 1) ^ -(change & 1)
      else if (bytes[at] < 128) {
        change = (change & 127) + 128 * bytes[at++]
        voltage_uV += (change >> 1) ^ -(change & 1)
      } else {
        voltage_uV += signed(this.long(at - 1))
        at = this.at
      }
      change = bytes[at++]
      if (change < 128) current_nA += (change >> 1) ^ -(change & 1)
      else if (bytes[at] < 128) {
        change = (change & 127) + 128 * bytes[at++]
        current_nA += (change >> 1) ^ -(change & 1)
      } else {
        current_nA += signed(this.long(at - 1))
        at = this.at
      }
      // The energy, and the charge if that says that there is one.
      const hasCharge = (bytes[at] & 3) === 3
      while (bytes[at++] > 127);
      if (hasCharge) while (bytes[at++] > 127);
      if (at > end) throw runsOver(bytes)
      if (count === 0) {
        stretch.first_ms = time_ms
        stretch.firstBoard_ms = time_ms + this.ahead_ms
        lowest_uV = highest_uV = voltage_uV
        lowest_nA = highest_nA = current_nA
        stretch.lowestVoltageAt = stretch.highestVoltageAt = 0
        stretch.lowestCurrentAt = stretch.highestCurrentAt = 0
      }
      if (voltage_uV < lowest_uV) {
        lowest_uV = voltage_uV
        stretch.lowestVoltageAt = count
      } else if (voltage_uV > highest_uV) {
        highest_uV = voltage_uV
        stretch.highestVoltageAt = count
      }
      if (current_nA < lowest_nA) {
        lowest_nA = current_nA
        stretch.lowestCurrentAt = count
      } else if (current_nA > highest_nA) {
        highest_nA = current_nA
        stretch.highestCurrentAt = count
      }
      count++
    }
    this.points += count - before
    stretch.count = count
    if (count > before) stretch.last_ms = time_ms
    stretch.lowest_uV = lowest_uV
    stretch.highest_uV = highest_uV
    stretch.lowest_nA = lowest_nA
    stretch.highest_nA = highest_nA
    this.at = at
    this.time_ms = time_ms
    this.interval_ms = interval_ms
    this.voltage_uV = voltage_uV
    this.current_nA = current_nA
    return eventAfter_ms
  }

  private readEvent(testTime_ms: number): void {
    const { bytes } = this
    const payloadAt = this.at + 2
    if (payloadAt > this.end || payloadAt + bytes[this.at + 1] > this.end) throw runsOver(bytes)
    const number = bytes[this.at]
    this.at = payloadAt + bytes[this.at + 1]
    const payload = Buffer.from(bytes.buffer, bytes.byteOffset + payloadAt, this.at - payloadAt)
    const event = decodeEvent(number, payload)
    this.pass()
    if (event.kind === "boardTime") {
      this.ahead_ms = event.boardTime_ms - testTime_ms
      return
    }
    this.lastTest_ms = testTime_ms
    this.lastBoard_ms = testTime_ms + this.ahead_ms
    if (event.kind === "stepBegins") {
      this.time_ms = testTime_ms
      this.interval_ms = 0
      const cycle = payload.readUIntLE(3, 4)
      if (cycle === this.cycle) return
      this.cycle = cycle
      this.handOver()
      this.sink.cycleBegins(cycle, testTime_ms)
    } else if (NOTED.has(event.kind)) {
      this.handOver()
      this.sink.event(event, testTime_ms, this.lastBoard_ms)
    }
  }

  /** The last record may be a point. */
  private pass(): void {
    if (this.points === this.passed) return
    this.passed = this.points
    this.lastTest_ms = this.time_ms
    this.lastBoard_ms = this.time_ms + this.ahead_ms
  }

  private handOver(): void {
    const { stretch } = this
    if (stretch.count > 0) this.sink.stretch(stretch)
    stretch.from = this.points
    stretch.count = 0
  }

  /** A varint of any length. What it reads beyond the records, the caller sees by `at`. */
  private long(from: number): number {
    const { bytes } = this
    let value = 0
    let at = from
    for (let scale = 1; ; scale *= 128) {
      if (at >= format.CRC_AT) throw runsOver(bytes)
      const byte = bytes[at++]
      value += (byte & 127) * scale
      if (byte < 128) break
    }
    this.at = at
    return value
  }
}
