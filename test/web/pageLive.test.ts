import { describe, expect, test } from "vitest"
import type { Happened, LiveBoard, LiveChannel } from "../../host/web/api"
import { afterEvent, type LiveEvent, NOTHING_YET } from "../../host/web/page/liveState"
import { progressOf, testName } from "../../host/web/page/progress"
import { countStandings, faultName, standingOf } from "../../host/web/page/standing"
import { pageTitle } from "../../host/web/page/title"

const channel = (number: number, rest: Partial<LiveChannel> = {}): LiveChannel => ({
  channel: number,
  state: "Idle",
  stateText: "idle",
  waitsForPerson: false,
  cycle: 0,
  testTime_s: 0,
  stepTime_s: 0,
  voltage_V: 0,
  current_A: 0,
  stepCharge_Ah: 0,
  reading_unix_s: 1000,
  ...rest,
})

const board = (id: string, channels: LiveChannel[], isThere = true): LiveBoard => ({
  id,
  name: id.toUpperCase(),
  isThere,
  heard_unix_s: 1000,
  isSimulated: false,
  channels,
})

const live = (boards: LiveBoard[]): LiveEvent => ({
  kind: "live",
  live: { now_unix_s: 1000, mayAct: true, boards, problems: [] },
})

const line = (unix_s: number, text: string): Happened => ({
  unix_s,
  kind: "cycle",
  text,
  board: "a",
})

describe("what the page knows of now", () => {
  const start = afterEvent(
    NOTHING_YET,
    live([board("a", [channel(0), channel(1)]), board("b", [channel(0)])]),
  )

  test("news of a channel leave all others the same objects", () => {
    const news = { ...channel(1, { voltage_V: 3.7 }), board: "a" }
    const next = afterEvent(start, {
      kind: "channels",
      channels: { now_unix_s: 1001, channels: [news] },
    })
    const [a, b] = next.boards ?? []
    expect(a.channels[1]).toBe(news)
    expect(a.channels[0]).toBe(start.boards?.[0].channels[0])
    expect(a).not.toBe(start.boards?.[0])
    expect(b).toBe(start.boards?.[1])
    expect(next.heard_unix_s).toBe(1001)
  })

  test("a heartbeat changes the clock alone", () => {
    const next = afterEvent(start, {
      kind: "channels",
      channels: { now_unix_s: 1010, channels: [] },
    })
    expect(next).toEqual({ ...start, heard_unix_s: 1010 })
    expect(next.boards).toBe(start.boards)
  })

  test("news of a board that is not known are dropped", () => {
    const news = { ...channel(0), board: "zz" }
    const next = afterEvent(start, {
      kind: "channels",
      channels: { now_unix_s: 1001, channels: [news] },
    })
    expect(next.boards).toEqual(start.boards)
  })

  test("a channel whose calibration is over is idle, whatever tells it", () => {
    const over = channel(0, { state: "Finished", stateText: "finished", test: { number: 0 } })
    const first = afterEvent(NOTHING_YET, live([board("a", [over])]))
    const next = afterEvent(start, {
      kind: "channels",
      channels: { now_unix_s: 1001, channels: [{ ...over, board: "a" }] },
    })
    for (const { boards } of [first, next])
      expect(boards?.[0].channels[0]).toMatchObject({ state: "Idle", test: undefined })
    const test = channel(0, { state: "Finished", test: { number: 7 } })
    expect(afterEvent(NOTHING_YET, live([board("a", [test])])).boards?.[0].channels[0]).toBe(test)
  })

  test("a connection that is lost keeps what is known, and comes back with the first word", () => {
    const lost = afterEvent(start, { kind: "lost" })
    expect(lost).toEqual({ ...start, connection: "lost" })
    expect(afterEvent(lost, { kind: "lost" })).toBe(lost)
    expect(afterEvent(lost, live([])).connection).toBe("open")
  })

  test("lines that are told again at a new connection come once, and only so many are kept", () => {
    const tell = (state: typeof start, happened: Happened) =>
      afterEvent(state, { kind: "happened", happened })
    const once = tell(tell(start, line(1, "cycle 2")), line(1, "cycle 3"))
    expect(tell(once, line(1, "cycle 2"))).toBe(once)
    let many = once
    for (let i = 2; i < 300; i++) many = tell(many, line(i, `cycle ${i}`))
    expect(many.happened).toHaveLength(200)
    expect(many.happened.at(-1)).toEqual(line(299, "cycle 299"))
  })
})

describe("how channels stand", () => {
  test.each([
    [{ state: "Fault", waitsForPerson: true }, "fault"],
    [{ state: "Paused", waitsForPerson: true }, "waiting"],
    [{ state: "Paused", waitsForPerson: false }, "paused"],
    [{ state: "Zeroing", waitsForPerson: false }, "running"],
    [{ state: "stopped", waitsForPerson: false }, "finished"],
    [{ state: "Idle", waitsForPerson: false }, "idle"],
  ])("%j", (state, standing) => expect(standingOf(state)).toBe(standing))

  const boards = [
    board("a", [channel(0, { state: "Fault" }), channel(1, { state: "Running" })]),
    board("b", [channel(0), channel(1, { state: "Fault" })], false),
  ]

  test("they are counted, and boards that are away", () =>
    expect(countStandings(boards)).toEqual({
      ...{ fault: 2, waiting: 0, paused: 0, running: 1, finished: 0, idle: 1, away: 1 },
    }))

  test("the title begins with what needs a person", () => {
    const title = (...args: Parameters<typeof pageTitle>) =>
      pageTitle(...args).replace("\u00a0", " ")
    expect(title({ view: "glance" }, boards)).toBe("⚠ 2 faults · coincell")
    expect(title({ view: "tests" }, boards.slice(0, 1))).toBe("⚠ 1 fault · Tests · coincell")
    expect(
      title({ view: "channel", board: "b", channel: 0 }, [board("b", [channel(0)], false)]),
    ).toBe("1 board away · B channel 0 · coincell")
    expect(title({ view: "glance" }, undefined)).toBe("coincell")
  })

  test("a fault's name is made of words", () => expect(faultName("HardShort")).toBe("hard short"))

  test("a test without a cell's name is called by its number", () => {
    expect(testName({ test: { number: 7, cell: "A1" } })).toBe("A1")
    expect(testName({ test: { number: 7 } })).toBe("test 7")
    expect(testName({ test: { number: 0 } })).toBe("calibration")
    expect(testName({})).toBeUndefined()
  })
})

describe("how far a test is", () => {
  const at = (testTime_s: number, cycle: number, rest: object) =>
    progressOf({ testTime_s, cycle, test: { number: 1, ...rest } })

  test("by its time where that is known, else by the cycles that are done", () => {
    expect(at(900, 2, { expected_s: 3600, cycles: 100 })).toEqual({ share: 0.25, left_s: 2700 })
    expect(at(900, 26, { cycles: 100 })).toEqual({ share: 0.25 })
    expect(at(900, 26, {})).toEqual({})
  })

  test("never beyond its end", () =>
    expect(at(5000, 2, { expected_s: 3600 })).toEqual({ share: 1, left_s: 0 }))
})
