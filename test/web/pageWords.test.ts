import fc from "fast-check"
import { describe, expect, test } from "vitest"
import * as words from "../../host/web/page/words"

const SEED = 62
const plain = (text: string) => text.replaceAll("\u00a0", " ")

describe("numbers as the page shows them", () => {
  test.each([
    [3.70123, "3.7012 V"],
    [-0.04, "\u22120.0400 V"],
    [-0.00004, "0.0000 V"],
    [0, "0.0000 V"],
  ])("%d V", (voltage_V, text) => expect(plain(words.volts(voltage_V))).toBe(text))

  test.each([
    [0.001539, "+1.539 mA"],
    [-0.0123449, "\u221212.34 mA"],
    [0.0001539, "+0.1539 mA"],
    [0.00999951, "+10.00 mA"],
    [0.00999949, "+9.999 mA"],
    [0.12, "+120.0 mA"],
    [-1e-9, "0.0000 mA"],
  ])("%d A", (current_A, text) => expect(plain(words.milliamps(current_A))).toBe(text))

  test(`a current says itself within half of its last digit, and its sign, seed ${SEED}`, () => {
    const current = fc.double({ min: -0.06, max: 0.06, noNaN: true })
    fc.assert(
      fc.property(current, (current_A) => {
        const text = plain(words.milliamps(current_A))
        expect(text).toMatch(/^(0\.0000|[+\u2212]\d{1,2}\.\d{2,4}) mA$/)
        const said_mA = Number(text.replace("\u2212", "-").replace(" mA", ""))
        const places = /\.(\d+)/.exec(text)?.[1].length ?? 0
        expect(Math.abs(said_mA - current_A * 1e3)).toBeLessThanOrEqual(0.5001 * 10 ** -places)
      }),
      { seed: SEED },
    )
  })
})

describe("times as the page shows them", () => {
  test.each([
    [0, "just now"],
    [27, "25 s ago"],
    [185, "3 min ago"],
    [7300, "2 h ago"],
    [200_000, "2 days ago"],
  ])("%d s ago", (age_s, text) => expect(plain(words.ago(age_s))).toBe(text))

  test.each([
    [30, "a minute"],
    [1500, "25 min"],
    [18_180, "5 h 03 min"],
    [56_400, "16 h"],
    [450_000, "5 d 05 h"],
    [8_100_000, "94 d"],
  ])("%d s left", (left_s, text) => expect(plain(words.roughly(left_s))).toBe(text))

  test("an instant is told with what of the date is not of today", () => {
    const at = (...moment: [number, number, number, number, number]) =>
      new Date(...moment).getTime() / 1000
    const now_s = at(2026, 10, 21, 17, 30)
    const told = (unix_s: number) => plain(words.clockTime(unix_s, now_s))
    expect(told(at(2026, 10, 21, 9, 5))).toBe("09:05")
    expect(told(at(2026, 10, 20, 23, 59))).toBe("20 Nov 23:59")
    expect(told(at(2025, 0, 3, 12, 0))).toBe("3 Jan 2025")
    expect(plain(words.calendarDay(at(2026, 11, 25, 12, 0), now_s))).toBe("25 Dec")
  })
})
