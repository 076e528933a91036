import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { BOARD_CHANNEL } from "../../firmware/core/logFormat"
import { BoardClock } from "../../host/log/clock"
import { PageWriter } from "./pageWriter"

const SEED = 20_240_512

/** A clock that was told these times: boot, board time and Unix time in ms. */
function clockOf(...tellings: [boot: number, board_ms: number, unix_ms: number][]): BoardClock {
  const log = new PageWriter()
  const recorder = log.recorder(BOARD_CHANNEL)
  for (const [boot, board_ms, unix_ms] of tellings) {
    log.boot = boot
    log.now_ms = board_ms
    recorder.clock(unix_ms, board_ms)
  }
  return BoardClock.of(log.written)
}

const NOON = Date.UTC(2026, 0, 1, 12)

describe("BoardClock", () => {
  test("counts from what it was told, in each boot for itself", () => {
    const clock = clockOf([3, 60_000, NOON], [5, 1000, NOON + 86_400_000])
    expect(clock.unix_ms(3, 60_000)).toBe(NOON)
    expect(clock.unix_ms(3, 0)).toBe(NOON - 60_000)
    expect(clock.unix_ms(3, 3_660_000)).toBe(NOON + 3_600_000)
    expect(clock.unix_ms(5, 0)).toBe(NOON + 86_399_000)
    expect(clock.unix_ms(4, 0)).toBeUndefined()
  })

  test("shares a crystal's drift out between two tellings", () => {
    const day_ms = 86_400_000
    const clock = clockOf([1, 0, NOON], [1, day_ms, NOON + day_ms + 4000])
    expect(clock.unix_ms(1, day_ms / 2)).toBe(NOON + day_ms / 2 + 2000)
    expect(clock.unix_ms(1, day_ms + 1000)).toBe(NOON + day_ms + 5000)
  })

  test("a clock that was wrong and was set counts from the setting, back to the start", () => {
    const wrong = [1, 1000, 1000] as const
    const clock = clockOf([...wrong], [1, 60_000, NOON], [1, 120_000, NOON + 60_300])
    expect(clock.unix_ms(1, 1000)).toBe(NOON - 59_000)
    // Set back by an hour.
    const back = clockOf([1, 0, NOON + 3_600_000], [1, 7_200_000, NOON + 7_200_000])
    expect(back.unix_ms(1, 0)).toBe(NOON)
  })

  test("knows times beyond 2³² ms", () => {
    const clock = clockOf([1, 2 ** 33, NOON])
    expect(clock.unix_ms(1, 2 ** 33 + 5)).toBe(NOON + 5)
  })

  test(`rises with the board's clock, whatever it was told (seed ${SEED})`, () => {
    const most = fc.constantFrom(600, 20_000)
    const telling = most.chain((ms) => fc.tuple(fc.nat(ms), fc.integer({ min: -ms, max: ms })))
    const time = fc.oneof(fc.nat(4000), fc.integer({ min: -1000, max: 200_000 }))
    fc.assert(
      fc.property(
        fc.array(telling, { minLength: 1, maxLength: 8 }),
        fc.uniqueArray(time, { minLength: 100, maxLength: 100 }),
        (steps, times) => {
          let board_ms = 0
          const tellings = steps.map(([after_ms, off_ms]): [number, number, number] => {
            board_ms += after_ms
            return [1, board_ms, NOON + board_ms + off_ms]
          })
          const clock = clockOf(...tellings)
          const unix = times
            .sort((a, b) => a - b)
            .map((time) => clock.unix_ms(1, time) ?? Number.NaN)
          for (let i = 1; i < unix.length; i++) expect(unix[i]).toBeGreaterThan(unix[i - 1])
        },
      ),
      { seed: SEED },
    )
  })
})
