import fc from "fast-check"
import { expect, it } from "vitest"
import { decimate } from "../../host/analysis/decimate"
import type { Records } from "../../host/records"
import { recordsOf } from "./recordsOf"
import { record } from "./synthetic"

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
      return { time_s: x, voltage_V: y }
    })
  })

/** As records of one step, some at once. */
function batches(points: { time_s: number; voltage_V: number }[]): Records[] {
  const [sample] = record([{ current_A: 1e-3, duration_s: 1, voltage_V: () => 0 }])
  return recordsOf(
    points.map((point) => ({ ...sample, ...point })),
    70,
  )
}

it("keeps a spike of one record among a hundred thousand", () => {
  const points = Array.from({ length: 100_000 }, (_, time_s) => ({
    time_s,
    voltage_V: time_s === 54_321 ? 9 : 0,
  }))
  const kept = decimate(batches(points), { from_s: 0, to_s: 100_000, columns: 600, gap_s: 10 })
  expect(kept).toContainEqual({ time_s: 54_321, voltage_V: 9 })
  expect(kept.length).toBeLessThanOrEqual(4 * 601)
})

it("keeps only given points, in order, with both ends and both extremes", () => {
  fc.assert(
    fc.property(curve, fc.integer({ min: 1, max: 50 }), (points, columns) => {
      const to_s = points[points.length - 1].time_s
      const gap_s = Number.POSITIVE_INFINITY
      const kept = decimate(batches(points), { from_s: 0, to_s, columns, gap_s })
      const voltages = points.map((p) => p.voltage_V)
      const given = new Map(points.map((p) => [p.time_s, p]))
      for (const k of kept) expect(k).toEqual(given.get(k.time_s))
      expect(kept.every((k, i) => i === 0 || k.time_s > kept[i - 1].time_s)).toBe(true)
      expect(kept[0]).toEqual(points[0])
      expect(kept[kept.length - 1]).toEqual(points[points.length - 1])
      expect(kept.map((k) => k.voltage_V)).toContain(Math.max(...voltages))
      expect(kept.map((k) => k.voltage_V)).toContain(Math.min(...voltages))
    }),
    { seed },
  )
})

it("breaks the line at every gap, and nowhere else", () => {
  fc.assert(
    fc.property(curve, fc.double({ min: 0.1, max: 5, noNaN: true }), (points, gap_s) => {
      const to_s = points[points.length - 1].time_s
      const kept = decimate(batches(points), { from_s: 0, to_s, columns: 20, gap_s })
      const gaps = points.filter((p, i) => i > 0 && p.time_s - points[i - 1].time_s > gap_s).length
      expect(kept.filter((k) => k.voltage_V === null)).toHaveLength(gaps)
    }),
    { seed },
  )
})
