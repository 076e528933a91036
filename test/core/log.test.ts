import { crc32 } from "node:zlib"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Bytes } from "../../firmware/core/bytes"
import { Log } from "../../firmware/core/log"
import { LogPage } from "../../firmware/core/logPage"
import { type Flash, FLASH_COMMAND_BYTES, PAGE_BYTES } from "../../firmware/core/ports"
import { decodePage } from "../../host/log/page"
import { pagesOf } from "../../host/log/samples"
import { Random } from "../../sim/random"

const SEED = 20_240_508
/** Pages of the ring: four sectors. */
const RING = 64
const SECTOR = 16

/** One operation of the flash, with what power cuts around it leave. */
interface Operation {
  kind: "program" | "erase"
  /** First page and number of pages. */
  page: number
  count: number
  before: Uint8Array
  after: Uint8Array
}

/** NOR flash: programming clears bits, erasing sets a sector's, and while it is busy it does nothing else. */
class NorFlash implements Flash {
  /** Sees every operation just before it takes effect; may throw, as a power cut. */
  onOperation: (operation: Operation) => void = () => {}
  /** How many times in a row the flash says busy after an operation. */
  busyPolls = 0
  private polls = 0

  constructor(readonly memory: Uint8Array = new Uint8Array(RING * PAGE_BYTES).fill(0xff)) {}

  isBusy(): boolean {
    if (this.polls === 0) return false
    this.polls--
    return true
  }

  programPage(page: number, frame: Bytes): void {
    const after = this.memory.slice()
    const from = page * PAGE_BYTES
    for (let i = 0; i < PAGE_BYTES; i++) {
      if (after[from + i] !== 0xff) throw new Error(`page ${page} is programmed over old bytes`)
      after[from + i] &= frame[FLASH_COMMAND_BYTES + i]
    }
    this.operate({ kind: "program", page, count: 1, before: this.memory.slice(), after })
  }

  eraseSector(sector: number): void {
    const page = sector * SECTOR
    const after = this.memory.slice().fill(0xff, page * PAGE_BYTES, (page + SECTOR) * PAGE_BYTES)
    this.operate({ kind: "erase", page, count: SECTOR, before: this.memory.slice(), after })
  }

  read(address: number, frame: Bytes): void {
    if (this.polls > 0) throw new Error("read while busy")
    for (let i = 0; i < PAGE_BYTES; i++) frame[FLASH_COMMAND_BYTES + i] = this.memory[address + i]
  }

  private operate(operation: Operation): void {
    if (this.polls > 0) throw new Error(`${operation.kind} while busy`)
    if (operation.page < 0 || operation.page + operation.count > RING)
      throw new RangeError(`${operation.kind} of page ${operation.page}`)
    this.onOperation(operation)
    this.memory.set(operation.after)
    this.polls = this.busyPolls
  }
}

const frame = () => new Uint8Array(FLASH_COMMAND_BYTES + PAGE_BYTES)

function openLog(flash: NorFlash): Log {
  const log = new Log(flash, RING, frame())
  log.recover()
  return log
}

/** Pages wait in memory for the flash, as a channel's two do. */
const buffers = [new LogPage(frame()), new LogPage(frame())]

/** A page whose records tell its number. */
function fill(page: LogPage, number: number): LogPage {
  page.open(number % 4, number, 0, 0, 0, 0, 0)
  page.event(3, number)
  page.byte(0)
  return page
}

/** Writes pages numbered `from` on, one or two at a time, each to the end. */
function write(log: Log, from: number, count: number, together = 1): void {
  for (let number = from; number < from + count; number += together) {
    for (let i = 0; i < Math.min(together, from + count - number); i++)
      log.append(fill(buffers[i], number + i))
    settle(log)
  }
}

function settle(log: Log): void {
  for (let calls = 0; !log.isIdle(); calls++) {
    if (calls > 100) throw new Error("the log does not come to rest")
    log.now_ms = calls
    log.service()
  }
}

/**
 * What each whole page holds, by its sequence number; offsets as LOG_FORMAT.md tells them. Throws where a
 * page is out of its place.
 */
function wholePages(memory: Uint8Array): Map<number, number> {
  const pages = new Map<number, number>()
  const view = new DataView(memory.buffer)
  for (let at = 0; at < memory.length; at += PAGE_BYTES) {
    if (memory[at] !== 0xcc) continue
    if (crc32(memory.subarray(at, at + 252)) !== view.getUint32(at + 252, true)) continue
    const sequence = view.getUint32(at + 4, true)
    if ((sequence % RING) * PAGE_BYTES !== at) throw new Error(`page ${sequence} lies at ${at}`)
    pages.set(sequence, view.getUint16(at + 24, true))
  }
  return pages
}

const sectorOf = (sequence: number) => Math.floor(sequence / SECTOR)

/** What must hold of a log that was just opened. */
function check(log: Log, memory: Uint8Array): void {
  const whole = wholePages(memory)
  expect(log.next % SECTOR).toBe(0)
  expect(log.next - log.first).toBeLessThanOrEqual(RING - SECTOR)
  for (const sequence of whole.keys()) {
    expect(sequence).toBeLessThan(log.next)
    // What is claimed no more lies in the sector that is erased next; all else is kept.
    if (sequence < log.first)
      expect(sectorOf(sequence) % (RING / SECTOR)).toBe(sectorOf(log.next) % (RING / SECTOR))
  }
  const last = Math.max(-1, ...whole.keys())
  expect(log.next - last).toBeLessThanOrEqual(SECTOR)
}

/** Cuts the power in an operation: only some of its bits have changed. */
function torn({ before, after }: Operation, random: Random, progress: number): Uint8Array {
  return before.map((old, i) => {
    let changes = old ^ after[i]
    if (changes === 0) return old
    for (let bit = 1; bit < 256; bit <<= 1) if (random.uniform() >= progress) changes &= ~bit
    return old ^ changes
  })
}

describe("Log", () => {
  test("an empty flash begins at page 0, in an erased sector", () => {
    const flash = new NorFlash()
    const kinds: string[] = []
    flash.onOperation = ({ kind, page }) => kinds.push(`${kind} ${page}`)
    const log = openLog(flash)
    expect([log.first, log.next]).toEqual([0, 0])
    write(log, 0, 2)
    expect(kinds).toEqual(["erase 0", "program 0", "program 1"])
    expect([log.first, log.next]).toEqual([0, 2])
  })

  test("sequence numbers go on after a recovery, in the next sector", () => {
    const flash = new NorFlash()
    write(openLog(flash), 0, 5)
    const log = openLog(flash)
    expect([log.first, log.next]).toEqual([0, 16])
    write(log, 5, 1)
    expect([...wholePages(flash.memory)]).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
      [16, 5],
    ])
    const { pages, unreadable } = pagesOf(flash.memory.subarray(0, 17 * PAGE_BYTES))
    expect(pages).toHaveLength(6)
    expect(unreadable).toBe(0)
  })

  test("starts without a page written stay where they are", () => {
    const flash = new NorFlash()
    write(openLog(flash), 0, 20)
    for (let start = 0; start < 10; start++) {
      const log = openLog(flash)
      settle(log)
      log.now_ms = 0
      log.service()
      expect(log.next).toBe(32)
    }
  })

  test("round the ring: what is claimed is there, all of it, to the last page", () => {
    const flash = new NorFlash()
    const log = openLog(flash)
    for (let number = 0; number < 3 * RING; number++) {
      write(log, number, 1)
      expect(log.next).toBe(number + 1)
      expect(log.first).toBe(Math.max(0, SECTOR * (sectorOf(number) + 1) - RING))
      const whole = wholePages(flash.memory)
      expect(whole.size).toBe(log.next - log.first)
      for (const [sequence, content] of whole) expect(content).toBe(sequence)
      check(openLog(flash), flash.memory)
    }
  })

  test("two pages wait while the flash is busy, and keep their order", () => {
    const flash = new NorFlash()
    flash.busyPolls = 4 // an erase of 400 ms at four channels' periods
    const log = openLog(flash)
    const [a, b] = [fill(buffers[0], 7), fill(buffers[1], 8)]
    log.append(a)
    log.append(b)
    const queued: string[] = []
    for (let period = 0; !log.isIdle() && period < 50; period++) {
      queued.push([a, b].map((page) => (log.isQueued(page) ? "q" : "-")).join(""))
      log.now_ms = 100 * period
      log.service()
    }
    expect([...new Set(queued)]).toEqual(["qq", "-q", "--"])
    expect([...wholePages(flash.memory)]).toEqual([
      [0, 7],
      [1, 8],
    ])
  })

  test("pages carry the boot count and the time at which they were closed", () => {
    const flash = new NorFlash()
    const log = openLog(flash)
    log.boot = 12
    log.now_ms = 4_294_967_396
    log.service()
    log.append(fill(buffers[0], 1))
    settle(log)
    const page = decodePage(flash.memory.subarray(0, PAGE_BYTES))
    expect([page.boot, page.boardTime_ms]).toEqual([12, 4_294_967_396])
  })
})

/** All operations of a log that is written round the ring, two pages at a time, over a slow flash. */
function operationsOf(pages: number): Operation[] {
  const flash = new NorFlash()
  flash.busyPolls = 3
  const operations: Operation[] = []
  flash.onOperation = (operation) => {
    if (operation.kind === "erase") {
      // Only the oldest pages may go.
      const kept = [...wholePages(operation.after).keys()]
      const gone = [...wholePages(operation.before).keys()].filter((page) => !kept.includes(page))
      if (gone.length > 0) expect(Math.max(...gone)).toBeLessThan(Math.min(...kept))
    }
    operations.push(operation)
  }
  write(openLog(flash), 0, pages, 2)
  return operations
}

describe("a power cut", () => {
  const operations = operationsOf(2 * RING)
  const random = new Random(SEED)

  test.each([
    ["before", (operation: Operation) => operation.before],
    ["after", (operation: Operation) => operation.after],
    ["early in", (operation: Operation) => torn(operation, random, 0.05)],
    ["in the middle of", (operation: Operation) => torn(operation, random, 0.5)],
    ["late in", (operation: Operation) => torn(operation, random, 0.999)],
  ])(`%s any operation loses no whole page (seed ${SEED})`, (_, leave) => {
    expect(operations.length).toBe(2 * RING + 2 * (RING / SECTOR))
    for (const operation of operations) {
      const flash = new NorFlash(leave(operation).slice())
      const before = wholePages(flash.memory)
      const log = openLog(flash)
      check(log, flash.memory)
      write(log, 1000, 3, 2)
      const now = wholePages(flash.memory)
      const kept = [...before].filter(([sequence]) => sequence >= log.first)
      expect(kept.filter(([sequence, number]) => now.get(sequence) !== number)).toEqual([])
      expect([3, 2, 1].map((back) => now.get(log.next - back))).toEqual([1000, 1001, 1002])
    }
  })

  test(`any number of them, in a row, lose no whole page (seed ${SEED})`, () => {
    const lives = fc.array(
      fc.record({
        operations: fc.integer({ min: 0, max: 90 }),
        progress: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(lives, fc.nat(), (cuts, seed) => {
        const random = new Random(seed)
        let memory: Uint8Array | undefined
        let number = 0
        const cut = new Error("power cut")
        for (const { operations: survived, progress } of cuts) {
          const flash = new NorFlash(memory)
          flash.busyPolls = random.uint32() % 3
          const log = openLog(flash)
          check(log, flash.memory)
          const before = wholePages(flash.memory)
          let left = survived
          flash.onOperation = (operation) => {
            if (left-- > 0) return
            memory = torn(operation, random, progress)
            throw cut
          }
          try {
            for (;;) {
              write(log, number, 2, 2)
              number += 2
            }
          } catch (error) {
            if (error !== cut) throw error
          }
          const now = wholePages(memory as Uint8Array)
          const kept = [...before].filter(([sequence]) => sequence >= log.first)
          expect(kept.filter(([sequence, number]) => now.get(sequence) !== number)).toEqual([])
        }
      }),
      { seed: SEED, numRuns: 60 },
    )
  })
})
