import { expect, test } from "vitest"
import { Pacer } from "../../sim/server/pacer"

const MAX = Number.POSITIVE_INFINITY

/** Runs a machine that takes `cost` wall milliseconds for a board millisecond. */
function run(pacer: Pacer, wall_ms: number, until_ms: number, cost: number) {
  let board_ms = 0
  const shortfalls: number[] = []
  while (wall_ms < until_ms) {
    const due_ms = pacer.until_ms(wall_ms, board_ms)
    const step_ms = Math.max(0, due_ms - board_ms)
    board_ms += step_ms
    wall_ms += step_ms > 0 ? step_ms * cost : 2
    const shortfall = pacer.shortfall(wall_ms, board_ms)
    if (shortfall !== undefined) shortfalls.push(shortfall)
  }
  return { board_ms, shortfalls }
}

test.each([1, 0.5, 100])("a board at %s × keeps time", (speed) => {
  const { board_ms, shortfalls } = run(new Pacer(speed, 500, 0), 500, 20_500, 0.001)
  expect(board_ms / (20_000 * speed)).toBeGreaterThan(0.995)
  expect(board_ms / (20_000 * speed)).toBeLessThan(1.005)
  expect(shortfalls).toEqual([])
})

test("a machine that is too slow says so, and how fast it is", () => {
  const { board_ms, shortfalls } = run(new Pacer(1000, 0, 0), 0, 20_000, 1 / 400)
  expect(board_ms).toBeCloseTo(20_000 * 400, -5)
  expect(shortfalls.length).toBeGreaterThan(1)
  expect(shortfalls.length).toBeLessThan(5)
  for (const speed of shortfalls) expect(speed / 400).toBeCloseTo(1, 1)
})

test("after a long pause of the machine the board goes on from there, in no hurry", () => {
  const pacer = new Pacer(10, 0, 0)
  expect(pacer.until_ms(5, 0)).toBe(50)
  const hour_ms = 3_600_000
  const after_ms = pacer.until_ms(hour_ms, 50)
  expect(after_ms).toBeLessThan(1_000)
  expect(pacer.until_ms(hour_ms + 20, after_ms)).toBeLessThan(after_ms + 1_000)
})

test("a short pause is made up for", () => {
  const pacer = new Pacer(1, 0, 0)
  expect(pacer.until_ms(700, 0)).toBe(100)
  expect(pacer.until_ms(700, 600)).toBe(700)
})

test("at max the board always goes on", () => {
  const pacer = new Pacer(MAX, 0, 0)
  expect(pacer.until_ms(0, 0)).toBeGreaterThan(0)
  expect(pacer.until_ms(0, 1e6)).toBeGreaterThan(1e6)
  expect(pacer.shortfall(1e6, 1e9)).toBeUndefined()
})
