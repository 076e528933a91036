import { readdirSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { Indexes } from "../../host/web/data/index/indexes"
import type { TestIndex } from "../../host/web/data/index/testIndex"
import { Catalogue } from "../../host/web/data/tests/catalogue"
import { newFolder } from "../store/folder"
import { BOARD, LoggingBoard } from "./storeOfPages"

function indexOf(board: LoggingBoard, id: string, indexes = new Indexes(), onBlock = () => {}) {
  const { run } = new Catalogue(board.store).test(id).test
  if (run === undefined) throw new Error(`nothing of ${id} is stored`)
  return indexes.of(id, run, board.store.board(BOARD).log(run.log), onBlock)
}

/** What an index knows, without the room that it has for more. */
function known({ stretches, cycles, records, end_s }: TestIndex) {
  const { length } = stretches
  const columns = (
    ["sequence", "from", "count", "first_ms", "last_ms", "lowest_uV", "highest_nA"] as const
  ).map((name) => [...stretches[name].subarray(0, length)])
  return { columns, cycles, records, end_s }
}

describe("the indexes of tests", () => {
  test("grow with the log, and know what one made anew does", () => {
    const board = new LoggingBoard(newFolder())
    const indexes = new Indexes()
    board.begin(0, 1)
    board.begin(1, 8)
    for (let cycle = 1; cycle <= 6; cycle++) {
      board.cycle(0, cycle)
      board.cycle(1, cycle)
      if (cycle === 3) board.pause(0, 600)
      board.download(cycle % 2 === 0)
      expect(known(indexOf(board, "KX42-0-1", indexes))).toEqual(known(indexOf(board, "KX42-0-1")))
    }
    const index = indexOf(board, "KX42-0-1", indexes)
    expect(index).toBe(indexOf(board, "KX42-0-1", indexes))
    expect(index.records).toBe(6 * 720)
    expect(index.cycles.map(({ cycle, time_ms }) => [cycle, time_ms / 1000])).toEqual(
      [1, 2, 3, 4, 5, 6].map((cycle) => [cycle, (cycle - 1) * 7200]),
    )
    expect(index.end_s).toBe(6 * 7200)
  })

  test("a page that was fetched again is read again", () => {
    const board = new LoggingBoard(newFolder())
    board.begin(0, 1)
    for (let cycle = 1; cycle <= 3; cycle++) board.cycle(0, cycle)
    const whole = board.writer.written[5]
    board.writer.written[5] = Uint8Array.from(whole).fill(0, 100, 110)
    board.download()
    const indexes = new Indexes()
    const torn = indexOf(board, "KX42-0-1", indexes)
    expect(torn.records).toBeLessThan(3 * 720)
    expect(torn.gaps(() => board.store.board(BOARD).clock(1))).toMatchObject([{ kind: "lost" }])
    const writer = board.store.board(BOARD).writer()
    writer.repair(5, whole)
    writer.close()
    expect(indexOf(board, "KX42-0-1", indexes).records).toBe(3 * 720)
  })

  test("reading that is ended goes on later where it was", () => {
    const board = new LoggingBoard(newFolder())
    board.begin(0, 1)
    for (let cycle = 1; cycle <= 3; cycle++) board.cycle(0, cycle)
    board.download()
    const indexes = new Indexes()
    const end = () => {
      throw new Error("nobody waits")
    }
    expect(() => indexOf(board, "KX42-0-1", indexes, end)).toThrow("nobody waits")
    // All of it was one block.
    expect(indexOf(board, "KX42-0-1", indexes, end).records).toBe(3 * 720)
  })

  test("take 60 bytes a page, and write nothing", () => {
    const board = new LoggingBoard(newFolder())
    board.begin(0, 1)
    for (let cycle = 1; cycle <= 30; cycle++) board.cycle(0, cycle)
    board.download()
    const files = () => readdirSync(board.folder, { recursive: true })
    const before = files()
    const index = indexOf(board, "KX42-0-1")
    expect(index.bytes / board.writer.written.length).toBeLessThan(75)
    expect(files()).toEqual(before)
  })
})
