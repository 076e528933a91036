import { crc32 } from "node:zlib"
import { PAGE_BYTES } from "../log/page"

/** A page in a file of the store: its sequence number, the page as it came, CRC-32 of both. */
export const ENTRY_BYTES = 4 + PAGE_BYTES + 4
/** Where in its entry the page begins. */
export const PAGE_AT = 4
const CRC_AT = 4 + PAGE_BYTES

/** Entries of pages that follow each other, the first one's sequence number being `first`. */
export function encodeEntries(first: number, pages: Uint8Array): Buffer {
  const count = pages.length / PAGE_BYTES
  if (!Number.isInteger(count)) throw new RangeError(`${pages.length} bytes are no whole pages`)
  const entries = Buffer.allocUnsafe(count * ENTRY_BYTES)
  for (let i = 0; i < count; i++) {
    const at = i * ENTRY_BYTES
    entries.writeUInt32LE(first + i, at)
    entries.set(pages.subarray(i * PAGE_BYTES, (i + 1) * PAGE_BYTES), at + PAGE_AT)
    entries.writeUInt32LE(crc32(entries.subarray(at, at + CRC_AT)), at + CRC_AT)
  }
  return entries
}

/** Whether the entry at `at` is what was written for that sequence number. */
export function entryHolds(entries: Buffer, at: number, sequence: number): boolean {
  return (
    entries.readUInt32LE(at) === sequence &&
    entries.readUInt32LE(at + CRC_AT) === crc32(entries.subarray(at, at + CRC_AT))
  )
}

export function pageOf(entries: Buffer, at: number): Uint8Array {
  return entries.subarray(at + PAGE_AT, at + CRC_AT)
}
