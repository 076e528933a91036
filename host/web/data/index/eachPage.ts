import { closeSync, openSync, readSync } from "node:fs"
import { ENTRY_BYTES, pageOf } from "../../../store/entry"
import type { PageLog } from "../../../store/pageLog"
import { readRepairs } from "../../../store/repairs"
import type { Segment } from "../../../store/segment"
import { diskError } from "../../../store/storeError"

/** About a megabyte: large reads are what makes a long log quick. */
const BLOCK_ENTRIES = 4096

export interface PageVisitor {
  /** A page as it came: whole, torn or blank. Its bytes are others' after that. */
  page(page: Buffer, sequence: number): void
  /** Pages up to below `next` have been read. */
  block(next: number): void
}

/**
 * Reads pages `from` to `to` − 1 of a log, those that are there. All of them pass through the same memory, without an
 * object for each: half a million buffers would take longer to make and to clear away than to fill.
 */
export function eachPage(log: PageLog, from: number, to: number, visitor: PageVisitor): void {
  const repairs = readRepairs(log.folder)
  const block = new Block(Math.min(BLOCK_ENTRIES, to - from))
  for (const segment of log.segments()) {
    const end = Math.min(segment.count, to - segment.first)
    for (let at = Math.max(0, from - segment.first); at < end; ) {
      const count = block.read(segment, at, end - at)
      if (count === 0) break
      const first = segment.first + at
      for (let i = 0; i < count; i++) {
        const repaired = repairs.size === 0 ? undefined : repairs.get(first + i)
        visitor.page(repaired === undefined ? block.pages[i] : Buffer.from(repaired), first + i)
      }
      at += count
      visitor.block(segment.first + at)
    }
  }
}

/** Entries that follow each other, and the page of each. */
class Block {
  readonly pages: Buffer[]
  private readonly entries: Buffer

  constructor(count: number) {
    this.entries = Buffer.allocUnsafeSlow(count * ENTRY_BYTES)
    this.pages = Array.from(
      { length: count },
      (_, i) => pageOf(this.entries, i * ENTRY_BYTES) as Buffer,
    )
  }

  /** @returns how many it has read: not more than there is room for */
  read({ path }: Segment, at: number, count: number): number {
    const bytes = Math.min(this.entries.length, count * ENTRY_BYTES)
    try {
      const file = openSync(path, "r")
      try {
        return Math.floor(readSync(file, this.entries, 0, bytes, at * ENTRY_BYTES) / ENTRY_BYTES)
      } finally {
        closeSync(file)
      }
    } catch (error) {
      throw diskError(error, path)
    }
  }
}
