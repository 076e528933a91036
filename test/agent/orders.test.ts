import { appendFileSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { OrderBook } from "../../host/agent/orderBook"
import { answerOrders } from "../../host/agent/orders"
import type { Answer, Order } from "../../host/agent/payloads"
import { NotFoundError } from "../../host/errors"
import type { Lab } from "../../host/live/lab"
import { StoreError } from "../../host/store/storeError"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "orders-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

const order = (id: string): Order => ({
  id,
  by: "Ada",
  order: "stop",
  board: "0123456789abcdef",
  channel: 2,
  test_number: 7,
  why: "swollen",
})
const done = (id: string): Answer => ({ id, is_done: true, message: "It is over.", test: null })
const payload = (id: string) => Buffer.from(JSON.stringify(order(id)))

/** A lab without boards. */
const lab = (hasSearched: Promise<void>) =>
  ({
    hasSearched,
    session: () => {
      throw new NotFoundError("There is no such board.")
    },
    lookSoon: () => {},
  }) as unknown as Lab

it("knows, after it was ended, of each order who gave it and why, and what came of it", () => {
  const book = new OrderBook(folder)
  book.noteOrder(order("1"))
  book.noteAnswer(order("1"), done("1"))
  book.noteOrder(order("2"))
  const earlier = [...new OrderBook(folder).earlier()]
  expect(earlier).toMatchObject([
    { order: order("1"), answer: done("1") },
    {
      order: order("2"),
      answer: { is_done: false, message: expect.stringContaining("was ended") },
    },
  ])
  expect([...book.earlier()]).toEqual([])
})

it("forgets no order because the line before it was cut", () => {
  new OrderBook(folder).noteOrder(order("1"))
  appendFileSync(join(folder, "agent", "orders.jsonl"), '\n{"time":"2026-11-2')
  new OrderBook(folder).noteOrder(order("2"))
  const book = new OrderBook(folder)
  expect(["1", "2"].map((id) => book.answerOf(id)?.id)).toEqual(["1", "2"])
})

it("carries out no order that it cannot note, and says so", async () => {
  const book = new OrderBook(folder)
  const full = vi.spyOn(book, "noteOrder").mockImplementation(() => {
    throw new StoreError("orders.jsonl", "the disk is full.")
  })
  const answerOrder = answerOrders(lab(Promise.resolve()), book)
  const { is_done, message } = await answerOrder(payload("1"))
  expect(is_done).toBe(false)
  expect(message).toMatch(/the disk is full.*Nothing was done\.$/)
  full.mockRestore()
  // It was not taken for one that was answered.
  expect((await answerOrder(payload("1"))).message).toBe("There is no such board.")
})

it("refuses no order before boards were looked for", async () => {
  let search = () => {}
  const searched = new Promise<void>((resolve) => {
    search = resolve
  })
  let answer: Answer | undefined
  const given = answerOrders(
    lab(searched),
    new OrderBook(folder),
  )(payload("1")).then((one) => {
    answer = one
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect(answer).toBeUndefined()
  search()
  await given
  expect(answer).toMatchObject({ id: "1", is_done: false })
})
