import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { ChannelStatus } from "../../host/boardClient"
import { FollowedBoard } from "../../host/follow/followedBoard"
import { TestBook } from "../../host/follow/testBook"
import { Store } from "../../host/store/store"
import { liveBoard } from "../../host/live/snapshot"
import { status } from "../follow/statuses"
import { type SmallStore, smallStore } from "../commands/smallStore"

const CELL = { area_cm2: 1.539, operator: "Ada", project: "K-Li" }

let small: SmallStore
let book: TestBook
let empty: string
beforeAll(async () => {
  small = await smallStore(640, CELL)
  book = new TestBook(Store.open(small.folder))
  empty = mkdtempSync(join(tmpdir(), "book-"))
})
afterAll(() => {
  small.remove()
  rmSync(empty, { recursive: true })
})

function channel(some: Partial<ChannelStatus>, from = book) {
  const [{ board: id, test: number }] = Store.open(small.folder).tests()
  const board = new FollowedBoard(id, "AB12")
  board.channels.push({
    status: status({ test: number, ...some }),
    reading_unix_s: 5,
    reading_ms: 5000,
  })
  return liveBoard(board, { isSimulated: true }, from).channels[0]
}

test("a test is known by what the store has of it: cell, step, cycles, duration, seed 640", () => {
  const { test: known, note } = channel({ step: 1 })
  expect(known).toMatchObject({
    id: small.id,
    operator: "Ada",
    project: "K-Li",
    cycles: 2,
    expected_s: 240,
  })
  expect(known?.step).toBe("Discharge at 1.5 mA (0.9747 mA cm⁻²) until 60 s")
  expect(note).toBeUndefined()
})

test("a test that another host started is known by its number", () => {
  expect(channel({}, new TestBook(Store.open(empty))).test).toEqual({ number: 1 })
})

test("a data folder that cannot be read keeps nobody from seeing how a channel stands", () => {
  writeFileSync(join(empty, "tests"), "")
  expect(channel({}, new TestBook(Store.open(empty))).test).toEqual({ number: 1 })
})

test("an idle channel has no test", () => {
  expect(channel({ state: "Idle" })).toMatchObject({ stateText: "idle", test: undefined })
})

test.each([
  [
    { state: "Fault", fault: "OpenCell", waitsForPerson: true },
    /^Stopped by a fault: no current .*'resume'/,
  ],
  [
    { state: "Paused", pause: "Restart", waitsForPerson: true },
    /^The board restarted.*'resume' or 'stop'/,
  ],
  [{ state: "Paused", pause: "Host" }, /^Paused by/],
  [{ state: "Finished", end: "Host" }, /^Over: it was stopped\.$/],
])("what stands still says why and what to do: %o", (some, expected) => {
  const live = channel(some)
  expect(live.note).toMatch(expected)
  expect(live.fault).toBe("fault" in some ? some.fault : undefined)
})

test("a calibration that is over is no news", () => {
  expect(channel({ state: "Finished", test: 0 })).toMatchObject({
    note: undefined,
    test: { number: 0 },
  })
})
