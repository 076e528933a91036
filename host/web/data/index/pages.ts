import { ENTRY_BYTES, pageOf } from "../../../store/entry"
import type { PageLog } from "../../../store/pageLog"
import { readRepairs } from "../../../store/repairs"
import { readEntries, type Segment } from "../../../store/segment"

/** Read at once: those after a page are often wanted next, and cost little. */
const ENTRIES = 64

/** Gives pages of a log that are known to be there, 256 bytes each. */
export interface PageSource {
  /** The next call may overwrite what it gives. */
  page(sequence: number): Uint8Array
}

/** Single pages of a log that are known to be there, as the log is now. For a short time: it may grow meanwhile. */
export class Pages implements PageSource {
  private readonly segments: Segment[]
  private readonly repairs: Map<number, Uint8Array>
  private entries: Buffer = Buffer.alloc(0)
  /** Sequence number of the first page in `entries`. */
  private first = 0

  constructor(log: PageLog) {
    this.segments = log.segments()
    this.repairs = readRepairs(log.folder)
  }

  page(sequence: number): Uint8Array {
    const repaired = this.repairs.get(sequence)
    if (repaired !== undefined) return repaired
    const isHere =
      sequence >= this.first && sequence < this.first + this.entries.length / ENTRY_BYTES
    if (!isHere) this.read(sequence)
    return pageOf(this.entries, (sequence - this.first) * ENTRY_BYTES)
  }

  private read(sequence: number): void {
    const segment = this.segments.find(
      ({ first, count }) => sequence >= first && sequence < first + count,
    )
    if (segment === undefined)
      throw new Error(`Page ${sequence} has gone from ${this.segments[0]?.path}.`)
    const at = sequence - segment.first
    this.entries = readEntries(segment, at, Math.min(ENTRIES, segment.count - at))
    this.first = sequence
  }
}
