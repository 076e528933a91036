import { PAGE_BYTES } from "../log/page"
import { ENTRY_BYTES, entryHolds, PAGE_AT, pageOf } from "./entry"
import { readRepairs } from "./repairs"
import { listSegments, readEntries, type Segment } from "./segment"

/** About a megabyte: large reads are what makes a long log quick. */
const BLOCK_ENTRIES = 4096

/** Pages as they lie in the store. */
export interface Block {
  /** Sequence number of the first. */
  readonly first: number
  readonly count: number
  /** `ENTRY_BYTES` each; of damaged ones that were fetched again, the good page. */
  readonly entries: Buffer
}

/** Pages `first` to `next` − 1. */
export interface Range {
  readonly first: number
  readonly next: number
}

/** What of a log is not as it was written. */
export interface Damage {
  readonly path: string
  readonly sequence: number
}

/**
 * The pages of one log of a board in a folder, for reading: as they are at each call, while another process
 * may be adding some.
 */
export class PageLog {
  constructor(readonly folder: string) {}

  segments(): Segment[] {
    return listSegments(this.folder)
  }

  /** Sequence number of the page to come; 0 while there is none. */
  get next(): number {
    const last = this.segments().at(-1)
    return last === undefined ? 0 : last.first + last.count
  }

  /** Pages that are here, each stretch without a gap. */
  stretches(): Range[] {
    const stretches: Range[] = []
    for (const { first, count } of this.segments()) {
      const last = stretches.at(-1)
      if (last?.next === first) stretches[stretches.length - 1] = { ...last, next: first + count }
      else if (count > 0) stretches.push({ first, next: first + count })
    }
    return stretches
  }

  /** Pages between the first and the last that the board overwrote before any host here fetched them. */
  gaps(): Range[] {
    const stretches = this.stretches()
    return stretches.slice(1).map(({ first }, i) => ({ first: stretches[i].next, next: first }))
  }

  /** All pages of a range that are here, as they came, some thousands at once. */
  *blocks(from = 0, to = Number.POSITIVE_INFINITY): Generator<Block> {
    const repairs = readRepairs(this.folder)
    for (const { first, entries } of this.read(from, to)) {
      const count = entries.length / ENTRY_BYTES
      for (const [sequence, page] of repairs)
        if (sequence >= first && sequence < first + count)
          entries.set(page, (sequence - first) * ENTRY_BYTES + PAGE_AT)
      yield { first, count, entries }
    }
  }

  /** Pages of a range, 256 bytes each, as they came: whole, torn or blank. */
  *pages(from?: number, to?: number): Generator<Uint8Array> {
    for (const { entries } of this.blocks(from, to))
      for (let at = 0; at < entries.length; at += ENTRY_BYTES) yield pageOf(entries, at)
  }

  /** One page as it came; undefined when it is not here. */
  page(sequence: number): Uint8Array | undefined {
    for (const page of this.pages(sequence, sequence + 1)) return page
    return undefined
  }

  /** Reads a range, and gives what is no longer as it was written and was not fetched again. */
  *verify(from = 0, to = Number.POSITIVE_INFINITY): Generator<Damage> {
    const repaired = readRepairs(this.folder)
    for (const { path, first, entries } of this.read(from, to))
      for (let i = 0; i * ENTRY_BYTES < entries.length; i++) {
        const sequence = first + i
        if (!entryHolds(entries, i * ENTRY_BYTES, sequence) && !repaired.has(sequence))
          yield { path, sequence }
      }
  }

  private *read(
    from: number,
    to: number,
  ): Generator<{ path: string; first: number; entries: Buffer }> {
    for (const segment of this.segments()) {
      const end = Math.min(segment.count, to - segment.first)
      for (let at = Math.max(0, from - segment.first); at < end; at += BLOCK_ENTRIES) {
        const entries = readEntries(segment, at, Math.min(BLOCK_ENTRIES, end - at))
        yield { path: segment.path, first: segment.first + at, entries }
      }
    }
  }

  get bytes(): number {
    return this.segments().reduce((sum, { count }) => sum + count * PAGE_BYTES, 0)
  }

  get isEmpty(): boolean {
    return this.segments().every(({ count }) => count === 0)
  }
}
