import { describe, expect, test } from "vitest"
import { Store } from "../../host/store/store"
import { newFolder } from "./folder"
import { BLANK, type Head, pageAt } from "./logOf"

const ID = "0123456789abcdef"

/** A store whose board has these pages from sequence 0 on; null is blank, a string torn. */
function logOf(...heads: (Head | null)[]) {
  const log = Store.open(newFolder()).board(ID)
  const pages = heads.map((head, i) => (head === null ? BLANK : pageAt(i, head)))
  log.append(0, Buffer.concat(pages))
  return log
}

const brief = (log: ReturnType<typeof logOf>) =>
  log.runs().map(({ channel, test, first, next, pages }) => [channel, test, first, next, pages])

describe("tests in a log", () => {
  test("lie between each other, with blank pages and the board's own", () => {
    const log = logOf(
      {},
      { channel: 0, test: 4, beginsTest: true },
      { channel: 2, test: 9, beginsTest: true },
      null,
      { channel: 0, test: 4 },
      {},
      { channel: 2, test: 9 },
      { channel: 0, test: 5, beginsTest: true },
    )
    expect(brief(log)).toEqual([
      [0, 4, 1, 5, 2],
      [2, 9, 2, 7, 2],
      [0, 5, 7, 8, 1],
    ])
  })

  test("are two when one number was used twice, in a row too", () => {
    const begin = { channel: 0, test: 4, testTime_ms: 0, beginsTest: true }
    const log = logOf(begin, { channel: 0, test: 4, testTime_ms: 900 }, begin)
    expect(brief(log)).toEqual([
      [0, 4, 0, 2, 2],
      [0, 4, 2, 3, 1],
    ])
  })

  test("are two when test time falls back, the beginning of the second being lost", () => {
    const at = (testTime_ms: number) => ({ channel: 0, test: 4, testTime_ms })
    expect(brief(logOf(at(50_000), at(90_000), at(20_000)))).toHaveLength(2)
    // A restart takes a test back by a second at most.
    expect(brief(logOf(at(50_000), at(90_000), at(89_000)))).toHaveLength(1)
  })

  test("are told by whole pages alone", () => {
    const log = Store.open(newFolder()).board(ID)
    const page = (sequence: number, head: Head) => pageAt(sequence, { channel: 1, ...head })
    const torn = page(1, { test: 3 })
    torn[200] = 0
    const late = page(3, { test: 2, testTime_ms: 1e9 })
    late[200] = 0
    const begins = page(5, { test: 2, beginsTest: true })
    begins[200] = 0
    log.append(0, Buffer.concat([page(0, { test: 2 }), torn, page(2, { test: 2 }), late]))
    log.append(4, Buffer.concat([page(4, { test: 2 }), begins, page(6, { test: 2 })]))
    expect(
      brief(log).map(([channel, number, first, next]) => [channel, number, first, next]),
    ).toEqual([[1, 2, 0, 7]])
  })

  test("grow while pages come, and change when a page was fetched again", () => {
    const log = logOf({ channel: 0, test: 1 }, null)
    expect(brief(log)).toEqual([[0, 1, 0, 1, 1]])
    log.append(2, pageAt(2, { channel: 0, test: 1 }))
    expect(brief(log)).toEqual([[0, 1, 0, 3, 2]])
    const writer = log.writer()
    writer.repair(1, pageAt(1, { channel: 0, test: 1 }))
    writer.close()
    expect(brief(log)).toEqual([[0, 1, 0, 3, 3]])
  })
})

test("the heads of a log of many blocks are read as of one", () => {
  const log = Store.open(newFolder()).board(ID)
  const next = 20_000
  const page = pageAt(0, { channel: 0, test: 1, testTime_ms: 1 })
  const pages = Buffer.alloc(next * page.length)
  for (let i = 0; i < next; i++) {
    // Only what the heads say is looked at.
    page.writeUInt32LE(i, 4)
    page.copy(pages, i * page.length)
  }
  log.append(0, pages)
  log.append(next, pageAt(next, { channel: 0, test: 2 }))
  expect(brief(log)).toEqual([
    [0, 1, 0, next, next],
    [0, 2, next, next + 1, 1],
  ])
})
