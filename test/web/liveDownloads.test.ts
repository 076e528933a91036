import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { BoardError } from "../../host/errors"
import type { Session } from "../../host/session"
import { Store } from "../../host/store/store"
import { Downloads } from "../../host/live/downloads"
import { FakeBoard, sessionWith } from "../store/fakeBoard"

const BLANK = Buffer.alloc(256, 0)

/** A board that a download can be made to wait for. */
class SlowBoard extends FakeBoard {
  gate: Promise<void> = Promise.resolve()
  trouble = ""

  async problem(): Promise<string> {
    return this.trouble
  }

  override async logRange() {
    await this.gate
    return super.logRange()
  }
}

let folder: string
let store: Store
let board: SlowBoard
let downloads: Downloads
const session = () => sessionWith(board) as unknown as Session
const stored = () => store.board(board.id).next

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] })
  folder = mkdtempSync(join(tmpdir(), "downloads-"))
  store = Store.open(folder)
  board = new SlowBoard(3, (sequence) => pageOf(sequence))
  downloads = new Downloads(store)
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true })
})

/** A page that is none: stored as it came. */
function pageOf(sequence: number): Buffer {
  const page = Buffer.from(BLANK)
  page.writeUInt32LE(sequence, 4)
  return page
}

/** What a look hears of downloads; undefined when all is well. */
const heard = (one: Session) =>
  downloads.fetch(one).then(
    () => undefined,
    (error: Error) => error.message,
  )

test("a look does not wait for the download that it begins", async () => {
  let open = () => {}
  board.gate = new Promise((resolve) => {
    open = resolve
  })
  const one = session()
  await downloads.fetch(one)
  expect(stored()).toBe(0)
  open()
  await vi.waitUntil(() => stored() === 3)
  expect(downloads.told(board.id)?.range.next).toBe(3)
})

test("half a minute lies between two downloads, unless one is wanted", async () => {
  const one = session()
  await downloads.fetch(one)
  await vi.waitUntil(() => board.downloaded === 3)
  await vi.waitUntil(() => downloads.told(board.id) !== undefined)
  board.next = 5
  vi.advanceTimersByTime(29_000)
  await downloads.fetch(one)
  expect(stored()).toBe(3)
  downloads.hasten(board.id)
  await downloads.fetch(one)
  await vi.waitUntil(() => stored() === 5)
})

test("what ended a download is told at each look until one comes to its end", async () => {
  const one = session()
  board.cableLasts = 0
  await vi.waitUntil(async () => (await heard(one)) === "The board stopped answering.")
  expect(await heard(one)).toBe("The board stopped answering.")
  board.cableLasts = Number.POSITIVE_INFINITY
  downloads.hasten(board.id)
  expect(await heard(one)).toBe("The board stopped answering.")
  await vi.waitUntil(async () => (await heard(one)) === undefined)
  expect(stored()).toBe(3)
})

test("a board that came back is not blamed for how its last connection ended", async () => {
  const before = session()
  let fail = (_: Error) => {}
  board.gate = new Promise((_, reject) => {
    fail = reject
  })
  await downloads.fetch(before)
  const after = session()
  const looked = downloads.fetch(after)
  fail(new BoardError("The connection is gone."))
  await looked
  board.gate = Promise.resolve()
  await vi.waitUntil(async () => {
    await downloads.fetch(after)
    return stored() === 3
  })
})

test("while somebody speaks to the board nothing is downloaded, and a download that runs ends", async () => {
  const one = session()
  await downloads.fetch(one)
  const during = await downloads.without(one, async () => {
    const before = stored()
    board.next = 200
    await downloads.fetch(one)
    return [before, stored()]
  })
  expect(during[0]).toBe(during[1])
  await downloads.fetch(one)
  await vi.waitUntil(() => stored() === 200)
})

test("what keeps a board from testing is known", async () => {
  board.trouble = "its flash does not answer"
  await downloads.fetch(session())
  await vi.waitUntil(() => downloads.told(board.id)?.problem === "its flash does not answer")
})

test("after the end none begins", async () => {
  const one = session()
  await downloads.fetch(one)
  await downloads.close()
  const last = stored()
  board.next = 9
  downloads.hasten(board.id)
  await downloads.fetch(one)
  await downloads.close()
  expect(stored()).toBe(last)
})
