import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { cycleAxis } from "../../host/web/page/charts/cycleAxis"
import { spanOf } from "../../host/web/page/charts/range"
import { niceStep, ticksOf } from "../../host/web/page/charts/ticks"
import { timeAxis, timeText } from "../../host/web/page/charts/timeAxis"
import * as units from "../../host/web/page/charts/units"

const SEED = 72
const plain = (text: string) => text.replaceAll("\u00a0", " ").replaceAll("\u2212", "-")

const anyRange = fc
  .tuple(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
  )
  .map(([from, span]) => ({ from, to: from + span }))
const most = fc.integer({ min: 1, max: 20 })

describe("ticks", () => {
  test(`are round, apart, inside, not too many, and say where they are, seed ${SEED}`, () => {
    fc.assert(
      fc.property(anyRange, most, (range, count) => {
        const { at, texts } = ticksOf(range, count)
        const step = niceStep(spanOf(range), count)
        expect(at.length).toBeLessThanOrEqual(count + 1)
        expect(new Set(texts).size).toBe(texts.length)
        at.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(range.from - step * 1e-6)
          expect(value).toBeLessThanOrEqual(range.to + step * 1e-6)
          expect(Math.abs(Number(plain(texts[i])) - value)).toBeLessThan(step * 1e-3)
          if (i > 0) expect((value - at[i - 1]) / step).toBeCloseTo(1, 4)
        })
      }),
      { seed: SEED },
    )
  })

  test("of cycles are whole", () =>
    expect(ticksOf({ from: 0.5, to: 3.5 }, 20, 1).texts).toEqual(["1", "2", "3"]))
})

describe("test time", () => {
  test.each([
    [0, 3_600_000, "Test time / h"],
    [1_843_200, 1_846_800, "Test time after 512 h / min"],
    [1_844_400, 1_844_460, "Test time after 512 h 20 min / s"],
    [0, 60, "Test time / s"],
    [90, 150, "Test time after 1 min / s"],
  ])("from %d s to %d s", (from, to, title) =>
    expect(plain(timeAxis({ from, to }, 8).title)).toBe(title),
  )

  test("ticks stand where they say", () => {
    const { at, texts } = timeAxis({ from: 1_844_400, to: 1_844_460 }, 3)
    expect(at).toEqual([1_844_400, 1_844_420, 1_844_440, 1_844_460])
    expect(texts).toEqual(["0", "20", "40", "60"])
  })

  test.each([
    [1_844_433.25, 7_200_000, "512.34 h"],
    [1_844_433.25, 90_000, "512.343 h"],
    [1_844_433.25, 3600, "512 h 20 min 33 s"],
    [1_844_433.25, 60, "512 h 20 min 33.3 s"],
    [33.25, 60, "33.3 s"],
    [3599.97, 60, "1 h 00 min 0.0 s"],
  ])("%d s in a view of %d s is %s", (time_s, span_s, text) =>
    expect(plain(timeText(time_s, { from: 0, to: span_s }))).toBe(text),
  )
})

describe("readings", () => {
  test.each([
    [0.0171234, units.MILLIVOLT, 0.05, "17.12 mV"],
    [0.0171234, units.MILLIVOLT, 2, "17 mV"],
    [3.4123456, units.VOLT, 2, "3.412 V"],
    [-0.0015391, units.MILLIAMPERE, 0.004, "-1.539 mA"],
    [0.0015391, units.MILLIAMPERE, 1e-6, "+1.5391 mA"],
  ])("%d on a scale of %o %d wide", (value, unit, span, text) =>
    expect(plain(units.reading(value, unit, { from: 0, to: span }))).toBe(text),
  )

  test("overpotentials are in mV, cells in V, leaks in µA", () => {
    expect(units.voltageUnit({ from: -0.02, to: 0.03 })).toBe(units.MILLIVOLT)
    expect(units.voltageUnit({ from: -0.02, to: 3.4 })).toBe(units.VOLT)
    expect(units.currentUnit({ from: -2e-5, to: 0 })).toBe(units.MICROAMPERE)
    expect(units.currentUnit({ from: -2e-3, to: 0 })).toBe(units.MILLIAMPERE)
  })
})

test("the scale of cycles numbers as many as there is room for", () => {
  const cycles = Array.from({ length: 500 }, (_, i) => ({ cycle: i + 1, time_s: 7200 * i }))
  const all = cycleAxis(cycles)({ from: 0, to: 3_600_000 }, 10)
  expect(all.texts.map(plain)).toEqual([
    "cycle 50",
    "100",
    "150",
    "200",
    "250",
    "300",
    "350",
    "400",
    "450",
    "500",
  ])
  expect(all.at[0]).toBe(49 * 7200)
  const few = cycleAxis(cycles)({ from: 7000, to: 30_000 }, 10)
  expect(few.texts.map(plain)).toEqual(["cycle 2", "3", "4", "5"])
  expect(cycleAxis([])({ from: 0, to: 1 }, 10).at).toEqual([])
})
