import fc from "fast-check"
import { expect, it } from "vitest"
import { decimate } from "../../host/analysis/decimate"

const seed = 20140901
const curve = fc
  .array(fc.tuple(fc.double({ min: 1e-3, max: 5, noNaN: true }), fc.double({ noNaN: true })), {
    minLength: 1,
    maxLength: 300,
  })
  .map((steps) => {
    let x = 0
    return steps.map(([step, y]) => {
      x += step
      return { x, y }
    })
  })

it("keeps a spike of one record among a hundred thousand", () => {
  const points = Array.from({ length: 100_000 }, (_, x) => ({ x, y: x === 54_321 ? 9 : 0 }))
  const kept = decimate(points, { from: 0, to: 100_000, columns: 600, gap: 10 })
  expect(kept).toContainEqual({ x: 54_321, y: 9 })
  expect(kept.length).toBeLessThanOrEqual(4 * 601)
})

it("keeps only given points, in order, with both ends and both extremes", () => {
  fc.assert(
    fc.property(curve, fc.integer({ min: 1, max: 50 }), (points, columns) => {
      const to = points[points.length - 1].x
      const kept = decimate(points, { from: 0, to, columns, gap: Number.POSITIVE_INFINITY })
      const ys = points.map((p) => p.y)
      expect(kept.every((k) => points.includes(k as { x: number; y: number }))).toBe(true)
      expect(kept.every((k, i) => i === 0 || k.x > kept[i - 1].x)).toBe(true)
      expect(kept[0]).toBe(points[0])
      expect(kept[kept.length - 1]).toBe(points[points.length - 1])
      expect(kept.map((k) => k.y)).toContain(Math.max(...ys))
      expect(kept.map((k) => k.y)).toContain(Math.min(...ys))
    }),
    { seed },
  )
})

it("breaks the line at every gap, and nowhere else", () => {
  fc.assert(
    fc.property(curve, fc.double({ min: 0.1, max: 5, noNaN: true }), (points, gap) => {
      const to = points[points.length - 1].x
      const kept = decimate(points, { from: 0, to, columns: 20, gap })
      const gaps = points.filter((p, i) => i > 0 && p.x - points[i - 1].x > gap).length
      expect(kept.filter((k) => k.y === null)).toHaveLength(gaps)
    }),
    { seed },
  )
})
