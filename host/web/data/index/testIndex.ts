import { crc32 } from "node:zlib"
import * as format from "../../../../firmware/core/logFormat"
import type { BoardClock } from "../../../log/clock"
import type { LogEvent } from "../../../log/event"
import { pageHead, u24, u40 } from "../../../log/page"
import type { Gap } from "../../../log/testAbout"
import { PageScan, type ScanSink, type Stretch } from "./pageScan"
import { type BoardMoment, gapsOf, type Mark } from "./standstills"
import { Stretches } from "./stretches"

/** Where a cycle begins: its first stretch is `stretch`, or will be. */
export interface CycleBegin {
  cycle: number
  time_ms: number
  stretch: number
}

/** The CRC-32 of anything that ends with its own CRC-32, low byte first. */
const WHOLE = 0x2144df1c
/** Bytes that an entry of one of the lists takes, about. */
const ENTRY_BYTES = 100

/**
 * What must be known of a test to draw any part of it in little time: the extremes of each page's points, where
 * cycles begin, and where it stood still. Made from its raw pages, which come in order of sequence, and extended as
 * more of them come; which of them count, and for what, is as in `TestReader`.
 */
export class TestIndex implements ScanSink {
  readonly stretches = new Stretches()
  readonly cycles: CycleBegin[] = []
  /** Points so far. */
  records = 0
  private readonly marks: Mark[] = []
  private readonly scan = new PageScan(this)
  /** Of the page before, as its head has it. */
  private boot = -1
  private number = 0
  private boardTime_ms = 0
  private test = 0
  private sequence = 0
  private last: BoardMoment = { testTime_ms: 0, boot: -1, boardTime_ms: Number.NaN }
  private isAfterGap = false
  private isAfterLoss = false

  /** Test time of the last record, be it a point or an event; 0 without one. */
  get end_s(): number {
    return this.last.testTime_ms / 1000
  }

  /** About what it holds of memory. */
  get bytes(): number {
    return this.stretches.bytes + ENTRY_BYTES * (this.cycles.length + this.marks.length)
  }

  /** Where it stood still or its records are missing, as `TestReader` tells. @param clock of its board's log */
  gaps(clock: () => BoardClock): Gap[] {
    return this.marks.length === 0 ? [] : gapsOf(this.marks, clock())
  }

  /**
   * Takes a page, torn and blank ones too.
   * @throws LogError when it is not to be understood
   */
  add(page: Buffer, sequence: number): void {
    if (crc32(page) !== WHOLE) return
    if (page[format.AT_FORMAT] !== format.LOG_FORMAT) pageHead(page)
    if (!this.isNew(page)) return
    this.sequence = sequence
    const cycle = u24(page, format.AT_CYCLE)
    if (cycle !== (this.cycles.at(-1)?.cycle ?? 0))
      this.cycleBegins(cycle, u40(page, format.AT_TEST_TIME))
    this.scan.scan(page)
    const { lastTest_ms, lastBoard_ms } = this.scan
    if (!Number.isNaN(lastTest_ms))
      this.last = { testTime_ms: lastTest_ms, boot: this.boot, boardTime_ms: lastBoard_ms }
  }

  /** Follows the numbers of pages, as `PageCount` does. @returns false when it is the one before again */
  private isNew(page: Buffer): boolean {
    const boot = u24(page, format.AT_BOOT)
    const number = page[format.AT_CHANNEL] >> 4
    const boardTime_ms = u40(page, format.AT_BOARD_TIME)
    const test = page.readUInt16LE(format.AT_TEST)
    const isSameBoot = boot === this.boot
    if (
      isSameBoot &&
      number === this.number &&
      boardTime_ms === this.boardTime_ms &&
      test === this.test
    )
      return false
    const isFirst = this.boot < 0
    const expected = isSameBoot ? this.number + 1 : 0
    const missing = (number - expected + format.PAGE_NUMBERS) % format.PAGE_NUMBERS
    this.boot = boot
    this.number = number
    this.boardTime_ms = boardTime_ms
    this.test = test
    const testTime_ms = u40(page, format.AT_TEST_TIME)
    if (isFirst) this.last.testTime_ms = testTime_ms
    else {
      if (!isSameBoot) this.mark({ kind: "restart", points: this.records, at: this.last })
      if (missing > 0) this.lose(missing, { testTime_ms, boot, boardTime_ms })
    }
    return true
  }

  private lose(pages: number, next: BoardMoment): void {
    this.isAfterLoss = true
    this.mark({ kind: "lost", points: this.records, pages, at: this.last, next })
  }

  private mark(mark: Mark): void {
    this.marks.push(mark)
    this.isAfterGap = true
  }

  /** Called by the scan, as are the two below. */
  stretch(stretch: Stretch): void {
    if (this.isAfterLoss) {
      const { first_ms: testTime_ms, firstBoard_ms: boardTime_ms } = stretch
      const at = { testTime_ms, boot: this.boot, boardTime_ms }
      this.marks.push({ kind: "point", points: this.records, at })
      this.isAfterLoss = false
    }
    this.stretches.push(stretch, this.sequence, this.isAfterGap)
    this.isAfterGap = false
    this.records += stretch.count
  }

  event(event: LogEvent, testTime_ms: number, boardTime_ms: number): void {
    const at = { testTime_ms, boot: this.boot, boardTime_ms }
    this.marks.push({ kind: "event", points: this.records, event, at })
    if (event.kind === "paused" || event.kind === "fault") this.isAfterGap = true
  }

  cycleBegins(cycle: number, time_ms: number): void {
    this.cycles.push({ cycle, time_ms, stretch: this.stretches.length })
  }
}
