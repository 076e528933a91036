import { describe, expect, test } from "vitest"
import { BOARD_CHANNEL } from "../../firmware/core/logFormat"
import { LogError } from "../../host/errors"
import { PAGE_BYTES } from "../../host/log/page"
import { pagesOf } from "../../host/log/pages"
import { bootsOf, decodeTests } from "../../host/log/read"
import { PageWriter } from "./pageWriter"

const NOON_ms = Date.UTC(2026, 0, 1, 12)

/** Pages that hold nothing but their number. */
function write(log: PageWriter, count: number, channel = 0): void {
  const recorder = log.recorder(channel)
  for (let i = 0; i < count; i++) {
    recorder.event(3, log.now_ms, 0)
    recorder.flush()
  }
}

/** What the board does after a start, having passed over some pages. */
function restart(log: PageWriter, passed = 0): void {
  log.boot++
  log.next += passed
  log.now_ms = 0
}

/** A log that was read, with some of its pages spoilt. */
function spoilt(log: PageWriter, ...pages: number[]): Uint8Array {
  const bytes = log.download()
  for (const page of pages) bytes[PAGE_BYTES * page + 100] ^= 1
  return bytes
}

describe("pagesOf", () => {
  test("blank and torn pages between are no loss", () => {
    const log = new PageWriter()
    write(log, 5)
    restart(log, 2)
    write(log, 20)
    restart(log, 7)
    restart(log, 1)
    write(log, 2)
    const bytes = log.download()
    bytes.fill(0x5a, 5 * PAGE_BYTES, 6 * PAGE_BYTES) // torn by the power cut
    const read = pagesOf(bytes)
    expect(read.pages.map(({ sequence }) => sequence)).toEqual([
      ...Array.from({ length: 5 }, (_, i) => i),
      ...Array.from({ length: 20 }, (_, i) => 7 + i),
      35,
      36,
    ])
    expect([read.lost, read.duplicates]).toEqual([0, 0])
    expect(() => decodeTests(bytes)).not.toThrow()
  })

  test("pages that cannot be read leave a gap in their channel's numbers", () => {
    const log = new PageWriter()
    const recorders = [0, 1].map((channel) => log.recorder(channel))
    for (let i = 0; i < 40; i++) {
      recorders[i % 2].event(3, 0, 0)
      recorders[i % 2].flush()
    }
    expect(pagesOf(spoilt(log, 7, 8, 9, 20)).lost).toBe(4)
    expect(() => decodeTests(spoilt(log, 7))).toThrow(/1 log pages are missing/)
    // What comes before the first page of a channel may have been overwritten.
    expect(pagesOf(spoilt(log, 0, 1, 2)).lost).toBe(0)
  })

  test("a boot's first pages are missed, too", () => {
    const log = new PageWriter()
    write(log, 3)
    restart(log)
    write(log, 5)
    expect(pagesOf(spoilt(log, 3, 4)).lost).toBe(2)
  })

  test("a page that is there twice is an error", () => {
    const log = new PageWriter()
    const recorder = log.recorder(0)
    recorder.event(3, 0, 0)
    recorder.number = 0
    recorder.flush()
    recorder.event(3, 0, 0)
    recorder.flush()
    expect(pagesOf(log.download())).toMatchObject({ lost: 0, duplicates: 1 })
    expect(() => decodeTests(log.download())).toThrow(LogError)
  })

  test("an empty log", () => {
    expect(pagesOf(new Uint8Array())).toEqual({ pages: [], lost: 0, duplicates: 0 })
  })
})

describe("decodeTests", () => {
  test("tells channels and tests apart, in SI units", () => {
    const log = new PageWriter()
    const [a, b] = [log.recorder(0), log.recorder(1)]
    a.testBegins(5, 1_700_000_000, 0, 22.5)
    b.testBegins(5, 0, 1, Number.NaN)
    a.stepBegins(0, 3, 2, 1, 255)
    b.stepBegins(0, 0, 7, 1, 255)
    a.point(1, 100, 0.125, -1e-3, -0.1, -0.0125)
    b.point(2, 200, 1.5, 0, 0, 0)
    a.flush()
    b.event(4, 300, 7)
    b.flush()
    a.temperature(5000, 23)
    a.point(2, 10_100, 0.25, -1e-3, -10.1, -1.9)
    a.event(3, 10_100, 0)
    a.flush()
    a.testBegins(6, 0, 0, 23)
    a.event(3, 50, 3)
    a.flush()
    a.testBegins(6, 0, 0, 23)
    a.event(3, 60, 1)
    a.flush()
    const tests = decodeTests(log.download())
    expect(tests.map(({ channel, test }) => [channel, test])).toEqual([
      [0, 5],
      [0, 6],
      [0, 6],
      [1, 5],
    ])
    const [first, second, third, other] = tests
    expect(first.calibrationDate_s).toBe(1_700_000_000)
    expect(first.temperature_degC).toBe(22.5)
    expect(first.samples).toHaveLength(2)
    expect(first.samples[1]).toMatchObject({
      time_s: 10.1,
      unixTime_s: undefined,
      voltage_V: 0.25,
      current_A: -1e-3,
      stepType: "constant_current",
      stepIndex: 3,
      stepCount: 1,
      cycle: 1,
      isFirst: false,
      isLast: true,
      isUncalibrated: false,
      temperature_degC: 23,
    })
    expect(first.samples[1].stepCharge_Ah).toBeCloseTo(-10.1e-3 / 3600, 9)
    expect(first.samples[1].stepEnergy_Wh).toBeCloseTo(-1.9e-3 / 3600, 9)
    expect(first.gaps).toEqual([])
    const reason = "the program ended"
    expect(first.end).toEqual({ kind: "finished", reason, fault: 0, time_s: 10.1 })
    expect(other.samples[0]).toMatchObject({
      stepType: "scan",
      isUncalibrated: true,
      temperature_degC: undefined,
    })
    expect(other.end).toEqual({ kind: "fault", reason: "", fault: 7, time_s: 0.3 })
    expect(second.end?.reason).toBe("Coulombic efficiency too low")
    expect(second.end?.kind).toBe("stopped")
    expect(third.end).toMatchObject({ reason: "stopped by the host", time_s: 0.06 })
  })

  test("a step of a type that nobody knows is an error", () => {
    const log = new PageWriter()
    const recorder = log.recorder(0)
    recorder.stepBegins(0, 0, 9, 1, 255)
    recorder.point(1, 100, 0, 0, 0, 0)
    recorder.flush()
    expect(() => decodeTests(log.download())).toThrow(/step of type 9/)
  })

  test("a restart within a test: where, how long, and what it leaves uncertain", () => {
    const log = new PageWriter()
    const clock = log.recorder(BOARD_CHANNEL)
    const recorder = log.recorder(0)
    clock.booted(0)
    clock.clock(NOON_ms, 0)
    recorder.testBegins(5, 0, 0, 25)
    recorder.stepBegins(0, 0, 2, 1, 255)
    for (let i = 1; i <= 3; i++) {
      log.now_ms = 10_000 * i
      recorder.point(i === 1 ? 1 : 0, 10_000 * i, 0.1, 1e-3, 10 * i, i)
    }
    recorder.flush() // by the recovery

    restart(log)
    const [again, clockAgain] = [log.recorder(0), log.recorder(BOARD_CHANNEL)]
    clockAgain.booted(1)
    log.now_ms = 5000
    clockAgain.clock(NOON_ms + 100_000, 5000)
    again.resume(5, 0, 2, 1, 1, 0)
    again.selfTest(31_000, 120, -3)
    again.restarted(31_000, 278, 0.09, 0.0897, 36, 3.6)
    again.event(6, 31_000, 0)
    again.point(0, 41_000, 0.1, 1e-3, 40, 4)
    again.event(3, 41_000, 1)
    again.flush()

    const bytes = log.download()
    const [test] = decodeTests(bytes)
    expect(test.start_unix_s).toBe(NOON_ms / 1000)
    expect(test.samples.map(({ time_s }) => time_s)).toEqual([10, 20, 30, 41])
    expect(test.gaps).toEqual([
      {
        kind: "restart",
        sampleIndex: 3,
        time_s: 30,
        unixTime_s: NOON_ms / 1000 + 30,
        resumed: { time_s: 31, unixTime_s: NOON_ms / 1000 + 100 },
        restart: { uncertain_Ah: 278e-9, checkpoint_V: 0.09, openCircuit_V: 0.0897 },
      },
    ])
    expect(test.events.map(({ kind, sampleIndex }) => [kind, sampleIndex])).toEqual([
      ["testBegins", 0],
      ["stepBegins", 0],
      ["selfTest", 3],
      ["restarted", 3],
      ["resumed", 3],
      ["testEnds", 4],
    ])
    expect(test.events[2]).toMatchObject({ ratioError_ppm: 120, offset_uV: -3, time_s: 31 })
    expect(bootsOf(pagesOf(bytes))).toEqual([
      { boot: 1, keptPower: false, unixTime_s: NOON_ms / 1000 },
      { boot: 2, keptPower: true, unixTime_s: NOON_ms / 1000 + 95 },
    ])
  })

  test("pauses, and faults that somebody ended, are gaps; what is not ended is none yet", () => {
    const log = new PageWriter()
    const recorder = log.recorder(0)
    recorder.testBegins(5, 0, 0, 25)
    recorder.stepBegins(0, 0, 1, 1, 255)
    const point = (time_ms: number) => recorder.point(0, time_ms, 0, 0, 0, 0)
    point(1000)
    recorder.event(5, 1400, 1)
    recorder.event(6, 1400, 0)
    point(2000)
    recorder.event(4, 2000, 12)
    recorder.event(6, 2000, 0)
    point(3000)
    recorder.event(5, 3000, 3)
    recorder.flush()
    const [paused] = decodeTests(log.download())
    expect(paused.gaps).toMatchObject([
      { kind: "pause", sampleIndex: 1, time_s: 1.4, resumed: { time_s: 1.4 }, restart: undefined },
      { kind: "fault", sampleIndex: 2, time_s: 2, resumed: { time_s: 2 } },
      { kind: "pause", sampleIndex: 3, time_s: 3, resumed: undefined },
    ])
    expect(paused.end).toBeUndefined()

    // The board restarts within the pause; the test goes on to a fault, and is given up.
    restart(log)
    const again = log.recorder(0)
    again.resume(5, 0, 1, 1, 1, 0)
    again.restarted(3000, 0, 1, Number.NaN, 0, 0)
    again.event(6, 3000, 0)
    again.event(4, 3500, 13)
    again.event(3, 3500, 1)
    again.flush()
    const [ended] = decodeTests(log.download())
    expect(ended.gaps).toHaveLength(3)
    expect(ended.gaps[2]).toMatchObject({
      kind: "pause",
      resumed: { time_s: 3 },
      restart: { uncertain_Ah: 0, checkpoint_V: 1, openCircuit_V: undefined },
    })
    expect(ended.end).toMatchObject({ kind: "fault", fault: 13, time_s: 3.5 })
  })

  test("of a test whose beginning is overwritten the rest can be read", () => {
    const log = new PageWriter()
    const recorder = log.recorder(3)
    recorder.testBegins(5, 1_700_000_000, 0, 25)
    recorder.flush()
    recorder.resume(5, 4, 2, 7, 20, 0)
    recorder.point(0, 100_000, 0.5, 1e-3, 1, 1)
    recorder.flush()
    const [test] = decodeTests(log.download().subarray(PAGE_BYTES))
    expect(test.calibrationDate_s).toBeUndefined()
    expect(test.samples).toMatchObject([{ time_s: 100, stepCount: 20, cycle: 7, stepIndex: 4 }])
  })
})
