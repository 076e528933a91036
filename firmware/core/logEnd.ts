import type { Memory } from "./bytes"
import { crcHolds } from "./crc"
import type { Log } from "./log"
import * as format from "./logFormat"
import { FLASH_COMMAND_BYTES, PAGE_BYTES, PAGES_PER_SECTOR } from "./ports"

/** A page's first byte in its frame. */
const AT = FLASH_COMMAND_BYTES
/** So many pages of a sector, and sectors in a row, are tried before they count as unreadable. */
const TRIED_PAGES = 2
const TRIED_SECTORS = 2
/** Sectors at the ring's beginning in which a whole page must be if there is any. */
const FIRST_SECTORS = 4

// What `step` does next.
const FIND_ROUND = 0
const FIND_SECTOR = 1
const FIND_LAST = 2
const FIND_BLANK = 3
const FOUND = 4

/**
 * Finds the log's end in flash.
 *
 * Sequence numbers rise along the ring but for one fall, at its end, so that a binary search over sectors
 * finds it. Headers are enough there: a sector's first page is whole, or the sector is the last one.
 * Checksums, which take most time, are made of the ring's first page and of candidates for the last.
 */
export class LogEnd {
  /** Sequence number and boot count of the newest whole page; −1 and 0 when there is none. */
  last = -1
  lastBoot = 0
  private stage = FIND_ROUND
  private sector = 0
  private page = 0
  /** First sequence number of the ring's newest round. */
  private round = 0
  /** The newest sector lies at or above `low` and below `high`. */
  private low = 0
  private high = 0

  constructor(private readonly log: Log) {}

  /**
   * Moves on by a few page reads or one checksum; the flash must not be busy.
   * @returns true when the log's `next` is known
   */
  step(): boolean {
    if (this.stage === FIND_ROUND) this.findRound()
    else if (this.stage === FIND_SECTOR) this.findSector()
    else if (this.stage === FIND_LAST) this.findLast()
    else if (this.stage === FIND_BLANK) this.findBlank()
    return this.stage === FOUND
  }

  /** A whole page at the ring's beginning tells how often the log has been round it. */
  private findRound(): void {
    const sectors = this.log.ringPages / PAGES_PER_SECTOR
    const sequence = sequenceAt(this.log, this.sector * PAGES_PER_SECTOR + this.page)
    if (sequence >= 0 && isWhole(this.log)) {
      this.round = sequence - (sequence % this.log.ringPages)
      this.low = this.sector
      this.high = sectors
      this.stage = FIND_SECTOR
      return
    }
    this.page = this.page + 1
    if (this.page < PAGES_PER_SECTOR) return
    this.page = 0
    this.sector = this.sector + 1
    if (this.sector < FIRST_SECTORS && this.sector < sectors) return
    this.end(0, false)
  }

  /** Halves the stretch in which the newest sector lies. */
  private findSector(): void {
    if (this.high - this.low <= 1) {
      this.page = PAGES_PER_SECTOR
      this.stage = FIND_LAST
      return
    }
    const middle = Math.floor((this.low + this.high) / 2)
    for (let i = 0; i < TRIED_SECTORS && middle + i < this.high; ++i)
      for (let j = 0; j < TRIED_PAGES; ++j) {
        const sequence = sequenceAt(this.log, (middle + i) * PAGES_PER_SECTOR + j)
        // Whatever is neither of this round nor of the one before was torn.
        if (sequence < this.round - this.log.ringPages) continue
        if (sequence < 0 || sequence >= this.round + this.log.ringPages) continue
        if (sequence >= this.round) this.low = middle + i
        else this.high = middle
        return
      }
    this.high = middle
  }

  /** The last whole page: what follows it was torn by a cut. */
  private findLast(): void {
    this.page = this.page - 1
    if (this.page < 0) {
      this.page = PAGES_PER_SECTOR - 1
      this.low = this.low - 1
    }
    // The page that told the round cannot be found again.
    if (this.low < 0) {
      this.log.isFlashLost = true
      return
    }
    const sequence = sequenceAt(this.log, this.low * PAGES_PER_SECTOR + this.page)
    if (sequence < this.round || sequence >= this.round + this.log.ringPages) return
    if (!isWhole(this.log)) return
    this.last = sequence
    this.lastBoot = bootOf(this.log.frame)
    this.page = sequence
    this.stage = FIND_BLANK
  }

  /** The log goes on at the first erased page behind it, or in the next sector. */
  private findBlank(): void {
    this.page = this.page + 1
    if (this.page % PAGES_PER_SECTOR === 0) {
      this.end(this.page, false)
      return
    }
    this.log.readPage(this.page)
    if (isBlank(this.log.frame)) this.end(this.page, true)
  }

  private end(next: number, isErased: boolean): void {
    this.log.next = next
    this.log.erasedSector = isErased ? Math.floor(next / PAGES_PER_SECTOR) : -1
    this.stage = FOUND
  }
}

/** Reads a place of the ring. @returns the sequence number that its header tells, −1 when it tells none */
export function sequenceAt(log: Log, place: number): number {
  log.readPage(place)
  if (log.frame[AT + format.AT_FORMAT] !== format.LOG_FORMAT) return -1
  const sequence = log.frame.getAt(AT + format.AT_SEQUENCE, "u32")
  return sequence % log.ringPages === place ? sequence : -1
}

/** Whether the page that was read last is whole. */
export function isWhole(log: Log): boolean {
  return crcHolds(log.frame, AT, format.CRC_AT)
}

export function bootOf(frame: Memory): number {
  const at = AT + format.AT_BOOT
  return frame.getAt(at, "u16") + frame[at + 2] * 65536
}

function isBlank(frame: Memory): boolean {
  for (let at = AT; at < AT + PAGE_BYTES; at = at + 4)
    if (frame.getAt(at, "i32") !== -1) return false
  return true
}
