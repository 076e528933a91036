import * as format from "../../firmware/core/logFormat"
import { crcHolds } from "../crc"
import { LogError } from "../errors"

/** What a page's header says of it (`firmware/LOG_FORMAT.md`). */
export interface PageHead {
  sequence: number
  boot: number
  /** `BOARD_CHANNEL` for the board's own pages. */
  channel: number
  /** Counts the channel's pages of this boot, modulo 16. */
  number: number
  test: number
  /** When it was opened, by the board's clock and by the test's. */
  boardTime_ms: number
  testTime_ms: number
  /** Its first record begins a test: one of this number before it on the channel is another. */
  beginsTest: boolean
}

export const PAGE_BYTES = 256

/** Whether these 256 bytes are a page that was written whole. */
export function isWhole(bytes: Uint8Array): boolean {
  return crcHolds(bytes, format.CRC_AT)
}

/**
 * The header of a page; undefined when it is blank or torn.
 * @throws LogError when it is whole, but of a format that this program does not know
 */
export function pageHead(bytes: Uint8Array): PageHead | undefined {
  if (!isWhole(bytes)) return undefined
  if (bytes[format.AT_FORMAT] !== format.LOG_FORMAT)
    throw new LogError(
      `A log page begins with ${bytes[format.AT_FORMAT].toString(16)}h; ` +
        `this program reads those with ${format.LOG_FORMAT.toString(16)}h.`,
    )
  return {
    sequence: u32(bytes, format.AT_SEQUENCE),
    boot: u24(bytes, format.AT_BOOT),
    channel: bytes[format.AT_CHANNEL] & 15,
    number: bytes[format.AT_CHANNEL] >> 4,
    test: bytes[format.AT_TEST] + 256 * bytes[format.AT_TEST + 1],
    boardTime_ms: u40(bytes, format.AT_BOARD_TIME),
    testTime_ms: u40(bytes, format.AT_TEST_TIME),
    beginsTest: bytes[format.AT_USED] > 0 && firstEvent(bytes) === format.EVENT_TEST_BEGINS,
  }
}

export function u24(bytes: Uint8Array, at: number): number {
  return bytes[at] + 256 * bytes[at + 1] + 65536 * bytes[at + 2]
}

export function u40(bytes: Uint8Array, at: number): number {
  return u32(bytes, at) + 4294967296 * bytes[at + 4]
}

function u32(bytes: Uint8Array, at: number): number {
  return u24(bytes, at) + 16777216 * bytes[at + 3]
}

/** The kind of the page's first record, if that is an event. */
function firstEvent(bytes: Uint8Array): number | undefined {
  if ((bytes[format.RECORDS_AT] & 3) !== format.RECORD_EVENT) return undefined
  let at = format.RECORDS_AT
  while (bytes[at] > 127) at++
  return bytes[at + 1]
}
