import { PAGE_BYTES, type PageHead, pageHead } from "./page"
import { PageCount } from "./pageCount"

/** A page with its 256 bytes. */
export interface WholePage extends PageHead {
  bytes: Uint8Array
}

/** The pages of a log, in the order in which they were written. */
export interface LogPages {
  pages: WholePage[]
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
  const pages: WholePage[] = []
  for (let at = 0; at + PAGE_BYTES <= log.length; at += PAGE_BYTES) {
    const bytes = log.subarray(at, at + PAGE_BYTES)
    const head = pageHead(bytes)
    if (head !== undefined) pages.push({ ...head, bytes })
  }
  pages.sort((a, b) => a.sequence - b.sequence)
  let lost = 0
  let duplicates = 0
  const counts = new Map<number, PageCount>()
  for (const page of pages) {
    const count = counts.get(page.channel) ?? new PageCount()
    counts.set(page.channel, count)
    const missing = count.add(page)
    if (missing < 0) duplicates++
    else lost += missing
  }
  return { pages, lost, duplicates }
}
