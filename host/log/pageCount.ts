import { PAGE_NUMBERS } from "../../firmware/core/logFormat"
import type { PageHead } from "./page"

/**
 * Follows the numbers of a channel's pages, in order of sequence. Numbers begin at 0 with each boot and count
 * modulo 16, so a run of 16 missing pages leaves no gap in them.
 */
export class PageCount {
  private previous: PageHead | undefined

  /** How many pages are missing before this one; −1 when it is the same as the one before. */
  add(page: PageHead): number {
    const { previous } = this
    this.previous = page
    if (previous === undefined) return 0
    const isSameBoot = previous.boot === page.boot
    if (isSameBoot && isSame(previous, page)) return -1
    const expected = isSameBoot ? previous.number + 1 : 0
    return (page.number - expected + PAGE_NUMBERS) % PAGE_NUMBERS
  }
}

function isSame(a: PageHead, b: PageHead): boolean {
  return a.number === b.number && a.boardTime_ms === b.boardTime_ms && a.test === b.test
}
