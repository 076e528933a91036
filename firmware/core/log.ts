import { type Bytes, getUint } from "./bytes"
import { crcHolds } from "./crc"
import * as format from "./logFormat"
import type { LogPage } from "./logPage"
import { type Flash, FLASH_COMMAND_BYTES, PAGE_BYTES, PAGES_PER_SECTOR } from "./ports"

/**
 * The ring of pages in flash. A page's sequence number counts all pages ever written, so its place is
 * that number modulo the ring and its order is never in doubt. Pages queue here while the flash is busy,
 * which is longest when a sector is erased as the first page for it comes.
 */
export class Log {
  /** Whether `service` has anything to do. */
  hasWork = true
  /** Board time and boot count, for the pages' headers. */
  now_ms = 0
  boot = 0
  /** Sequence number of the page that will be written next, and of the oldest in flash. */
  next = 0
  first = 0
  private readonly queue: LogPage[] = []
  private erasedSector = -1
  private readonly header: Bytes

  constructor(
    private readonly flash: Flash,
    private readonly pages: number,
    /** A page's worth of memory for reading. */
    frame: Bytes,
  ) {
    this.header = frame
  }

  /** Finds the end of the log after a start: the valid page with the highest sequence number. */
  recover(): void {
    const sectors = this.pages / PAGES_PER_SECTOR
    // Sequence numbers rise along the ring but for one step down, so a binary search over the sectors'
    // first pages finds it; one that was torn or is being erased counts as not written.
    let low = 0
    let high = sectors
    const base = this.sequenceAt(0)
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      const sequence = this.sequenceAt(middle * PAGES_PER_SECTOR)
      if (sequence >= 0 && sequence >= base) low = middle
      else high = middle
    }
    let last = -1
    for (let i = 0; i < PAGES_PER_SECTOR; ++i) {
      const sequence = this.sequenceAt(low * PAGES_PER_SECTOR + i)
      if (sequence > last) last = sequence
    }
    // Whatever follows in that sector may be torn: go on in the next one, erased first.
    this.next = last < 0 ? 0 : (Math.floor(last / PAGES_PER_SECTOR) + 1) * PAGES_PER_SECTOR
    this.erasedSector = -1
    this.dropOverwritten()
  }

  /** Queues a full page. Its memory must not be used before `isQueued` is false. */
  append(page: LogPage): void {
    page.close(this.next + this.queue.length, this.boot, this.now_ms)
    this.queue.push(page)
    this.hasWork = true
  }

  isQueued(page: LogPage): boolean {
    return this.queue.indexOf(page) >= 0
  }

  /** Moves one step: call it every control period while `hasWork`. */
  service(): void {
    if (this.queue.length === 0 && this.erasedSector >= 0) {
      this.hasWork = false
      return
    }
    const sector = Math.floor(this.next / PAGES_PER_SECTOR)
    if (this.flash.isBusy()) return
    if (sector !== this.erasedSector) {
      this.flash.eraseSector(sector % (this.pages / PAGES_PER_SECTOR))
      this.erasedSector = sector
      this.dropOverwritten()
      return
    }
    const page = this.queue.shift()
    if (page === undefined) return
    this.flash.programPage(this.next % this.pages, page.frame)
    this.next = this.next + 1
  }

  /** True when everything queued is in flash. */
  isIdle(): boolean {
    return this.queue.length === 0 && !this.flash.isBusy()
  }

  private dropOverwritten(): void {
    const sector = Math.floor(this.next / PAGES_PER_SECTOR)
    const oldest = sector * PAGES_PER_SECTOR + PAGES_PER_SECTOR - this.pages
    if (oldest > this.first) this.first = oldest
    if (this.first < 0) this.first = 0
  }

  /** Sequence number of the valid page at a place of the ring, or −1. */
  private sequenceAt(place: number): number {
    this.flash.read(place * PAGE_BYTES, this.header)
    const at = FLASH_COMMAND_BYTES
    if (this.header[at] !== format.LOG_MAGIC || !crcHolds(this.header, at, format.CRC_AT)) return -1
    return getUint(this.header, at + format.AT_SEQUENCE, 4)
  }
}
