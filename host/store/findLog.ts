import type { LogRange } from "../boardClient"
import type { BoardLog } from "./boardLog"
import type { LogSource } from "./download"
import { fetchPage, isPage } from "./fetchPage"
import type { PageLog } from "./pageLog"

/** So many of our last whole pages are compared, for one may have rotted on the board. */
const COMPARED = 3
const LOOKED_AT = 64

/**
 * Which of the logs that are stored of a board it is writing on; one more than there are when it is none of
 * them. A board whose flash was replaced counts its pages from 0 again: they must not meet those before.
 * @param range of the board, with a page at least
 */
export async function findLog(
  board: LogSource,
  range: LogRange,
  stored: BoardLog,
): Promise<number> {
  const { logCount } = stored
  for (let number = logCount; number >= 1; number--) {
    const log = stored.log(number)
    if (!log.isEmpty && (await continues(board, range, log))) return number
  }
  return stored.log(logCount).isEmpty ? logCount : logCount + 1
}

/** Whether the board still has our last whole pages as they are here, or has overwritten them all. */
async function continues(board: LogSource, range: LogRange, log: PageLog): Promise<boolean> {
  for (const [sequence, page] of lastWhole(log)) {
    if (sequence >= range.next) return false
    if (sequence < range.first) return true
    const theirs = await fetchPage(board, sequence)
    if (isPage(theirs, sequence)) return Buffer.compare(theirs, page) === 0
  }
  return true
}

/** The last whole pages, the last one first. */
function lastWhole(log: PageLog): [sequence: number, page: Uint8Array][] {
  const { next } = log
  const whole: [number, Uint8Array][] = []
  for (let sequence = next - 1; sequence >= next - LOOKED_AT; sequence--) {
    const page = log.page(sequence)
    if (page !== undefined && isPage(page, sequence)) whole.push([sequence, page])
    if (whole.length === COMPARED) break
  }
  return whole
}
