import { existsSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { FakeBoard, fetchTo, logIn, pagesIn } from "./fakeBoard"
import { newFolder } from "./folder"
import { type Head, pageAt, pagesAt } from "./logOf"

const board = (next: number, head: Head = {}) =>
  new FakeBoard(next, (sequence) => pageAt(sequence, head))
const NEW = { boot: 2 }

test("a board with another flash begins another log: shorter, longer or as long, they never mix", async () => {
  for (const next of [20, 100, 150]) {
    const folder = newFolder()
    const old = board(100)
    await fetchTo(folder, old)
    const replaced = board(next, NEW)
    expect(await fetchTo(folder, replaced)).toMatchObject({ pages: next, first: 0, log: 2 })
    const log = logIn(folder, old)
    expect(Buffer.concat([...log.log(1).pages()]).equals(pagesAt(0, 100))).toBe(true)
    expect(pagesIn(folder, replaced).equals(pagesAt(0, next, NEW))).toBe(true)
    replaced.next += 10
    expect(await fetchTo(folder, replaced)).toMatchObject({ pages: 10, first: next, log: 2 })
    expect(existsSync(join(log.folder, "log-3"))).toBe(false)
  }
})

test("the old flash put back goes on in its own log", async () => {
  const folder = newFolder()
  const old = board(100)
  await fetchTo(folder, old)
  await fetchTo(folder, board(150, NEW))
  old.next = 120
  expect(await fetchTo(folder, old)).toMatchObject({ pages: 20, log: 1 })
})

test("a log that the board has overwritten since, and a last page that rotted there, are the same log", async () => {
  const folder = newFolder()
  const one = board(100)
  await fetchTo(folder, one)
  one.garble = (page, sequence) => (sequence === 99 ? page.fill(0) : page)
  one.next = 110
  expect(await fetchTo(folder, one)).toMatchObject({ pages: 10, log: 1 })
  one.first = 500
  one.next = 510
  expect(await fetchTo(folder, one)).toMatchObject({ pages: 10, log: 1 })
})

test("a board that has no log for a while, its flash being silent, begins none", async () => {
  const folder = newFolder()
  const one = board(100)
  await fetchTo(folder, one)
  one.next = 0
  expect(await fetchTo(folder, one)).toMatchObject({ pages: 0, log: 1 })
  expect(one.downloaded).toBe(100)
  one.next = 101
  expect(await fetchTo(folder, one)).toMatchObject({ pages: 1, first: 100, log: 1 })
})
