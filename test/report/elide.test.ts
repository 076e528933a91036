import fc from "fast-check"
import { expect, test } from "vitest"
import { elide } from "../../host/report/elide"

const SEED = 20_261_121
const cycles = (count: number) => Array.from({ length: count }, (_, i) => ({ cycle: i + 1 }))

test("a table of 40 is whole, one of 1000 shows both ends and every 50th cycle", () => {
  expect(elide(cycles(40))).toEqual({ rows: cycles(40), every: 1 })
  const { rows, every } = elide(cycles(1000))
  expect(every).toBe(50)
  expect(rows.slice(0, 12).map((row) => row.cycle)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 50, 100,
  ])
  expect(rows.slice(-11).map((row) => row.cycle)).toEqual([
    950, 991, 992, 993, 994, 995, 996, 997, 998, 999, 1000,
  ])
})

test(`never more than 41 rows, in order, each once, first and last among them (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(9999), (count, shift) => {
      const all = cycles(count).map(({ cycle }) => ({ cycle: cycle + shift }))
      const { rows } = elide(all)
      expect(rows.length).toBeLessThanOrEqual(41)
      expect(rows[0]).toBe(all[0])
      expect(rows.at(-1)).toBe(all.at(-1))
      for (let i = 1; i < rows.length; i++) expect(rows[i].cycle).toBeGreaterThan(rows[i - 1].cycle)
    }),
    { seed: SEED },
  )
})
