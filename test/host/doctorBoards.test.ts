import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { ChannelStatus } from "../../host/board/status"
import { type BoardFacts, checkBoard } from "../../host/doctor/boards"
import { logFill, pageRate_per_s } from "../../host/doctor/logFill"

const SEED = 20_261_122
const NOW_s = Date.UTC(2026, 10, 21) / 1000
const DAY_s = 86_400
const RING = 65_536

const status = (channel: number, changes: Partial<ChannelStatus> = {}): ChannelStatus => ({
  channel,
  state: "Idle",
  fault: "None",
  pause: "None",
  end: "Program",
  waitsForPerson: false,
  test: 0,
  step: undefined,
  cycle: 0,
  testTime_s: 0,
  stepTime_s: 0,
  voltage_V: 0,
  current_A: 0,
  stepCharge_Ah: 0,
  temperature_degC: 25,
  ...changes,
})

const calibrated = (age_days: number) => ({
  date_s: NOW_s - age_days * DAY_s,
  standard: "100R",
  voltage: { gain: 0, offset: 0 },
  commonMode_ohm: 0,
  current: [],
})

function board(changes: Partial<BoardFacts> = {}): BoardFacts {
  return {
    name: "KX42",
    address: "/dev/ttyACM0",
    isSimulated: false,
    problem: "",
    firmware: { version: "0.1.0", board: "pico" },
    otherBuild: undefined,
    clockError_s: 0.1,
    channels: [0, 1].map((channel) => ({ status: status(channel), calibration: calibrated(10) })),
    log: {
      share: 0.1,
      freePages: 50_000,
      notDownloaded: 10,
      left_days: 60,
      policy: "Overwrite",
      isFull: false,
    },
    unixTime_s: NOW_s,
    ...changes,
  }
}

/** What is not well with it. */
const faultsOf = (facts: BoardFacts) => checkBoard(facts).filter((one) => one.level !== "ok")

describe("a board", () => {
  test("that is well", () => {
    expect(faultsOf(board())).toEqual([])
    expect(checkBoard(board())[0].what).toContain("firmware 0.1.0 for pico")
  })

  test.each<[string, Partial<BoardFacts>, string, RegExp, RegExp]>([
    ["with a lost chip", { problem: "ADC 0x41 silent" }, "problem", /ADC 0x41 silent/, /power/],
    [
      "without the time",
      { clockError_s: undefined },
      "warning",
      /does not know the time/,
      /status/,
    ],
    ["whose clock is slow", { clockError_s: -7 }, "warning", /7\.0 s slow/, /clock/],
    [
      "with an old calibration, and none",
      {
        channels: [
          { status: status(0), calibration: calibrated(400) },
          { status: status(1), calibration: undefined },
        ],
      },
      "warning",
      /no calibration: channel 1; calibrated more than a year ago: channel 0/,
      /calibrate --board KX42 --channel 0,1 /,
    ],
    [
      "that is nearly full",
      { log: { ...board().log, share: 0.9 } },
      "warning",
      /log 90 % full, 60 days left/,
      /coincell download --board KX42$/,
    ],
    [
      "that will be full tomorrow",
      { log: { ...board().log, left_days: 1.2, policy: "Stop" } },
      "warning",
      /1\.2 days left.*nothing that is not released/,
      /then release/,
    ],
    [
      "that is full",
      { log: { ...board().log, isFull: true, left_days: undefined } },
      "problem",
      /its tests pause/,
      /download/,
    ],
    [
      "with a fault that stands",
      {
        channels: [
          {
            status: status(0, { state: "Fault", fault: "OpenCell", waitsForPerson: true, test: 9 }),
            calibration: calibrated(1),
          },
        ],
      },
      "problem",
      /test 9 waits for a person after the fault OpenCell/,
      /resume --board KX42 --channel 0/,
    ],
  ])("%s", (_, changes, level, what, fix) => {
    const [finding, ...others] = faultsOf(board(changes))
    expect(others).toEqual([])
    expect(finding.level).toBe(level)
    expect(finding.what).toMatch(what)
    expect(finding.fix).toMatch(fix)
  })
})

describe("how full a log is", () => {
  const range = {
    first: 1000,
    next: 11_000,
    downloaded: 9000,
    released: 2000,
    policy: "Stop" as const,
    isFull: false,
  }

  test("by what may be overwritten, and how fast it grows", () => {
    const fill = logFill(range, RING, 0.1)
    expect(fill.share).toBeCloseTo(9000 / (RING - 32), 9)
    expect(fill.freePages).toBe(RING - 32 - 9000)
    expect(fill.notDownloaded).toBe(2000)
    expect(fill.left_days).toBeCloseTo((RING - 32 - 9000) / 0.1 / DAY_s, 9)
    expect(logFill({ ...range, policy: "Overwrite" }, RING).share).toBeCloseTo(
      2000 / (RING - 32),
      9,
    )
    expect(logFill(range, RING).left_days).toBeUndefined()
    expect(logFill(range, RING, 0).left_days).toBeUndefined()
  })

  test(`never beyond full, never less than nothing (seed ${SEED})`, () => {
    const pages = fc.nat(300_000)
    fc.assert(
      fc.property(pages, pages, pages, pages, (a, b, c, d) => {
        const [released, downloaded, next] = [a, b, c].sort((x, y) => x - y)
        const first = Math.max(0, next - Math.min(RING, d))
        const fill = logFill({ ...range, first, next, downloaded, released }, RING, 1)
        expect(fill.share).toBeGreaterThanOrEqual(0)
        expect(fill.share).toBeLessThanOrEqual(1)
        expect(fill.freePages).toBeGreaterThanOrEqual(0)
        expect(fill.notDownloaded).toBeGreaterThanOrEqual(0)
      }),
      { seed: SEED },
    )
  })

  test("a rate is of one start of the board", () => {
    const early = { sequence: 100, boot: 3, boardTime_ms: 50_000 }
    const late = { sequence: 150, boot: 3, boardTime_ms: 150_000 }
    expect(pageRate_per_s(early, late)).toBeCloseTo(0.5, 12)
    expect(pageRate_per_s({ ...early, boot: 2 }, late)).toBeUndefined()
    expect(pageRate_per_s(early, undefined)).toBeUndefined()
    expect(pageRate_per_s(late, late)).toBeUndefined()
  })
})
