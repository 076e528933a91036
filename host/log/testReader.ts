import { RECORD_FIRST, RECORD_LAST } from "../../firmware/core/logFormat"
import type { Records } from "../records"
import type { BoardClock, BootClock } from "./clock"
import { Columns } from "./columns"
import type { LogEvent } from "./event"
import { type Moment, Notes } from "./notes"
import { type PageHead, pageHead } from "./page"
import { PageCount } from "./pageCount"
import { type Context, type Points, RecordReader, type RecordSink } from "./recordReader"
import type { TestAbout } from "./testAbout"

/**
 * Reads one test from its pages, which come in order of sequence; torn and blank ones are passed over. Gives
 * the records in batches of one step each, and a new batch after lost pages. `about` is whole once all
 * batches were taken; each iteration reads the pages anew.
 */
export class TestReader implements Iterable<Records> {
  private notes = new Notes()

  constructor(
    private readonly pages: Iterable<Uint8Array>,
    private readonly clock: BoardClock,
  ) {}

  get about(): TestAbout {
    return this.notes.about
  }

  /** @throws LogError when a page, or the type of a step, is not to be understood */
  *[Symbol.iterator](): Generator<Records> {
    this.notes = new Notes()
    const reading = new Reading(this.clock, this.notes)
    for (const page of this.pages) {
      reading.add(page)
      if (reading.done.length > 0) yield* reading.done.splice(0)
    }
    reading.end()
    yield* reading.done
  }
}

/** One reading of a test. */
class Reading implements RecordSink {
  readonly done: Records[] = []
  private readonly reader = new RecordReader(this)
  private readonly count = new PageCount()
  private readonly columns = new Columns()
  private boot = -1
  private bootClock: BootClock
  /** Points before those in `columns`. */
  private given = 0
  private lastTest_ms = 0
  private lastUnix_ms = Number.NaN
  private lastContext: Context | undefined

  constructor(
    private readonly clock: BoardClock,
    private readonly notes: Notes,
  ) {
    this.bootClock = clock.ofBoot(this.boot)
  }

  add(bytes: Uint8Array): void {
    const page = pageHead(bytes)
    if (page === undefined) return
    const missing = this.count.add(page)
    if (missing < 0) {
      this.notes.about.duplicatePages++
      return
    }
    this.goTo(page, missing)
    this.reader.read(bytes)
  }

  private goTo(page: PageHead, missing: number): void {
    const { notes, boot } = this
    if (page.boot !== boot) {
      this.bootClock = this.clock.ofBoot(page.boot)
      this.boot = page.boot
    }
    if (boot < 0) {
      notes.begin(page.channel, page.test)
      this.lastTest_ms = page.testTime_ms
      return
    }
    const last = moment(this.lastTest_ms, this.lastUnix_ms)
    if (page.boot !== boot) notes.standStill("restart", last, this.sampleIndex)
    if (missing === 0) return
    this.endBatch()
    const next = moment(page.testTime_ms, this.bootClock.unix_ms(page.boardTime_ms))
    notes.lose(missing, last, next, this.sampleIndex)
  }

  points(points: Points, context: Context): void {
    const { kind, time_ms, length } = points
    if (this.notes.isAwaitingPoint)
      this.notes.goOn(moment(time_ms[0], this.bootClock.unix_ms(time_ms[0] + context.ahead_ms)))
    let from = 0
    while (from < length) {
      let to = from + 1
      while (to < length && kind[to - 1] !== RECORD_LAST && kind[to] !== RECORD_FIRST) to++
      if (!this.columns.takes(points, from, to, context)) this.endBatch()
      this.columns.add(points, from, to, context, this.bootClock)
      from = to
    }
    this.pass(time_ms[length - 1], context)
  }

  event(event: LogEvent, testTime_ms: number, context: Context): void {
    this.pass(testTime_ms, context)
    if (event.kind === "restarted" && event.stepCharge_nAh !== undefined)
      this.columns.keep(event.stepCharge_nAh, event.stepEnergy_nWh ?? 0, context)
    const { cycle, stepCount, temperature_degC } = context
    const { sampleIndex } = this
    const { time_s, unixTime_s } = moment(testTime_ms, this.lastUnix_ms)
    const place = { time_s, unixTime_s, temperature_degC, cycle, stepCount, sampleIndex }
    this.notes.event({ ...event, ...place })
  }

  end(): void {
    this.endBatch()
    if (this.lastContext === undefined) return
    const { cycle, stepCount, stepIndex, temperature_degC } = this.lastContext
    const place = { temperature_degC, cycle, stepCount, stepIndex }
    this.notes.about.last = { ...moment(this.lastTest_ms, this.lastUnix_ms), ...place }
  }

  /** Points so far. */
  private get sampleIndex(): number {
    return this.given + this.columns.length
  }

  private pass(testTime_ms: number, context: Context): void {
    this.lastTest_ms = testTime_ms
    this.lastUnix_ms = this.bootClock.unix_ms(testTime_ms + context.ahead_ms)
    this.lastContext = context
  }

  private endBatch(): void {
    const batch = this.columns.take()
    if (batch === undefined) return
    this.given += batch.length
    this.done.push(batch)
  }
}

function moment(testTime_ms: number, unix_ms: number): Moment {
  const unixTime_s = Number.isNaN(unix_ms) ? undefined : unix_ms / 1000
  return { time_s: testTime_ms / 1000, unixTime_s }
}
