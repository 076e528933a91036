import fc from "fast-check"
import { expect, test } from "vitest"
import { Piecewise } from "../../sim/cells/piecewise"

const rows = [
  [0, 2],
  [1, 3],
  [3, 3.5],
  [4, 5],
] as const

test("goes through its rows, linear between them, and on beyond both ends", () => {
  const curve = new Piecewise(rows)
  for (const [x, y] of [...rows, [0.5, 2.5], [2, 3.25], [5, 6.5], [-1, 1]])
    expect(curve.at(x)).toBeCloseTo(y, 12)
})

test("is undone by its inverse, wherever the last look was, seed 7", () => {
  const curve = new Piecewise(rows)
  fc.assert(
    fc.property(fc.double({ min: -3, max: 9, noNaN: true }), (x) => {
      expect(curve.inverse(curve.at(x))).toBeCloseTo(x, 9)
    }),
    { seed: 7 },
  )
})

test("tells along which segment a point is left, at a row too", () => {
  const curve = new Piecewise(rows)
  expect(curve.leaving(2, true)).toEqual({ slope: 0.25, end: 3 })
  expect(curve.leaving(2, false)).toEqual({ slope: 0.25, end: 1 })
  expect(curve.leaving(3, true)).toEqual({ slope: 1.5, end: Number.POSITIVE_INFINITY })
  expect(curve.leaving(3, false)).toEqual({ slope: 0.25, end: 1 })
  expect(curve.leaving(1, false)).toEqual({ slope: 1, end: Number.NEGATIVE_INFINITY })
  expect(curve.leaving(7, false)).toEqual({ slope: 1.5, end: 3 })
})

test.each([
  [[[0, 1]]],
  [
    [
      [0, 1],
      [0, 2],
    ],
  ],
  [
    [
      [0, 1],
      [1, 1],
    ],
  ],
])("rows that do not ascend are refused: %j", (bad) => {
  expect(() => new Piecewise(bad as [number, number][])).toThrow(/ascending/)
})
