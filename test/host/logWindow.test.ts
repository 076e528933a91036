import fc from "fast-check"
import { expect, test } from "vitest"
import { type LogRequest, LogWindow } from "../../host/board/logWindow"

const PAGE = 256
const FIRST = 1000

/** What the board has at a place of its log. */
const byteAt = (at: number) => (at * 31 + (at >> 8)) & 255
const answer = ({ page, offset, count }: LogRequest) =>
  Uint8Array.from({ length: count }, (_, i) => byteAt(page * PAGE + offset + i))

test("whatever is lost, late, twice, or of another host, all pages come in order, seed 6", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 700 }),
      fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
      (pages, luck) => {
        const window = new LogWindow(FIRST, FIRST + pages)
        const way: LogRequest[] = []
        let now_ms = 0
        let next = FIRST
        for (let turn = 0; !window.isDone; turn++) {
          expect(turn).toBeLessThan(20 * pages + 100)
          now_ms += 20
          for (let ask = window.request(now_ms); ask; ask = window.request(now_ms)) way.push(ask)
          const { value } = luck.next()
          const late = value === 1 && way.length > 1
          const [heard] = way.splice(late ? 1 : 0, 1)
          // 0 is lost; 2 comes twice; 3 is of another host with another step.
          if (heard !== undefined && value !== 0) {
            expect(window.take(heard.page, heard.offset, answer(heard))).toBe(true)
            if (value === 2)
              expect(window.take(heard.page, heard.offset, answer(heard))).toBe(false)
          }
          if (value === 3) expect(window.take(FIRST, 3, new Uint8Array(224))).toBe(false)
          for (let batch = window.batch(); batch; batch = window.batch()) {
            expect(batch.first).toBe(next)
            const from = next * PAGE
            expect(batch.bytes.every((byte, i) => byte === byteAt(from + i))).toBe(true)
            next += batch.bytes.length / PAGE
          }
        }
        expect(next).toBe(FIRST + pages)
      },
    ),
    { seed: 6, numRuns: 40 },
  )
})

test("two requests are under way, and no third", () => {
  const window = new LogWindow(0, 100)
  expect(window.request(0)).toEqual({ page: 0, offset: 0, count: 224 })
  expect(window.request(0)).toEqual({ page: 0, offset: 224, count: 224 })
  expect(window.request(0)).toBeUndefined()
  expect(window.take(0, 0, new Uint8Array(224))).toBe(true)
  expect(window.request(20)).toEqual({ page: 1, offset: 192, count: 224 })
  expect(window.request(20)).toBeUndefined()
})

test("an answer that is cut short is none", () => {
  const window = new LogWindow(0, 1)
  window.request(0)
  expect(window.take(0, 0, new Uint8Array(223))).toBe(false)
  expect(window.take(0, 0, new Uint8Array(224))).toBe(true)
  expect(window.request(0)).toEqual({ page: 0, offset: 224, count: 32 })
})
