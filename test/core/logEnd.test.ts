import { describe, expect, test, vi } from "vitest"
import type { Memory } from "../../firmware/core/bytes"
import * as crc from "../../firmware/core/crc"
import { Log } from "../../firmware/core/log"
import { LogEnd } from "../../firmware/core/logEnd"
import * as format from "../../firmware/core/logFormat"
import { LOG_POINTERS_BYTES } from "../../firmware/core/logRing"
import { type Flash, FLASH_COMMAND_BYTES, PAGE_BYTES } from "../../firmware/core/ports"
import { NodeMemory } from "../../sim/memory"
import { Random } from "../../sim/random"
import { Chips, ChipsFram, SECTOR } from "./logBoard"

const SEED = 20_240_620
/** The reference board's flash. */
const RING = 65_536
const AT = FLASH_COMMAND_BYTES

vi.mock("../../firmware/core/crc", { spy: true })

/** A flash as it is when pages 0 to `next` − 1 were written, made up as it is read. */
class WrittenFlash implements Flash {
  reads = 0
  /** What became of some places. */
  readonly odd = new Map<number, (frame: Memory) => void>()

  constructor(private readonly next: number) {}

  isBusy(): boolean {
    return false
  }

  programPage(): void {}
  eraseSector(): void {}

  read(address: number, frame: Memory): void {
    this.reads++
    const place = address / PAGE_BYTES
    const sequence = this.sequenceAt(place)
    frame.fillAt(AT, PAGE_BYTES, 0xff)
    if (sequence >= 0) {
      frame[AT + format.AT_FORMAT] = format.LOG_FORMAT
      frame.setAt(AT + format.AT_SEQUENCE, "u32", sequence)
      frame.setAt(AT + format.AT_BOOT, "u32", (0xff000000 + (sequence % 0x1000000)) >>> 0)
      frame.setAt(AT + format.CRC_AT, "i32", crc.crc32(frame, AT, format.CRC_AT))
    }
    this.odd.get(place)?.(frame)
  }

  /** −1 for an erased page. */
  private sequenceAt(place: number): number {
    const begun = SECTOR * Math.ceil(this.next / SECTOR)
    const newest = begun - 1 - ((begun - 1 - place) % RING)
    return newest < this.next ? newest : -1
  }
}

/** Finds the end with a flash. */
function find(flash: WrittenFlash): { log: Log; end: LogEnd } {
  const fram = new ChipsFram(new Chips(1))
  const [pointers, frame] = [LOG_POINTERS_BYTES, AT + PAGE_BYTES].map(
    (bytes) => new NodeMemory(bytes),
  )
  const log = new Log(flash, RING, fram, pointers, frame, new NodeMemory(format.MAX_RECORD_BYTES))
  const end = new LogEnd(log)
  for (let steps = 0; !end.step(); steps++)
    if (steps > 300 || log.isFlashLost) throw new Error("the end is not found")
  return { log, end }
}

/** Anywhere in the ring's first rounds, and where it turns over. */
function nexts(random: Random, count: number): number[] {
  const edges = [1, 15, 16, 17, RING - 1, RING, RING + 1, RING + 16, 5 * RING, 5 * RING + 40]
  const anywhere = Array.from({ length: count }, () => 1 + (random.uint32() % (3 * RING)))
  return [...edges, ...anywhere]
}

describe("the log's end", () => {
  test(`is found wherever it is, with few reads (seed ${SEED})`, () => {
    const random = new Random(SEED)
    let most = 0
    for (const next of nexts(random, 300)) {
      const flash = new WrittenFlash(next)
      vi.mocked(crc.crcHolds).mockClear()
      const { log, end } = find(flash)
      expect([next, log.next, end.last]).toEqual([next, next, next - 1])
      expect(end.lastBoot).toBe((next - 1) % 0x1000000)
      const isErased = next % SECTOR !== 0
      expect(log.erasedSector).toBe(isErased ? Math.floor(next / SECTOR) : -1)
      expect(crc.crcHolds).toHaveBeenCalledTimes(2)
      most = Math.max(most, flash.reads)
    }
    // The first round's erased half takes four reads for each halving.
    expect(most).toBeGreaterThan(20)
    expect(most).toBeLessThanOrEqual(64)
  })

  test("an empty flash", () => {
    const flash = new WrittenFlash(0)
    const { log, end } = find(flash)
    expect([log.next, log.erasedSector, end.last, end.lastBoot]).toEqual([0, -1, -1, 0])
    expect(flash.reads).toBeLessThanOrEqual(64)
  })

  test(`is found among pages that are torn or worn out (seed ${SEED})`, () => {
    const random = new Random(SEED)
    for (const next of nexts(random, 300)) {
      const flash = new WrittenFlash(next)
      const spoil = (place: number) => {
        const bytes = random.uniform() < 0.5 ? 2 : PAGE_BYTES
        const bits = random.uint32() & 0xff
        flash.odd.set(place, (frame) => {
          if (bytes === 2) frame[AT + 6] |= bits | 1 // the round in its sequence number
          for (let i = 0; bytes > 2 && i < bytes; i++) frame[AT + i] |= bits | 1
        })
      }
      for (let i = 0; i < 2000; i++) spoil(random.uint32() % RING)
      // A worn first page of a few sectors near the ring's beginning and in its halves.
      for (const sector of [0, 1, 2048, 1024, 3072]) spoil(sector * SECTOR)
      const { log, end } = find(flash)
      // What is spoilt at the very end is passed over, or erased with its sector.
      expect(end.last).toBeLessThan(next)
      for (let page = end.last + 1; page < next; page++)
        expect(flash.odd.has(page % RING)).toBe(true)
      expect(log.next).toBeGreaterThan(end.last)
      if (log.erasedSector >= 0) expect(log.next).toBeGreaterThanOrEqual(next)
      else expect(log.next % SECTOR).toBe(0)
      expect(log.next).toBeLessThanOrEqual(SECTOR * (Math.floor(next / SECTOR) + 1))
    }
  })

  test("a page whose checksum does not hold is not the last, whatever its header says", () => {
    const flash = new WrittenFlash(100)
    flash.odd.set(99, (frame) => {
      frame[AT + format.AT_BOOT + 2] = 0x7f
    })
    const { log, end } = find(flash)
    expect([log.next, end.last, end.lastBoot]).toEqual([100, 98, 98])
  })

  test("old pages that an erase left whole are not the end, even where one seems new", () => {
    const flash = new WrittenFlash(RING + SECTOR)
    flash.odd.set(SECTOR, (frame) => {
      frame[AT + 6] |= 1 // the round in its sequence number
    })
    expect(find(flash).log.next).toBe(RING + SECTOR)
  })

  test("the ring's beginning being erased again, its end is the last page", () => {
    const flash = new WrittenFlash(RING)
    for (let place = 0; place < SECTOR; place++)
      flash.odd.set(place, (frame) => frame.fillAt(AT, PAGE_BYTES, 0xff))
    expect(find(flash).log.next).toBe(RING)
  })
})
