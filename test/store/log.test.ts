import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { crc32 } from "node:zlib"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { LogWriter } from "../../host/store/logWriter"
import { PageLog } from "../../host/store/pageLog"
import { newFolder } from "./folder"
import { pageAt, pagesAt } from "./logOf"

const ENTRY = 264
const writer = (folder: string) => new LogWriter(folder, () => {})
const pagesOf = (folder: string) => Buffer.concat([...new PageLog(folder).pages()])

test("a segment is entries of sequence, page and checksum, dense", () => {
  const folder = newFolder()
  writer(folder).append(7, pagesAt(7, 9))
  expect(readdirSync(folder)).toEqual(["pages-0000000007.log"])
  const bytes = readFileSync(join(folder, "pages-0000000007.log"))
  expect(bytes.length).toBe(2 * ENTRY)
  expect(bytes.readUInt32LE(ENTRY)).toBe(8)
  expect(bytes.subarray(ENTRY + 4, ENTRY + 260)).toEqual(pageAt(8))
  expect(bytes.readUInt32LE(ENTRY + 260)).toBe(crc32(bytes.subarray(ENTRY, ENTRY + 260)))
})

test("a log goes on in its file, and after a jump in another, which leaves a gap", () => {
  const folder = newFolder()
  writer(folder).append(0, pagesAt(0, 3))
  writer(folder).append(3, pagesAt(3, 5))
  const last = writer(folder)
  last.append(9, pagesAt(9, 10))
  last.append(10, pagesAt(10, 12))
  expect(readdirSync(folder).sort()).toEqual(["pages-0000000000.log", "pages-0000000009.log"])
  const log = new PageLog(folder)
  expect(log.next).toBe(12)
  expect(log.gaps()).toEqual([{ first: 5, next: 9 }])
  expect([...log.pages(4, 10)]).toEqual([pageAt(4), pageAt(9)])
  expect(log.page(5)).toBeUndefined()
  expect(() => writer(folder).append(11, pageAt(11))).toThrow("page 11 is stored")
})

test("a log of more than one block is read as it was written", () => {
  const folder = newFolder()
  const pages = pagesAt(3, 9_000)
  writer(folder).append(3, pages)
  expect(pagesOf(folder).equals(pages)).toBe(true)
  expect([...new PageLog(folder).pages(4_098, 4_101)]).toEqual(
    [4_098, 4_099, 4_100].map((n) => pageAt(n)),
  )
})

describe("a file that was cut at any byte", () => {
  const whole = pagesAt(5, 9)

  test("ends after its last whole entry, for readers and for the next writer", () => {
    const folder = newFolder()
    writer(folder).append(5, whole)
    const path = join(folder, "pages-0000000005.log")
    const bytes = readFileSync(path)
    for (let size = bytes.length; size >= 0; size--) {
      truncateSync(path, size)
      const count = Math.floor(size / ENTRY)
      expect(pagesOf(folder)).toEqual(whole.subarray(0, count * 256))
      if (size % 88 !== 0) continue
      const next = writer(folder)
      expect(next.next).toBe(5 + count)
      expect(statSync(path).size).toBe(count * ENTRY)
      next.append(next.next, pagesAt(next.next, 12))
      expect(pagesOf(folder)).toEqual(pagesAt(5, 12))
      writeFileSync(path, bytes.subarray(0, size))
    }
  })

  test("and whose end holds anything: nothing is invented, nothing before is lost, seed 1", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4 * ENTRY }),
        fc.uint8Array({ maxLength: 2 * ENTRY }),
        (size, garbage) => {
          const folder = newFolder()
          writer(folder).append(5, whole)
          const path = join(folder, "pages-0000000005.log")
          writeFileSync(path, Buffer.concat([readFileSync(path).subarray(0, size), garbage]))
          const count = Math.floor(size / ENTRY)
          expect(pagesOf(folder)).toEqual(whole.subarray(0, count * 256))
          const { next } = writer(folder)
          expect(next).toBe(5 + count)
        },
      ),
      { seed: 1, numRuns: 60 },
    )
  })
})

test("a bit that rots in the middle is told, its neighbours are read, and a repair stands in, seed 2", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4 * ENTRY - 1 }),
      fc.integer({ min: 0, max: 7 }),
      (at, bit) => {
        const folder = newFolder()
        writer(folder).append(0, pagesAt(0, 5))
        const path = join(folder, "pages-0000000000.log")
        const bytes = readFileSync(path)
        bytes[at] ^= 1 << bit
        writeFileSync(path, bytes)
        const sequence = Math.floor(at / ENTRY)
        const log = new PageLog(folder)
        expect([...log.verify()]).toEqual([{ path, sequence }])
        expect(log.next).toBe(5)
        const others = [0, 1, 2, 3, 4].filter((one) => one !== sequence)
        for (const other of others) expect(log.page(other)).toEqual(pageAt(other))
        writer(folder).repair(sequence, pageAt(sequence))
        expect([...log.verify()]).toEqual([])
        expect(pagesOf(folder)).toEqual(pagesAt(0, 5))
        expect(readFileSync(path)).toEqual(bytes)
      },
    ),
    { seed: 2, numRuns: 30 },
  )
})

test("two files that tell of the same pages are refused by name", () => {
  const folder = newFolder()
  writer(folder).append(0, pagesAt(0, 5))
  writeFileSync(join(folder, "pages-0000000003.log"), "")
  expect(() => new PageLog(folder).next).toThrow(
    /pages-0000000000.log: .*same pages as .*0000000003/,
  )
})
