import { execFileSync } from "node:child_process"
import { existsSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { download } from "../../host/store/download"
import { FakeBoard, fetchTo, logIn, pagesIn, sessionWith } from "./fakeBoard"
import { newFolder } from "./folder"
import { BLANK, pageAt, pagesAt } from "./logOf"

const board = (next: number) => new FakeBoard(next, (sequence) => pageAt(sequence))
const spoilt = (page: Buffer) => {
  page[100] ^= 4
  return page
}

test("a download fetches what is new, stores it, and then says so to the board", async () => {
  const folder = newFolder()
  const one = board(100)
  expect(await fetchTo(folder, one)).toMatchObject({ pages: 100, first: 0, next: 100, lost: 0 })
  one.beforeBatch = () => expect(one.downloaded).toBeLessThanOrEqual(logIn(folder, one).next)
  one.next = 150
  expect(await fetchTo(folder, one)).toMatchObject({ pages: 50, first: 100, next: 150, log: 1 })
  expect(await fetchTo(folder, one)).toMatchObject({ pages: 0, first: 150, next: 150 })
  expect(one.downloaded).toBe(150)
  expect(pagesIn(folder, one)).toEqual(pagesAt(0, 150))
})

test("an empty log is no error", async () => {
  expect(await fetchTo(newFolder(), board(0))).toMatchObject({ pages: 0, next: 0, tests: [] })
})

test("cut wherever it may be, it goes on there and all comes, seed 5", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 5 }), async (cuts) => {
      const folder = newFolder()
      const one = board(500)
      for (const cut of cuts) {
        one.cableLasts = cut
        if (cut < one.next - logIn(folder, one).next)
          await expect(fetchTo(folder, one)).rejects.toThrow("stopped answering")
        expect(one.downloaded).toBeLessThanOrEqual(logIn(folder, one).next)
      }
      one.cableLasts = Number.POSITIVE_INFINITY
      await fetchTo(folder, one)
      expect(one.downloaded).toBe(500)
      expect(pagesIn(folder, one).equals(pagesAt(0, 500))).toBe(true)
    }),
    { seed: 5, numRuns: 15 },
  )
})

test("a signal ends it without an error; what came is stored and told of", async () => {
  const folder = newFolder()
  const one = board(500)
  const controller = new AbortController()
  const stopAt = { signal: controller.signal, onProgress: () => controller.abort() }
  const { isComplete, next } = await download(sessionWith(one), logIn(folder, one), stopAt)
  expect({ isComplete, next, downloaded: one.downloaded }).toEqual({
    isComplete: false,
    next: 64,
    downloaded: 64,
  })
})

describe("a page that does not come whole", () => {
  test("is asked for again, and stored as it comes at last", async () => {
    const folder = newFolder()
    const one = board(100)
    one.garble = (page, sequence, time) => (sequence === 70 && time < 2 ? spoilt(page) : page)
    await fetchTo(folder, one)
    expect(one.asked.get(70)).toBe(3)
    expect(one.asked.get(71)).toBe(1)
    expect(pagesIn(folder, one).equals(pagesAt(0, 100))).toBe(true)
  })

  test("is stored as torn when it stays so, and not asked for by the next download", async () => {
    const folder = newFolder()
    const torn = spoilt(pageAt(70))
    const one = new FakeBoard(100, (sequence) => (sequence === 70 ? torn : pageAt(sequence)))
    await fetchTo(folder, one)
    await fetchTo(folder, one)
    expect(one.asked.get(70)).toBe(3)
    expect(logIn(folder, one).current.page(70)).toEqual(torn)
  })

  test("is asked for once when it is blank, as a power cut leaves some", async () => {
    const folder = newFolder()
    const one = new FakeBoard(100, (sequence) => (sequence >> 2 === 5 ? BLANK : pageAt(sequence)))
    await fetchTo(folder, one)
    expect(one.asked.get(21)).toBe(1)
    expect(logIn(folder, one).current.page(21)).toEqual(BLANK)
  })

  test("is fetched again when it stands at the log's end and the board has it by now", async () => {
    const folder = newFolder()
    const one = board(100)
    one.garble = (page, sequence) => (sequence > 96 ? BLANK : page)
    await fetchTo(folder, one)
    one.garble = (page) => page
    expect(await fetchTo(folder, one)).toMatchObject({ pages: 0, repaired: 3 })
    expect(pagesIn(folder, one).equals(pagesAt(0, 100))).toBe(true)
  })
})

test("a flash that does not answer is an error, and nothing of that is stored or given up", async () => {
  const folder = newFolder()
  const one = board(200)
  one.garble = (page, sequence) => (sequence >= 80 ? BLANK : page)
  await expect(fetchTo(folder, one)).rejects.toThrow(/AB12: .* its flash does not answer/)
  expect(logIn(folder, one).next).toBe(64)
  one.garble = (page) => page
  await fetchTo(folder, one)
  expect(pagesIn(folder, one).equals(pagesAt(0, 200))).toBe(true)
})

describe("pages that the board overwrote before anybody came", () => {
  test("leave a gap, and the log goes on behind it", async () => {
    const folder = newFolder()
    const one = board(100)
    await fetchTo(folder, one)
    one.first = 160
    one.next = 200
    expect(await fetchTo(folder, one)).toMatchObject({ pages: 40, first: 160, lost: 60 })
    expect(logIn(folder, one).current.gaps()).toEqual([{ first: 100, next: 160 }])
    expect(pagesIn(folder, one)).toEqual(Buffer.concat([pagesAt(0, 100), pagesAt(160, 200)]))
  })

  test("and those that it overwrites while they are fetched: what comes then is not taken for them", async () => {
    const folder = newFolder()
    const one = board(300)
    one.page = (sequence) => (sequence < one.first ? pageAt(sequence + 65_536) : pageAt(sequence))
    one.beforeBatch = () => {
      if (one.asked.size >= 64) one.first = 144
    }
    expect(await fetchTo(folder, one)).toMatchObject({ pages: 220, lost: 80 })
    expect(pagesIn(folder, one)).toEqual(Buffer.concat([pagesAt(0, 64), pagesAt(144, 300)]))
  })
})

test.runIf(existsSync("/dev/full"))(
  "a disk that is full is told of; once there is room, all comes",
  async () => {
    const folder = newFolder()
    const one = board(200)
    const log = logIn(folder, one)
    one.cableLasts = 64
    await expect(fetchTo(folder, one)).rejects.toThrow()
    one.cableLasts = Number.POSITIVE_INFINITY
    one.first = 80
    const segment = join(log.folder, "pages-0000000080.log")
    one.beforeBatch = () => {
      if (!existsSync(segment)) symlinkSync("/dev/full", segment)
    }
    await expect(fetchTo(folder, one)).rejects.toThrow(/disk is full.*Tests on the boards go on/)
    expect(one.downloaded).toBe(64)
    unlinkSync(segment)
    one.beforeBatch = () => {}
    await fetchTo(folder, one)
    expect(pagesIn(folder, one)).toEqual(Buffer.concat([pagesAt(0, 64), pagesAt(80, 200)]))
    expect(one.downloaded).toBe(200)
  },
)

test("damage in what is stored is mended while the board has those pages", async () => {
  const folder = newFolder()
  const one = board(300)
  await fetchTo(folder, one)
  const path = join(logIn(folder, one).folder, "pages-0000000000.log")
  const bytes = readFileSync(path)
  for (const sequence of [3, 200]) bytes[sequence * 264 + 50] ^= 1
  writeFileSync(path, bytes)
  one.first = 16
  expect(await fetchTo(folder, one)).toMatchObject({ pages: 0, repaired: 1 })
  expect([...logIn(folder, one).verify()]).toEqual([{ path, sequence: 3 }])
  expect(logIn(folder, one).current.page(200)).toEqual(pageAt(200))
})

test("4 MB of log pass through the memory of a few pages", () => {
  const child = fileURLToPath(new URL("downloadMemory.ts", import.meta.url))
  const args = ["--import", "tsx", child, newFolder()]
  const most = Number(execFileSync(process.execPath, args, { encoding: "utf8" }))
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThan(1e6)
})
