import type { Memory } from "./bytes"
import { LOG_POINTERS_AT } from "./framMap"
import { type Fram, PAGES_PER_SECTOR } from "./ports"
import { Twin } from "./twin"

/** Nothing is overwritten that the host has not released. */
export const POLICY_STOP = 0
/** What the host has downloaded may be overwritten, too. */
export const POLICY_OVERWRITE = 1

/** The ring's pointers in FRAM: a twin of this size. */
export const LOG_POINTERS_BYTES = 32
const DOWNLOADED = 0 // u32
const RELEASED = 4 // u32
const POLICY = 8 // u8

/** How often FRAM is asked for them. */
const TRIES = 3

/** Room that a full log keeps for what still has to be written: all open pages, twice over, and the pauses. */
const RESERVE_PAGES = 2 * PAGES_PER_SECTOR

/**
 * Where the log stands in its ring of pages, and what of it may be overwritten. A page's sequence number
 * counts all pages that were ever begun, so its place is that number modulo the ring and its order is
 * never in doubt.
 */
export class LogRing {
  /** Sequence number of the page that will be written next, and of the oldest in flash. */
  next = 0
  first = 0
  /** All pages below are safely stored by a host; all below may be overwritten. */
  downloaded = 0
  released = 0
  policy = POLICY_OVERWRITE
  /** So little room is left before a page that must be kept that the tests have to pause. */
  isFull = false
  /** Counting all sectors that were ever begun, the one that was erased last; −1 when that is unknown. */
  erasedSector = -1
  private readonly twin: Twin

  constructor(
    /** Pages of the ring, a multiple of a sector's. */
    readonly ringPages: number,
    fram: Fram,
    /** Memory of `LOG_POINTERS_BYTES`. */
    private readonly pointers: Memory,
  ) {
    this.twin = new Twin(fram, pointers)
  }

  /** Takes back the pointers after a start, once `next` is known. Without any, every page is kept. */
  loadPointers(): void {
    const pointers = this.pointers
    let isLoaded = false
    for (let i = 0; i < TRIES && !isLoaded; ++i) isLoaded = this.twin.load(LOG_POINTERS_AT)
    if (isLoaded) {
      // A board that was given another flash knows nothing of its pages.
      const downloaded = pointers.getAt(DOWNLOADED, "u32")
      const released = pointers.getAt(RELEASED, "u32")
      this.downloaded = downloaded <= this.next ? downloaded : 0
      this.released = released <= this.next ? released : 0
      this.policy = pointers.getAt(POLICY, "u8")
    } else pointers.fillAt(0, LOG_POINTERS_BYTES, 0)
    this.look()
  }

  /** A host has safely stored all pages below. @returns false when FRAM does not answer */
  acknowledge(page: number): boolean {
    if (page > this.downloaded && page <= this.next) this.downloaded = page
    return this.savePointers()
  }

  /** All pages below may be overwritten. @returns false when FRAM does not answer */
  release(page: number): boolean {
    if (page > this.released && page <= this.next) this.released = page
    return this.savePointers()
  }

  /** @returns false when FRAM does not answer */
  setPolicy(policy: number): boolean {
    this.policy = policy
    return this.savePointers()
  }

  /** Whether the pages that lie in a sector's place, a ring's length ago, may be overwritten. */
  mayErase(sector: number): boolean {
    return (sector + 1) * PAGES_PER_SECTOR <= this.keptFrom() + this.ringPages
  }

  /** Works out what follows from `next` and the pointers. */
  look(): void {
    const sector = Math.floor(this.next / PAGES_PER_SECTOR)
    const begun = sector === this.erasedSector ? sector + 1 : sector
    this.first = Math.max(0, begun * PAGES_PER_SECTOR - this.ringPages)
    this.isFull = this.next + RESERVE_PAGES > this.keptFrom() + this.ringPages
  }

  /** First page, at the beginning of a sector, that must not be overwritten. */
  private keptFrom(): number {
    const free =
      this.policy === POLICY_OVERWRITE ? Math.max(this.downloaded, this.released) : this.released
    return free - (free % PAGES_PER_SECTOR)
  }

  private savePointers(): boolean {
    const pointers = this.pointers
    pointers.setAt(DOWNLOADED, "u32", this.downloaded)
    pointers.setAt(RELEASED, "u32", this.released)
    pointers.setAt(POLICY, "u8", this.policy)
    this.look()
    return this.twin.save(LOG_POINTERS_AT)
  }
}
