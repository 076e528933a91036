import { describe, expect, test } from "vitest"
import type { Log } from "../../firmware/core/log"
import { LogPage } from "../../firmware/core/logPage"
import { FLASH_COMMAND_BYTES, PAGE_BYTES } from "../../firmware/core/ports"
import { Recorder } from "../../firmware/core/recorder"
import { decodePage, type LogPage as DecodedPage } from "../../host/log/page"

/** A log whose flash takes a page when it is told to. */
class SlowLog {
  readonly written: DecodedPage[] = []
  private readonly queue: LogPage[] = []

  append(page: LogPage): void {
    page.close(this.written.length + this.queue.length, 1, 0)
    this.queue.push(page)
  }

  isQueued(page: LogPage): boolean {
    return this.queue.includes(page)
  }

  take(): void {
    const page = this.queue.shift()
    if (page === undefined) return
    this.written.push(
      decodePage(Uint8Array.from(page.frame as Uint8Array).slice(FLASH_COMMAND_BYTES)),
    )
  }
}

const frame = () => new Uint8Array(FLASH_COMMAND_BYTES + PAGE_BYTES)

function setUp() {
  const log = new SlowLog()
  const recorder = new Recorder(
    3,
    log as unknown as Log,
    new LogPage(frame()),
    new LogPage(frame()),
  )
  recorder.testBegins(77, 1_700_000_000, 21.5)
  recorder.stepBegins(0, 4, 2, 9)
  return { log, recorder }
}

/** Records points, a second apart, until the open page has been handed over `pages` times. */
function fillPages(recorder: Recorder, log: SlowLog, pages: number, take: boolean): number {
  let flushed = 0
  let time_ms = 0
  const append = log.append.bind(log)
  log.append = (page) => {
    flushed++
    append(page)
    if (take) log.take()
  }
  while (flushed < pages) {
    time_ms += 1000
    recorder.point(0, time_ms, 0.1, 1e-3, time_ms * 1e-3, time_ms * 1e-4)
  }
  log.append = append
  return time_ms
}

describe("Recorder", () => {
  test("every page says which test, step and cycle it goes on with", () => {
    const { log, recorder } = setUp()
    fillPages(recorder, log, 3, true)
    recorder.flush()
    log.take()
    const [first, ...later] = log.written
    expect(first.records[0]).toMatchObject({ kind: "testBegins", temperature_degC: 21.5 })
    expect(first.records[1]).toMatchObject({ kind: "stepBegins", stepIndex: 4, stepCount: 1 })
    expect(later).toHaveLength(3)
    for (const page of later) {
      expect([page.channel, page.test]).toEqual([3, 77])
      expect(page.records[0]).toMatchObject({
        kind: "point",
        stepIndex: 4,
        stepType: 2,
        cycle: 9,
        stepCount: 1,
      })
    }
    expect(recorder.isLosing).toBe(false)
  })

  test("fills its second page while the first waits for the flash", () => {
    const { log, recorder } = setUp()
    const time_ms = fillPages(recorder, log, 1, false)
    recorder.point(0, time_ms + 1000, 0.1, 1e-3, 0, 0)
    expect(recorder.isLosing).toBe(false)
    log.take()
    recorder.flush()
    log.take()
    const records = log.written.flatMap((page) => page.records)
    expect(records.at(-1)?.testTime_ms).toBe(time_ms + 1000)
    expect(records.filter(({ kind }) => kind === "point")).toHaveLength(time_ms / 1000 + 1)
  })

  test("says that it loses records when both pages wait, and goes on when one is free", () => {
    const { log, recorder } = setUp()
    const time_ms = fillPages(recorder, log, 2, false)
    expect(recorder.isLosing).toBe(true) // the point that found no page
    recorder.event(4, time_ms, 1)
    expect(recorder.isLosing).toBe(true)
    log.take()
    recorder.point(0, time_ms + 5000, 0.1, 1e-3, 0, 0)
    expect(recorder.isLosing).toBe(true)
    log.take()
    recorder.flush()
    log.take()
    expect(log.written.at(-1)?.records.map((record) => record.testTime_ms)).toEqual([
      time_ms + 5000,
    ])
  })

  test("a flush of nothing writes nothing", () => {
    const { log, recorder } = setUp()
    recorder.flush()
    recorder.flush()
    log.take()
    log.take()
    expect(log.written).toHaveLength(1)
  })
})
