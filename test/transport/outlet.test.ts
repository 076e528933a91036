import { Writable } from "node:stream"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { Outlet } from "../../sim/server/outlet"

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A reader that takes a piece only when it is told to. */
class Reader {
  readonly taken: Uint8Array[] = []
  private take = () => {}
  readonly stream = new Writable({
    highWaterMark: 1024,
    write: (bytes, _, done) => {
      this.take = () => {
        this.taken.push(bytes)
        done()
      }
    },
  })

  /** Takes all that waits. */
  async read(): Promise<void> {
    while (this.stream.writableLength > 0) {
      this.take()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

const piece = new Uint8Array(1000)

function fill(outlet: Outlet): number {
  let count = 0
  for (; !outlet.isFull; count++) outlet.write(piece)
  return count
}

test("a slow reader is waited for, and gets everything", async () => {
  const reader = new Reader()
  let rooms = 0
  const outlet = new Outlet(reader.stream, () => rooms++)
  const count = fill(outlet)
  expect(count).toBeGreaterThan(10)
  expect(count).toBeLessThan(20)
  let hasRoom = false
  const waiting = outlet.room().then(() => {
    hasRoom = true
  })
  await vi.advanceTimersByTimeAsync(500)
  expect(hasRoom).toBe(false)
  await reader.read()
  await waiting
  expect(outlet.isFull).toBe(false)
  expect([reader.taken.length, rooms]).toEqual([count, 1])
})

test("one that reads no more is not waited for, until it reads again", async () => {
  const reader = new Reader()
  const outlet = new Outlet(reader.stream)
  fill(outlet)
  const waiting = outlet.room()
  await vi.advanceTimersByTimeAsync(1_000)
  await waiting
  await outlet.room()
  expect(outlet.isFull).toBe(true)
  await reader.read()
  fill(outlet)
  let hasRoom = false
  outlet.room().then(() => {
    hasRoom = true
  })
  await vi.advanceTimersByTimeAsync(900)
  expect(hasRoom).toBe(false)
  await vi.advanceTimersByTimeAsync(100)
  expect(hasRoom).toBe(true)
})

test("one that goes away holds nobody up", async () => {
  const reader = new Reader()
  const outlet = new Outlet(reader.stream)
  fill(outlet)
  const waiting = outlet.room()
  reader.stream.destroy()
  await waiting
  expect(outlet.isFull).toBe(false)
  outlet.write(piece)
})
