import { crc32 } from "node:zlib"
import { describe, expect, test } from "vitest"
import { BOARD_CHANNEL } from "../../firmware/core/logFormat"
import type { Recorder } from "../../firmware/core/recorder"
import { LogError } from "../../host/errors"
import { BoardClock } from "../../host/log/clock"
import { MOST_RECORDS } from "../../host/log/columns"
import { PAGE_BYTES, pageHead } from "../../host/log/page"
import { TestReader } from "../../host/log/testReader"
import { samplesOf } from "../../host/records"
import { PageWriter } from "./pageWriter"

const NOON_ms = Date.UTC(2026, 0, 1, 12)

function reading(log: PageWriter, pages = log.written): TestReader {
  return new TestReader(
    pages.filter((page) => pageHead(page)?.channel !== BOARD_CHANNEL),
    BoardClock.of(log.written),
  )
}

/** A test of one step of constant current, a point each second, `perPage` of them in a page. */
function pagesOfOneStep(count: number, perPage: number): PageWriter {
  const log = new PageWriter()
  const recorder = log.recorder(0)
  recorder.testBegins(5, 0, 0, 25)
  recorder.stepBegins(0, 0, 2, 1, 255)
  points(log, recorder, 1, count, perPage)
  return log
}

function points(log: PageWriter, recorder: Recorder, from: number, to: number, perPage: number) {
  for (let i = from; i <= to; i++) {
    log.now_ms = 1000 * i
    const kind = i === 1 ? 1 : i === to ? 2 : 0
    recorder.point(kind, 1000 * i, 0.1, 1e-3, i, 0.1 * i)
    if (i % perPage === 0) recorder.flush()
  }
  recorder.flush()
}

const times = (reader: TestReader) => [...reader].map(({ time_s }) => [...time_s])

describe("batches", () => {
  test("hold one step each, of which only the first and the last are marked", () => {
    const log = new PageWriter()
    const recorder = log.recorder(0)
    recorder.testBegins(5, 0, 0, 25)
    for (const [step, type] of [2, 1, 5].entries()) {
      recorder.stepBegins(3000 * step, step, type, 1 + step, 255)
      for (const kind of [1, 0, 2]) recorder.point(kind, 3000 * step + 1000 * kind, 0.1, 1e-3, 1, 1)
    }
    recorder.flush()
    const batches = [...reading(log)]
    expect(batches.map((batch) => [batch.stepType, batch.stepCount, batch.cycle])).toEqual([
      ["constant_current", 1, 1],
      ["rest", 2, 2],
      ["cccv", 3, 3],
    ])
    for (const { hasFirst, hasLast, length } of batches)
      expect({ hasFirst, hasLast, length }).toEqual({ hasFirst: true, hasLast: true, length: 3 })
  })

  test("part a long step, and own their columns", () => {
    const count = MOST_RECORDS + 100
    const batches = [...reading(pagesOfOneStep(count, 1e9))]
    expect(batches.map(({ hasFirst, hasLast }) => [hasFirst, hasLast])).toEqual([
      [true, false],
      [false, true],
    ])
    expect(batches[0].length).toBeGreaterThan(MOST_RECORDS - 60)
    expect(batches[0].length).toBeLessThanOrEqual(MOST_RECORDS)
    const samples = batches.flatMap((batch) => [...samplesOf(batch)])
    expect(samples).toHaveLength(count)
    samples.forEach((sample, i) => {
      if (sample.time_s !== i + 1 || sample.isFirst !== (i === 0)) throw new Error(`record ${i}`)
      if (sample.isLast !== (i === count - 1)) throw new Error(`record ${i}`)
    })
  })

  test("end at a fault, which is a last point in the middle of a step", () => {
    const log = new PageWriter()
    const recorder = log.recorder(0)
    recorder.stepBegins(0, 0, 2, 1, 255)
    for (const [time_ms, kind] of Object.entries([1, 0, 2, 0, 2]))
      recorder.point(kind, 1000 * Number(time_ms), 0.1, 1e-3, 1, 1)
    recorder.flush()
    const found = [...reading(log)].map(({ length, hasFirst, hasLast }) => [
      length,
      hasFirst,
      hasLast,
    ])
    expect(found).toEqual([
      [3, true, true],
      [2, false, true],
    ])
  })

  test("are the same each time, and so is what is known of the test", () => {
    const reader = reading(pagesOfOneStep(30, 10))
    const first = [...reader]
    const about = structuredClone(reader.about)
    expect([...reader]).toEqual(first)
    expect(reader.about).toEqual(about)
    expect(about).toMatchObject({ channel: 0, test: 5, lostPages: 0, duplicatePages: 0 })
    expect(about.last).toMatchObject({ time_s: 30, stepCount: 1, cycle: 1, stepIndex: 0 })
    expect(about.events.map(({ kind }) => kind)).toEqual(["testBegins", "stepBegins"])
  })

  test("know UTC and temperature only where the board did", () => {
    const log = pagesOfOneStep(3, 10)
    const [dark] = reading(log)
    expect([...dark.unixTime_s]).toEqual([Number.NaN, Number.NaN, Number.NaN])
    log.recorder(BOARD_CHANNEL).clock(NOON_ms, 0)
    const [told] = reading(log)
    expect([...told.unixTime_s]).toEqual([1, 2, 3].map((s) => NOON_ms / 1000 + s))
    expect([...told.temperature_degC]).toEqual([25, 25, 25])
  })
})

describe("pages that are not as they should be", () => {
  test("missing ones are a gap between two batches, and counted", () => {
    const log = pagesOfOneStep(100, 10)
    const [, , , three, four] = log.written
    const reader = reading(
      log,
      log.written.filter((page) => page !== three && page !== four),
    )
    const found = times(reader)
    expect(found.map((batch) => [batch[0], batch[batch.length - 1]])).toEqual([
      [1, 30],
      [51, 100],
    ])
    expect(reader.about.lostPages).toBe(2)
    expect(reader.about.gaps).toMatchObject([
      { kind: "lost", sampleIndex: 30, time_s: 30, resumed: { time_s: 51 } },
    ])
  })

  test("a pause whose end was lost is over with the next point", () => {
    const log = new PageWriter()
    const recorder = log.recorder(0)
    recorder.stepBegins(0, 0, 2, 1, 255)
    recorder.point(1, 1000, 0.1, 1e-3, 1, 1)
    recorder.event(5, 1500, 1)
    recorder.flush()
    recorder.event(6, 1500, 0)
    recorder.flush()
    recorder.point(0, 3000, 0.1, 1e-3, 1, 1)
    recorder.flush()
    const reader = reading(log, [log.written[0], log.written[2]])
    expect(times(reader)).toEqual([[1], [3]])
    expect(reader.about.gaps).toMatchObject([
      { kind: "pause", time_s: 1.5, resumed: { time_s: 3 } },
      { kind: "lost", time_s: 1.5, resumed: { time_s: 3 } },
    ])
  })

  test("one that is there twice counts once", () => {
    const log = pagesOfOneStep(30, 10)
    const [first, second, third] = log.written
    const reader = reading(log, [first, second, second, third])
    expect(times(reader).flat()).toHaveLength(30)
    expect(reader.about).toMatchObject({ lostPages: 0, duplicatePages: 1, gaps: [] })
  })

  test("torn and blank ones are passed over", () => {
    const log = pagesOfOneStep(30, 10)
    const torn = log.written[1].slice()
    torn[40] ^= 1
    const blank = new Uint8Array(PAGE_BYTES).fill(0xff)
    const reader = reading(log)
    const [batch] = new TestReader([torn, blank, ...log.written], BoardClock.of([]))
    expect(batch).toEqual([...reader][0])
  })

  test("one whose records run over is named", () => {
    for (const [used, bytes] of [
      [3, [0x00, 1, 1]],
      [225, []],
    ] as const) {
      const log = pagesOfOneStep(30, 10)
      const page = log.written[2]
      page.set(bytes, 32)
      page[2] = used
      new DataView(page.buffer, page.byteOffset).setUint32(252, crc32(page.subarray(0, 252)), true)
      const reader = reading(log)
      expect(() => [...reader]).toThrow(LogError)
      expect(() => [...reader]).toThrow(/Log page 2 .* in the middle of a record/)
    }
  })
})
