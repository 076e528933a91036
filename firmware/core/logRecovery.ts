import type { Memory } from "./bytes"
import type { Log } from "./log"
import { bootOf, isWhole, LogEnd, sequenceAt } from "./logEnd"
import * as format from "./logFormat"
import { FLASH_COMMAND_BYTES } from "./ports"

/** A page's first byte in its frame. */
const AT = FLASH_COMMAND_BYTES
/** How often FRAM is asked for a slot. */
const TRIES = 3

// What `step` does next.
const FIND_END = 0
const RESTORE = 1
const COMPARE = 2
const WRITE = 3
const DONE = 4

/**
 * After a start: finds the log's end, then writes to flash what FRAM holds that the flash has not. A cut at
 * any moment, this time's too, leaves every page in FRAM until it is in flash.
 */
export class LogRecovery {
  private stage = FIND_END
  private readonly end: LogEnd
  /** Which page of the log, or how many before its last, comes next. */
  private index = 0
  private tries = 0
  /** What the slot of each of the log's pages held: 1 a page, 0 none, −1 it cannot be read. */
  private readonly found: number[] = []
  /** The flash has ended what it was at when the start came; until `WRITE` nothing new is asked of it. */
  private isIdle = false

  constructor(private readonly log: Log) {
    this.end = new LogEnd(log)
  }

  /** Boot count of the newest page in flash, once that is found; 0 when there is none. */
  lastBoot(): number {
    return this.end.lastBoot
  }

  /**
   * Moves on by a few reads or one checksum. To be called every millisecond or so until it says true: the
   * flash may still be busy with what it did before the start.
   * @returns true when the log can be written, or the flash is lost
   */
  step(now_ms: number): boolean {
    const log = this.log
    log.now_ms = now_ms
    if (this.stage === DONE) return true
    if (log.isFlashLost) {
      this.giveUp()
      return true
    }
    if (this.stage === WRITE) {
      log.service()
      if (log.queue.length === 0 || log.isBlocked || this.hasRoom()) this.stage = DONE
    } else if (!this.isIdle) this.isIdle = !log.isBusy()
    else if (this.stage === FIND_END) {
      if (this.end.step()) {
        log.loadPointers()
        this.stage = RESTORE
      }
    } else if (this.stage === RESTORE) this.restore()
    else this.compare()
    return this.stage === DONE
  }

  /** Takes one page back from FRAM. */
  private restore(): void {
    const pages = this.log.pages
    if (this.index === pages.length) {
      this.index = 0
      this.stage = COMPARE
      return
    }
    const found = pages[this.index].restore()
    this.tries = found < 0 ? this.tries + 1 : 0
    if (this.tries > 0 && this.tries < TRIES) return
    if (found < 0) this.log.isMemoryLost = true
    this.tries = 0
    this.found.push(found)
    this.index = this.index + 1
  }

  /**
   * A page that had reached flash when the power went, but not left FRAM, is not written again. It is the
   * last one or, if FRAM did not answer for a while, one of those before.
   */
  private compare(): void {
    const log = this.log
    const pages = log.pages
    const sequence = this.end.last - this.index
    if (this.found.indexOf(1) < 0 || this.index === pages.length || sequence < log.first) {
      this.enqueue()
      return
    }
    this.index = this.index + 1
    if (sequenceAt(log, sequence % log.ringPages) !== sequence) return
    for (let i = 0; i < pages.length; ++i) {
      const page = pages[i]
      if (this.found[i] !== 1 || !hasSameHeader(page.frame, log.frame) || !isWhole(log)) continue
      this.found[i] = 0
      if (!page.emptySlot()) log.isMemoryLost = true
    }
  }

  /** Without its flash the log takes nothing: what FRAM holds is for the next start. */
  private giveUp(): void {
    const pages = this.log.pages
    for (let i = 0; i < pages.length; ++i) pages[i].isQueued = true
    this.stage = DONE
  }

  /** Queues what is left, each recorder's older page first. */
  private enqueue(): void {
    const pages = this.log.pages
    for (let i = 0; i + 1 < pages.length; i = i + 2) {
      const swaps = isOlder(pages[i + 1].frame, pages[i].frame)
      this.enqueuePage(swaps ? i + 1 : i)
      this.enqueuePage(swaps ? i : i + 1)
    }
    this.stage = WRITE
  }

  /**
   * Whether each recorder has a page to write to: the others reach flash by and by, while the tests go on. They stay
   * in FRAM until then.
   */
  private hasRoom(): boolean {
    const pages = this.log.pages
    for (let i = 0; i + 1 < pages.length; i = i + 2)
      if (pages[i].isQueued && pages[i + 1].isQueued) return false
    return true
  }

  private enqueuePage(index: number): void {
    const page = this.log.pages[index]
    if (this.found[index] > 0) this.log.append(page)
    // What cannot be read must not be written over, either: the next start may read it.
    else if (this.found[index] < 0) page.isQueued = true
  }
}

/** Whether two frames are the same page of one channel: all that its header says but place and length. */
function hasSameHeader(one: Memory, other: Memory): boolean {
  if (one[AT + format.AT_CHANNEL] !== other[AT + format.AT_CHANNEL]) return false
  for (let at = AT + format.AT_BOOT; at < AT + format.RECORDS_AT; at = at + 4)
    if (one.getAt(at, "i32") !== other.getAt(at, "i32")) return false
  return true
}

/** Whether the one of two pages of a channel was opened before the other. */
function isOlder(one: Memory, other: Memory): boolean {
  const boot = bootOf(one)
  const otherBoot = bootOf(other)
  if (boot !== otherBoot) return boot < otherBoot
  const ahead = (other[AT + format.AT_CHANNEL] >> 4) - (one[AT + format.AT_CHANNEL] >> 4)
  const numbers = format.PAGE_NUMBERS
  return (ahead + numbers) % numbers < numbers / 2
}
