import type { Memory } from "./bytes"
import type { LogPage } from "./logPage"
import { LogRing } from "./logRing"
import { type Flash, FLASH_COMMAND_BYTES, type Fram, PAGE_BYTES, PAGES_PER_SECTOR } from "./ports"

/** An erase takes 400 ms at most: a flash that is busy for longer than this is lost. */
const PATIENCE_ms = 2000
/** How often in a row a page may read back other than it was written, and FRAM not take an empty slot. */
const FAILED_PAGES = 16
const FAILED_WRITES = 10

/** What the queue's first page waits for: its place, the flash, or its slot. */
const PREPARING = 0
const PROGRAMMING = 1
const EMPTYING = 2

/**
 * The log in flash. Pages queue here, in memory and in their slots of FRAM. One at a time is programmed and
 * read back, and only then its slot is emptied. A sector is erased when the first page for it comes.
 */
export class Log extends LogRing {
  /** Whether `service` has anything to do. */
  hasWork = false
  /** Board time and boot count, for the pages' headers. */
  now_ms = 0
  boot = 0
  /** FRAM does not take what is recorded: a power cut would lose it. */
  isMemoryLost = false
  /** The flash is busy without end, or keeps nothing. What FRAM holds waits there for the next start. */
  isFlashLost = false
  /** Pages wait because the next sector must not be erased. */
  isBlocked = false
  /** All pages that recorders fill, each recorder's two in a row. */
  readonly pages: LogPage[] = []
  readonly queue: LogPage[] = []
  private stage = PREPARING
  private failedPages = 0
  private failedWrites = 0
  private busySince_ms = -1

  constructor(
    private readonly flash: Flash,
    ringPages: number,
    fram: Fram,
    /** Memory of `LOG_POINTERS_BYTES`. */
    pointers: Memory,
    /** A page's frame, to read to. */
    readonly frame: Memory,
    /** Memory of `MAX_RECORD_BYTES`, in which every record is made. */
    readonly record: Memory,
  ) {
    super(ringPages, fram, pointers)
  }

  /** Queues a page. It must not be used before `isQueued` is false. */
  append(page: LogPage): void {
    page.isOpen = false
    page.isQueued = true
    this.queue.push(page)
    this.hasWork = true
  }

  /** Moves one step, which takes no longer than a page's checksum: call it every control period. */
  service(): void {
    if (this.queue.length === 0 || this.isFlashLost) {
      this.hasWork = false
      return
    }
    const page = this.queue[0]
    if (this.stage === EMPTYING) this.empty(page)
    else if (this.stage === PROGRAMMING) this.check(page)
    else this.prepare(page)
  }

  /** Whether the flash is at work, and `isFlashLost` when that takes too long. */
  isBusy(): boolean {
    if (!this.flash.isBusy()) {
      this.busySince_ms = -1
      return false
    }
    if (this.busySince_ms < 0) this.busySince_ms = this.now_ms
    else if (this.now_ms - this.busySince_ms > PATIENCE_ms) this.isFlashLost = true
    return true
  }

  /** Reads the page that lies in a sequence number's place to `frame`. */
  readPage(sequence: number): void {
    this.flash.read((sequence % this.ringPages) * PAGE_BYTES, this.frame)
  }

  /** Erases, seals, programs: in this order, so that the checksum is made while the flash erases. */
  private prepare(page: LogPage): void {
    const sector = Math.floor(this.next / PAGES_PER_SECTOR)
    if (sector !== this.erasedSector) {
      this.isBlocked = !this.mayErase(sector)
      if (this.isBlocked || this.isBusy()) return
      this.flash.eraseSector(sector % (this.ringPages / PAGES_PER_SECTOR))
      this.erasedSector = sector
      this.look()
    } else if (page.sequence !== this.next) page.seal(this.next)
    else if (!this.isBusy()) {
      this.flash.programPage(this.next % this.ringPages, page.frame)
      this.stage = PROGRAMMING
    }
  }

  /** The page must read back as it was written, or it is tried in the next place. */
  private check(page: LogPage): void {
    if (this.isBusy()) return
    this.readPage(this.next)
    this.next = this.next + 1
    this.look()
    if (isEqual(this.frame, page.frame)) {
      this.failedPages = 0
      this.stage = EMPTYING
      this.empty(page)
    } else {
      this.failedPages = this.failedPages + 1
      this.isFlashLost = this.failedPages >= FAILED_PAGES
      this.stage = PREPARING
    }
  }

  private empty(page: LogPage): void {
    if (!page.emptySlot()) {
      this.failedWrites = this.failedWrites + 1
      if (this.failedWrites < FAILED_WRITES) return
      this.isMemoryLost = true
    }
    this.failedWrites = 0
    this.stage = PREPARING
    this.queue.shift()
    page.isQueued = false
  }
}

/** Whether two frames hold the same page. */
function isEqual(one: Memory, other: Memory): boolean {
  const end = FLASH_COMMAND_BYTES + PAGE_BYTES
  for (let at = FLASH_COMMAND_BYTES; at < end; at = at + 4)
    if (one.getAt(at, "i32") !== other.getAt(at, "i32")) return false
  return true
}
