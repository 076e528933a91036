import { PAGE_NUMBERS } from "../../firmware/core/logFormat"
import { decodePage, isWhole, type LogPage, PAGE_BYTES } from "./page"

/** The pages of a log, in the order in which they were written. */
export interface LogPages {
  pages: LogPage[]
  /** Pages that the board wrote and that cannot be read, by the gaps in each channel's numbering. */
  lost: number
  /** Pages that are there twice. */
  duplicates: number
}

/**
 * Splits a downloaded log into its pages. Blank pages and torn ones are no loss in themselves: a power cut
 * leaves them, and the board has written what they were to hold again.
 * @throws LogError when a page is of a format that this program does not know
 */
export function pagesOf(log: Uint8Array): LogPages {
  const pages: LogPage[] = []
  for (let at = 0; at + PAGE_BYTES <= log.length; at += PAGE_BYTES) {
    const bytes = log.subarray(at, at + PAGE_BYTES)
    if (isWhole(bytes)) pages.push(decodePage(bytes))
  }
  pages.sort((a, b) => a.sequence - b.sequence)
  let lost = 0
  let duplicates = 0
  const before = new Map<number, LogPage>()
  for (const page of pages) {
    const previous = before.get(page.channel)
    before.set(page.channel, page)
    if (previous === undefined) continue
    // Numbers begin at 0 with each boot.
    const isSameBoot = previous.boot === page.boot
    const expected = isSameBoot ? previous.number + 1 : 0
    if (isSameBoot && isSame(previous, page)) duplicates++
    else lost += (page.number - expected + PAGE_NUMBERS) % PAGE_NUMBERS
  }
  return { pages, lost, duplicates }
}

function isSame(a: LogPage, b: LogPage): boolean {
  return a.number === b.number && a.boardTime_ms === b.boardTime_ms && a.test === b.test
}
