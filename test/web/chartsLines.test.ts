import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { TraceGap } from "../../host/web/api"
import { calmExtent, plateauExtent } from "../../host/web/page/charts/calm"
import { gapMarks } from "../../host/web/page/charts/gapMarks"
import { extentOf, type Line } from "../../host/web/page/charts/lines"
import { between, ofAge } from "../../host/web/page/charts/looks"
import { nearestByX, nearestPoint, pointsAlongX } from "../../host/web/page/charts/nearest"

const SEED = 73
const ALL = { from: 0, to: 1000 }

function lineOf(xs: number[], ys: (number | null)[], isHollow?: Line["isHollow"]): Line {
  return { name: "line", xs, ys, colour: "#000000", isHollow }
}

describe("what is pointed at", () => {
  const growing = fc
    .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 60 })
    .map((xs) => [...new Set(xs)].sort((a, b) => a - b))

  test(`along x is what is nearest, seed ${SEED}`, () => {
    fc.assert(
      fc.property(growing, fc.double({ min: -10, max: 1010, noNaN: true }), (xs, x) => {
        const index = nearestByX(lineOf(xs, xs), x) ?? -1
        const least = Math.min(...xs.map((each) => Math.abs(each - x)))
        expect(Math.abs(xs[index] - x)).toBe(least)
      }),
      { seed: SEED },
    )
  })

  test("is nothing where the line is broken, or far away", () => {
    const line = lineOf([0, 10, 20], [1, null, 3])
    const view = { from: 0, to: 100 }
    expect(nearestByX(line, 11)).toBeUndefined()
    expect(pointsAlongX([line], { x: 21 }, view)).toEqual([{ line: 0, index: 2 }])
    expect(pointsAlongX([line], { x: 60 }, view)).toEqual([])
    expect(pointsAlongX([line], undefined, view)).toEqual([])
  })

  test("in both directions is one point of all lines", () => {
    const view = { x: { from: 0, to: 10 }, y: { from: 0, to: 1 } }
    const lines = [lineOf([5, 4, 6], [0.1, 0.5, 0.9]), lineOf([5, 5], [0.2, 0.6])]
    expect(nearestPoint(lines, { x: 5, y: 0.58 }, view)).toEqual([{ line: 1, index: 1 }])
    expect(nearestPoint(lines, { x: 9, y: 0.58 }, view)).toEqual([])
  })
})

describe("a scale", () => {
  const cycles = Array.from({ length: 100 }, (_, i) => i + 1)
  const efficiencies = cycles.map((cycle) => 0.995 + 0.0002 * Math.sin(cycle))

  test("leaves out the few points that would flatten the others, and counts them", () => {
    const ys = [0.8, ...efficiencies.slice(2), 1.4]
    const calm = calmExtent([lineOf(cycles, ys)], ALL, 0.001)
    expect(calm?.outside).toBe(2)
    expect(calm?.range.from).toBeGreaterThan(0.994)
    expect(calm?.range.to).toBeLessThan(0.996)
  })

  test("leaves out a cycle that is not complete, however few there are", () => {
    const ys = [1, 1, 1, 0.1]
    const calm = calmExtent([lineOf([1, 2, 3, 4], ys, (i) => i === 3)], ALL, 0.01)
    expect(calm).toEqual({ range: { from: 1, to: 1 }, outside: 1 })
  })

  test("keeps what fades slowly, and a first cycle that is a little off", () => {
    const fading = cycles.map((cycle) => 150 - 0.3 * cycle)
    expect(calmExtent([lineOf(cycles, fading)], ALL, 0.1)).toBeUndefined()
    expect(calmExtent([lineOf(cycles, [160, ...fading.slice(1)])], ALL, 0.1)).toBeUndefined()
  })

  test("of plateaus is found by time, not by how many points tell of spikes", () => {
    const xs = Array.from({ length: 1000 }, (_, i) => i)
    const ys = xs.map((x) => (x % 40 === 39 ? 3.4 : x % 40 < 20 ? -0.025 : 0.025))
    const extent = plateauExtent(lineOf(xs, ys), ALL)
    expect(extent?.from).toBeCloseTo(-0.055, 6)
    expect(extent?.to).toBeCloseTo(0.055, 6)
    const cell = xs.map((x) => 3 + 0.8 * Math.sin(x / 50))
    expect(plateauExtent(lineOf(xs, cell), ALL)).toBeUndefined()
  })

  test("of what is in view knows nothing of what is not", () => {
    const line = lineOf([0, 1, 2, 3], [9, 1, null, -9])
    expect(extentOf([line], { from: 1, to: 2 })).toEqual({ from: 1, to: 1 })
    expect(extentOf([line], { from: 2, to: 2 })).toBeUndefined()
  })
})

describe("gaps", () => {
  const gap = fc
    .record({
      kind: fc.constantFrom<TraceGap["kind"][]>("pause", "fault", "restart", "lost"),
      time_s: fc.integer({ min: -100, max: 1100 }),
      lasts_s: fc.integer({ min: 0, max: 300 }),
    })
    .map(({ kind, time_s, lasts_s }): TraceGap => {
      return { kind, time_s, resumed_s: time_s + lasts_s, text: kind }
    })

  test(`are inside, wide enough to be seen, and no label covers another, seed ${SEED}`, () => {
    const gaps = fc.array(gap, { maxLength: 30 })
    fc.assert(
      fc.property(gaps, (all) => {
        const sorted = all.sort((a, b) => a.time_s - b.time_s)
        const width = (text: string) => 6 * text.length
        const marks = gapMarks(sorted, (time_s) => time_s / 2, { left: 0, right: 500 }, width)
        let free = 0
        for (const { left, width: wide, label } of marks) {
          expect(left).toBeGreaterThanOrEqual(0)
          expect(left + wide).toBeLessThanOrEqual(500)
          if (label === undefined) continue
          expect(label.left).toBeGreaterThanOrEqual(free)
          free = label.left + width(label.text)
          expect(free).toBeLessThanOrEqual(500)
        }
        const seen = sorted.filter((one) => one.time_s <= 1000 && (one.resumed_s ?? 0) >= 0)
        expect(marks.map((mark) => mark.gap)).toEqual(seen)
      }),
      { seed: SEED },
    )
  })
})

test("the newest cycle is solid, widest, and at the end of the ramp", () => {
  const ramp = ["#ff0000", "#00ff00", "#0000ff"]
  expect([between(ramp, 0), between(ramp, 0.5), between(ramp, 1)]).toEqual(ramp)
  expect(between(ramp, 0.25)).toBe("#808000")
  const looks = [0, 1, 2].map((n) => ofAge(n, 3, ramp))
  expect(looks[2]).toEqual({ colour: "#0000ff", dash: [], width: 2 })
  expect(new Set(looks.map(({ dash }) => dash.join())).size).toBe(3)
  expect(ofAge(0, 1, ramp).colour).toBe("#0000ff")
})
