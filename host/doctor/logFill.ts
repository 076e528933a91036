import type { LogRange } from "../boardClient"

/** Room that a board keeps for what has still to be written when its log is full, pages. */
const RESERVE_PAGES = 32

/** How full a board's log is. */
export interface LogFill {
  /** Pages that may not be overwritten yet, of those that the log holds: 0 … 1. */
  share: number
  freePages: number
  /** Pages that no host has acknowledged. */
  notDownloaded: number
  /** Until the tests would pause, at the rate of now; undefined while that is not known. */
  left_days: number | undefined
}

/**
 * How full a log is, and when the tests would pause if nobody downloaded or released anything.
 * @param ringPages that the flash holds
 * @param rate_per_s pages written a second; undefined when it is not known
 */
export function logFill(range: LogRange, ringPages: number, rate_per_s?: number): LogFill {
  const given =
    range.policy === "Overwrite" ? Math.max(range.downloaded, range.released) : range.released
  const room = ringPages - RESERVE_PAGES
  const kept = range.next - Math.max(range.first, given)
  const freePages = Math.max(0, room - kept)
  return {
    share: Math.min(1, kept / room),
    freePages,
    notDownloaded: range.next - Math.max(range.first, range.downloaded),
    left_days:
      rate_per_s === undefined || rate_per_s <= 0 ? undefined : freePages / rate_per_s / 86400,
  }
}

/** What a page tells of when it was opened. */
export interface PageTime {
  sequence: number
  boot: number
  boardTime_ms: number
}

/** Pages a second between two pages of one start of the board; undefined when they do not tell. */
export function pageRate_per_s(
  early: PageTime | undefined,
  late: PageTime | undefined,
): number | undefined {
  if (early === undefined || late === undefined || early.boot !== late.boot) return undefined
  const elapsed_s = (late.boardTime_ms - early.boardTime_ms) / 1000
  return elapsed_s > 0 ? (late.sequence - early.sequence) / elapsed_s : undefined
}
