import { describe, expect, test } from "vitest"
import { BOARD_CHANNEL, EVENT_FAULT, EVENT_PAUSED } from "../../firmware/core/logFormat"
import type { LogRecord } from "../../host/log/decodePage"
import { Random } from "../../sim/random"
import { Chips, LogBoard, PowerCut } from "./logBoard"

/** A board whose second channel runs test 77. */
function setUp() {
  const board = new LogBoard(new Chips(64), 2).recover()
  const recorder = board.recorders[1]
  recorder.testBegins(77, 1_700_000_000, 0, 21.5)
  recorder.stepBegins(0, 4, 2, 9, 255)
  return { board, recorder }
}

/** Records points, a second apart, until that many pages have been handed over. */
function fillPages(board: LogBoard, pages: number, settles: boolean): number {
  const append = board.log.append.bind(board.log)
  let handed = 0
  board.log.append = (page) => {
    handed++
    append(page)
  }
  let time_ms = 0
  while (handed < pages) {
    time_ms += 1000
    board.log.now_ms += 1000
    board.recorders[1].point(0, time_ms, 0.1, 1e-3, time_ms * 1e-3, time_ms * 1e-4)
    if (settles) board.settle()
  }
  board.log.append = append
  return time_ms
}

const recordsOf = (board: LogBoard): LogRecord[] => board.pages().flatMap(({ records }) => records)

/** The same chips after another start. */
const restart = (board: LogBoard) => new LogBoard(board.chips, 2, 2).recover()

describe("Recorder", () => {
  test("every page says which test, step and cycle it goes on with", () => {
    const { board, recorder } = setUp()
    fillPages(board, 3, true)
    recorder.flush()
    board.settle()
    const [first, ...later] = board.pages()
    expect(first.records[0]).toMatchObject({
      kind: "testBegins",
      calibrationDate_s: 1_700_000_000,
      temperature_degC: 21.5,
    })
    expect(first.records[1]).toMatchObject({ kind: "stepBegins", stepIndex: 4, stepCount: 1 })
    expect(later).toHaveLength(3)
    later.forEach((page, i) => {
      expect([page.channel, page.test, page.number]).toEqual([1, 77, i + 1])
      expect(page.records[0]).toMatchObject({
        kind: "point",
        stepIndex: 4,
        stepType: 2,
        cycle: 9,
        stepCount: 1,
        isUncalibrated: false,
        temperature_degC: 21.5,
      })
    })
    expect(recorder.isLosing).toBe(false)
  })

  test("a page is closed only when the next record does not fit", () => {
    const { board } = setUp()
    fillPages(board, 2, true)
    const [first, second] = board.pages()
    const used = (sequence: number) => board.chips.flash[256 * sequence + 2]
    // These points take 5 bytes each.
    expect(used(0)).toBeGreaterThan(220 - 5)
    expect(used(1)).toBeGreaterThan(220 - 5)
    expect(first.records.length).toBeGreaterThan(35)
    expect(second.records.length).toBeGreaterThan(40)
  })

  test("fills its second page while the first waits for the flash", () => {
    const { board, recorder } = setUp()
    const time_ms = fillPages(board, 1, false)
    expect(recorder.isLosing).toBe(false)
    board.settle()
    recorder.flush()
    board.settle()
    const points = recordsOf(board).filter(({ kind }) => kind === "point")
    expect(points.at(-1)?.testTime_ms).toBe(time_ms)
    expect(points).toHaveLength(time_ms / 1000)
  })

  test("says that it loses records when both pages wait, and goes on when one is free", () => {
    const { board, recorder } = setUp()
    const time_ms = fillPages(board, 2, false)
    expect(recorder.isLosing).toBe(true) // the point that found no page
    board.settle()
    recorder.point(0, time_ms + 5000, 0.1, 1e-3, 0, 0)
    expect(recorder.isLosing).toBe(true)
    recorder.flush()
    board.settle()
    const last = board.pages().at(-1)
    expect(last?.records.map((record) => record.testTime_ms)).toEqual([time_ms + 5000])
    recorder.testBegins(78, 0, 0, Number.NaN)
    expect(recorder.isLosing).toBe(false)
  })

  test("a test begins on a page of its own", () => {
    const { board, recorder } = setUp()
    recorder.testBegins(78, 0, 1, Number.NaN)
    recorder.flush()
    board.settle()
    const [first, second] = board.pages()
    expect([first.test, second.test]).toEqual([77, 78])
    expect(second.records).toEqual([
      {
        kind: "testBegins",
        calibrationDate_s: 0,
        testTime_ms: 0,
        boardTime_ms: second.boardTime_ms,
        stepIndex: 0,
        stepType: 0,
        cycle: 0,
        stepCount: 0,
        isUncalibrated: true,
        temperature_degC: undefined,
      },
    ])
  })

  test("a temperature is told when it has moved by 0.1 °C, and on every page", () => {
    const { board, recorder } = setUp()
    const readings_degC = [21.59, 21.41, Number.NaN, 21.6, 21.51, 21.5]
    readings_degC.forEach((temperature_degC, second) => {
      board.log.now_ms = 1000 * second
      recorder.temperature(1000 * second, temperature_degC)
    })
    recorder.flush()
    recorder.temperature(7000, 30)
    recorder.point(1, 8000, 0, 0, 0, 0)
    recorder.flush()
    board.settle()
    const told = recordsOf(board).filter(({ kind }) => kind === "temperature" || kind === "point")
    expect(told.map((record) => [record.testTime_ms, record.temperature_degC])).toEqual([
      [2000, undefined],
      [3000, 21.6],
      [5000, 21.5],
      [8000, 30],
    ])
  })

  test("goes on after a start with what it is told", () => {
    const { board } = setUp()
    const again = restart(board)
    const recorder = again.recorders[1]
    recorder.resume(77, 4, 2, 9, 12, 1)
    recorder.restarted(5000, 280, 0.25, Number.NaN, 7.2, -3.6)
    recorder.point(0, 6000, 0.25, 0, 1, 1)
    recorder.flush()
    again.settle()
    const [before, after] = again.pages()
    expect([before.boot, after.boot]).toEqual([1, 2])
    expect([before.number, after.number]).toEqual([0, 0])
    expect(after.records[0]).toEqual({
      kind: "restarted",
      uncertain_nAh: 280,
      checkpoint_uV: 250_000,
      openCircuit_uV: undefined,
      stepCharge_nAh: 2000,
      stepEnergy_nWh: -1000,
      testTime_ms: 5000,
      boardTime_ms: after.boardTime_ms,
      stepIndex: 4,
      stepType: 2,
      cycle: 9,
      stepCount: 12,
      isUncalibrated: true,
      temperature_degC: undefined,
    })
  })

  test("a page tells its board time where test time had stood still", () => {
    const { board, recorder } = setUp()
    const begun_ms = board.log.now_ms
    board.log.now_ms += 10_000
    recorder.point(0, 10_000, 0.1, 1e-3, 0, 0)
    recorder.event(EVENT_PAUSED, 10_000, 1)
    board.log.now_ms += 60_000
    recorder.event(6, 10_000, 0)
    board.log.now_ms += 5400
    recorder.point(0, 15_400, 0.1, 1e-3, 0, 0)
    board.log.now_ms += 400
    recorder.event(EVENT_FAULT, 15_800, 3)
    recorder.flush()
    board.settle()
    expect(board.log.next).toBe(1)
    expect(
      recordsOf(board).map(({ kind, boardTime_ms }) => [kind, boardTime_ms - begun_ms]),
    ).toEqual([
      ["testBegins", 0],
      ["stepBegins", 0],
      ["point", 10_000],
      ["paused", 10_000],
      ["resumed", 70_000],
      ["point", 75_400],
      ["fault", 75_800],
    ])
    // A page that begins then says so in its header, and no more.
    board.log.now_ms += 60_000
    recorder.event(EVENT_PAUSED, 16_000, 1)
    recorder.event(6, 16_000, 0)
    recorder.flush()
    board.settle()
    expect(board.chips.flash[256 + 2]).toBe(4 + 4)
  })

  test("a point takes two writes to FRAM, of itself and of one byte", () => {
    const { board, recorder } = setUp()
    recorder.point(1, 1000, 0.1, 1e-3, 1, 0.1)
    const { writes, bytesWritten } = board.fram
    recorder.point(0, 2000, 0.1, 1e-3, 2, 0.2)
    recorder.point(0, 3000, 0.1, 1e-3, 3, 0.3)
    expect(board.fram.writes - writes).toBe(4)
    expect(board.fram.bytesWritten - bytesWritten).toBe(4 + 1 + 4 + 1)
  })

  test("a flush of nothing writes nothing", () => {
    const { board, recorder } = setUp()
    recorder.flush()
    recorder.flush()
    board.settle()
    expect(board.log.next).toBe(1)
  })

  test("the board's own pages tell its starts and what time it was told", () => {
    const { board } = setUp()
    board.own.booted(1)
    board.settle()
    const told_ms = board.log.now_ms + 40
    board.own.clock(1_800_000_000_123, told_ms)
    board.settle()
    const pages = board.pages()
    expect(pages.map(({ channel, test, number }) => [channel, test, number])).toEqual([
      [BOARD_CHANNEL, 0, 0],
      [BOARD_CHANNEL, 0, 1],
    ])
    expect(pages[0].records).toMatchObject([{ kind: "boot", keptPower: true }])
    expect(pages[1].records).toMatchObject([
      { kind: "clock", unix_ms: 1_800_000_000_123, testTime_ms: told_ms },
    ])
  })

  test("however often it is told the time, nothing is lost; a full log keeps it in FRAM", () => {
    const { board } = setUp()
    for (let i = 0; i < 5; i++) {
      board.own.clock(1e12 + i, i)
      if (i % 2 === 1) board.settle()
    }
    board.settle()
    const before = board.log.next
    board.log.isFull = true
    for (let i = 5; i < 9; i++) board.own.clock(1e12 + i, i)
    board.run(20)
    expect(board.log.next).toBe(before)
    const told = recordsOf(restart(board)).flatMap((record) =>
      record.kind === "clock" ? [record.unix_ms - 1e12] : [],
    )
    expect(told).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  })

  test("a slot that FRAM did not empty says nothing once a new page begins in it", () => {
    const { board, recorder } = setUp()
    recorder.flush()
    board.fram.answers = false
    board.run(30)
    expect(board.log.isMemoryLost).toBe(true)
    expect(board.log.queue).toEqual([])
    board.fram.answers = true
    recorder.event(EVENT_FAULT, 1000, 1) // in the other slot
    recorder.flush()
    board.settle()
    // The first record in the stale slot, cut at each byte.
    const slots = board.chips.cut(new Random(0), 0)
    for (let bytes = 0; ; bytes++) {
      const chips = slots.cut(new Random(0), 0)
      const next = new LogBoard(chips, 2, 1)
      const page = next.recorders[1]
      page.number = 2
      let left = bytes
      chips.onMoment = () => {
        if (left-- === 0) throw new PowerCut()
      }
      let isCut = false
      try {
        page.event(EVENT_FAULT, 2000, 2)
      } catch (error) {
        if (!(error instanceof PowerCut)) throw error
        isCut = true
      }
      chips.onMoment = () => {}
      const faults = recordsOf(restart(next)).filter(({ kind }) => kind === "fault")
      expect(faults).toHaveLength(isCut ? 1 : 2)
      expect(recordsOf(restart(next)).filter(({ kind }) => kind === "testBegins")).toHaveLength(1)
      if (!isCut) break
    }
  })
})
