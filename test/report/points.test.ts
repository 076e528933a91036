import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { chosenCycles } from "../../host/report/figures/chosenCycles"
import { atLeast, dots, thinned, usualRange } from "../../host/report/figures/points"

const SEED = 20_261_125
const line = (values: number[]) => values.map((y, x) => ({ x, y }))

describe("a frame", () => {
  const cycling = Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? 0.017 : -0.017))

  test("leaves out the reading of an open contact, and says how far that went", () => {
    expect(usualRange(line([...cycling, 5.1]))).toEqual({ range: [-0.017, 0.017], beyond: [5.1] })
    expect(usualRange(line([-3.8, ...cycling, 5.1]))?.beyond).toEqual([-3.8, 5.1])
  })

  test("leaves nothing out where all lie near each other, or are few", () => {
    expect(usualRange(line([...cycling, 0.03]))).toBeUndefined()
    expect(usualRange(line([0.1, 0.1, 5]))).toBeUndefined()
    expect(usualRange([])).toBeUndefined()
    expect(usualRange(line(Array(1000).fill(1)))).toBeUndefined()
  })

  test("is never so narrow that noise looks like news", () => {
    expect(atLeast([99.9, 100], 0.5)).toEqual([99.7, 100.2])
    expect(atLeast([90, 100], 0.5)).toEqual([90, 100])
  })
})

test(`a thinned curve passes each of its points within a pixel (seed ${SEED})`, () => {
  const curve = fc.array(
    fc.record({ x: fc.double({ min: 0, max: 50 }), y: fc.double({ min: 0, max: 9 }) }),
  )
  fc.assert(
    fc.property(curve, (points) => {
      const perPixel = { x: 0.5, y: 0.1 }
      const kept = thinned(points, perPixel)
      expect(kept[0]).toBe(points[0])
      expect(kept.at(-1)).toBe(points.at(-1))
      for (const { x, y } of points) {
        const nearest = Math.min(
          ...kept.map((one) => Math.hypot((one.x - x) / perPixel.x, (one.y - y) / perPixel.y)),
        )
        expect(nearest).toBeLessThan(1)
      }
    }),
    { seed: SEED },
  )
})

test("dots of thousands of cycles are as few as pixels, and no outlier is among those left out", () => {
  const cycles = Array.from({ length: 3000 }, (_, x) => ({
    x,
    y: x === 1234 ? 7 : 1 + (x % 3) / 10,
  }))
  const { points, size } = dots(cycles, 200)
  expect(points.length).toBeLessThanOrEqual(2 * 2 * 201)
  expect(points).toContainEqual(expect.objectContaining({ x: 1234, y: 7 }))
  expect(size).toBeLessThan(dots(cycles.slice(0, 20), 200).size)
})

test("between two dots the line is broken, and what is not known has none", () => {
  const { points } = dots(
    [
      { x: 1, y: 2 },
      { x: 2, y: null },
      { x: 3, y: 4 },
    ],
    100,
  )
  expect(points.map(({ y }) => y)).toEqual([2, null, 4, null])
})

describe("cycles that stand for all", () => {
  const first = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

  test("are all of a few, else the first, round ones and the last", () => {
    expect(chosenCycles(first(4))).toEqual([1, 2, 3, 4])
    expect(chosenCycles(first(187))).toEqual([1, 10, 20, 50, 100, 187])
    expect(chosenCycles([])).toEqual([])
  })

  test(`are six at most, in order, each once, first and last among them (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { minLength: 1 }), (some) => {
        const cycles = some.sort((a, b) => a - b)
        const chosen = chosenCycles(cycles)
        expect(chosen.length).toBeLessThanOrEqual(6)
        expect(chosen[0]).toBe(cycles[0])
        expect(chosen.at(-1)).toBe(cycles.at(-1))
        for (let i = 1; i < chosen.length; i++) expect(chosen[i]).toBeGreaterThan(chosen[i - 1])
      }),
      { seed: SEED },
    )
  })
})
