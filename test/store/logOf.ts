import * as format from "../../firmware/core/logFormat"
import { putCrc } from "../../host/crc"
import { PAGE_BYTES } from "../../host/log/page"

/** What a page that a test writes says of itself; by default one of the board's own. */
export interface Head {
  channel?: number
  test?: number
  boot?: number
  boardTime_ms?: number
  testTime_ms?: number
  beginsTest?: boolean
}

/** A whole page without points. */
export function pageAt(sequence: number, head: Head = {}): Buffer {
  const page = Buffer.alloc(PAGE_BYTES, 0xff)
  page.fill(0, format.AT_USED, format.RECORDS_AT)
  page[format.AT_FORMAT] = format.LOG_FORMAT
  page[format.AT_CHANNEL] = (head.channel ?? format.BOARD_CHANNEL) + (sequence % 16) * 16
  page.writeUInt32LE(sequence, format.AT_SEQUENCE)
  page.writeUIntLE(head.boot ?? 1, format.AT_BOOT, 3)
  page.writeUIntLE(head.boardTime_ms ?? sequence * 1000, format.AT_BOARD_TIME, 5)
  page.writeUIntLE(head.testTime_ms ?? sequence * 1000, format.AT_TEST_TIME, 5)
  page.writeUInt16LE(head.test ?? 0, format.AT_TEST)
  page.writeInt16LE(format.NO_TEMPERATURE, format.AT_TEMPERATURE)
  if (head.beginsTest) {
    const record = [format.RECORD_EVENT, format.EVENT_TEST_BEGINS, 5, 0, 0, 0, 0, 0]
    page.set(record, format.RECORDS_AT)
    page[format.AT_USED] = record.length
  }
  putCrc(page, 0, format.CRC_AT)
  return page
}

/** Whole pages `first` to `next` − 1. */
export function pagesAt(first: number, next: number, head?: Head): Buffer {
  return Buffer.concat(
    Array.from({ length: next - first }, (_, i) => pageAt(first + i, head ?? {})),
  )
}

export const BLANK = Buffer.alloc(PAGE_BYTES, 0xff)
