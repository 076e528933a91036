import { describe, expect, test } from "vitest"
import type { Log } from "../../firmware/core/log"
import { LogPage } from "../../firmware/core/logPage"
import { Recorder } from "../../firmware/core/recorder"
import { LogError } from "../../host/errors"
import { PAGE_BYTES } from "../../host/log/page"
import { decodeTests } from "../../host/log/read"
import { pagesOf, testsOf } from "../../host/log/samples"

/** A log as it is downloaded: pages in their places from sequence number 0 on, the rest erased. */
class Download {
  bytes = new Uint8Array()
  next = 0

  append(page: LogPage): void {
    page.close(this.next, 1, 0)
    const bytes = new Uint8Array(PAGE_BYTES * (this.next + 1)).fill(0xff)
    bytes.set(this.bytes)
    bytes.set(Uint8Array.from(page.frame as Uint8Array).subarray(4), PAGE_BYTES * this.next)
    this.bytes = bytes
    this.next++
  }

  isQueued(): boolean {
    return false
  }

  recorder(channel: number): Recorder {
    const page = () => new LogPage(new Uint8Array(4 + PAGE_BYTES))
    return new Recorder(channel, this as unknown as Log, page(), page())
  }

  /** What the board does after a start: it goes on in the next sector. */
  restart(): void {
    this.next = 16 * Math.ceil(this.next / 16)
  }
}

/** Pages that hold nothing but their number. */
function pages(download: Download, count: number): void {
  const recorder = download.recorder(0)
  for (let i = 0; i < count; i++) {
    recorder.event(3, 0, 0)
    recorder.flush()
  }
}

describe("pagesOf", () => {
  test("a restart leaves erased pages and a torn one: nothing that was recorded is missing", () => {
    const download = new Download()
    pages(download, 5)
    download.restart()
    pages(download, 17)
    download.restart()
    pages(download, 1)
    download.bytes.fill(0x5a, 5 * PAGE_BYTES, 6 * PAGE_BYTES) // torn by the power cut
    const read = pagesOf(download.bytes)
    expect(read.pages.map(({ sequence }) => sequence)).toEqual([
      ...[0, 1, 2, 3, 4],
      ...Array.from({ length: 17 }, (_, i) => 16 + i),
      48,
    ])
    expect(read.unreadable).toBe(0)
    expect(() => decodeTests(download.bytes)).not.toThrow()
  })

  test("pages that whole ones of their sector follow are lost, and counted", () => {
    const download = new Download()
    pages(download, 40)
    for (const page of [0, 7, 8, 35]) download.bytes[PAGE_BYTES * page + 100] ^= 1
    const read = pagesOf(download.bytes)
    expect(read.pages).toHaveLength(36)
    expect(read.unreadable).toBe(4)
    expect(() => decodeTests(download.bytes)).toThrow(LogError)
  })

  test("a whole sector that is gone is lost, and counted", () => {
    const download = new Download()
    pages(download, 40)
    download.bytes.fill(0xff, PAGE_BYTES * 10, PAGE_BYTES * 32)
    expect(pagesOf(download.bytes).unreadable).toBe(16)
  })

  test("an empty log", () => {
    expect(pagesOf(new Uint8Array())).toEqual({ pages: [], unreadable: 0 })
  })
})

describe("testsOf", () => {
  test("tells channels and tests apart, in SI units", () => {
    const download = new Download()
    const [a, b] = [download.recorder(0), download.recorder(1)]
    a.testBegins(5, 1_700_000_000, 22.5)
    b.testBegins(5, 0, 22.5)
    a.stepBegins(0, 3, 2, 1)
    b.stepBegins(0, 0, 1, 1)
    a.point(1, 100, 0.125, -1e-3, -0.1, -0.0125)
    b.point(2, 200, 1.5, 0, 0, 0)
    a.flush()
    b.event(4, 300, 7)
    b.flush()
    a.point(2, 10_100, 0.25, -1e-3, -10.1, -1.9)
    a.event(3, 10_100, 0)
    a.flush()
    a.testBegins(6, 0, 23)
    a.event(3, 50, 1)
    a.flush()
    const tests = testsOf(pagesOf(download.bytes).pages)
    expect(tests.map(({ channel, test }) => [channel, test])).toEqual([
      [0, 5],
      [1, 5],
      [0, 6],
    ])
    const [first, second, third] = tests
    expect(first.calibrationDate_s).toBe(1_700_000_000)
    expect(first.temperature_degC).toBe(22.5)
    expect(first.samples).toHaveLength(2)
    expect(first.samples[1]).toMatchObject({
      time_s: 10.1,
      voltage_V: 0.25,
      current_A: -1e-3,
      stepType: "constant_current",
      stepIndex: 3,
      stepCount: 1,
      cycle: 1,
      isFirst: false,
      isLast: true,
    })
    expect(first.samples[1].stepCharge_Ah).toBeCloseTo(-10.1e-3 / 3600, 9)
    expect(first.samples[1].stepEnergy_Wh).toBeCloseTo(-1.9e-3 / 3600, 9)
    expect(first.end).toEqual({ kind: "finished", fault: 0, time_s: 10.1 })
    expect(second.samples[0].stepType).toBe("rest")
    expect(second.end).toEqual({ kind: "fault", fault: 7, time_s: 0.3 })
    expect(third.end).toEqual({ kind: "stopped", fault: 0, time_s: 0.05 })
  })
})
