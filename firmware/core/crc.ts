import type { Bytes, Memory } from "./bytes"

/** CRC-32 of each byte (polynomial EDB88320h, reflected), as signed 32-bit numbers. */
const TABLE: number[] = []
for (let byte = 0; byte < 256; ++byte) {
  let crc = byte
  for (let bit = 0; bit < 8; ++bit)
    crc = ((crc >> 1) & 0x7fffffff) ^ ((crc & 1) === 0 ? 0 : -306674912)
  TABLE.push(crc)
}

/**
 * CRC-32 (IEEE 802.3, as in zip and PNG) of `count` bytes from `offset`, as a signed 32-bit number:
 * unsigned ones above 2³¹ cost the VM an allocation.
 */
export function crc32(bytes: Bytes, offset: number, count: number): number {
  const table = TABLE
  let crc = -1
  let at = offset
  // Four bytes a turn: half of a turn of one byte is the loop itself.
  for (const end = offset + count - 3; at < end; at = at + 4) {
    crc = ((crc >> 8) & 0xffffff) ^ table[(crc ^ bytes[at]) & 255]
    crc = ((crc >> 8) & 0xffffff) ^ table[(crc ^ bytes[at + 1]) & 255]
    crc = ((crc >> 8) & 0xffffff) ^ table[(crc ^ bytes[at + 2]) & 255]
    crc = ((crc >> 8) & 0xffffff) ^ table[(crc ^ bytes[at + 3]) & 255]
  }
  for (const end = offset + count; at < end; ++at)
    crc = ((crc >> 8) & 0xffffff) ^ table[(crc ^ bytes[at]) & 255]
  return crc ^ -1
}

/** The same of a whole number of words in a `Memory`, which the board reads four bytes at a time. */
export function crc32OfWords(bytes: Memory, offset: number, count: number): number {
  const table = TABLE
  const end = offset + count
  let crc = -1
  for (let at = offset; at < end; at = at + 4) {
    crc = crc ^ bytes.getAt(at, "i32")
    crc = ((crc >> 8) & 0xffffff) ^ table[crc & 255]
    crc = ((crc >> 8) & 0xffffff) ^ table[crc & 255]
    crc = ((crc >> 8) & 0xffffff) ^ table[crc & 255]
    crc = ((crc >> 8) & 0xffffff) ^ table[crc & 255]
  }
  return crc ^ -1
}

/** True when the four bytes after `count` bytes from `offset` hold their CRC-32. */
export function crcHolds(bytes: Bytes, offset: number, count: number): boolean {
  let crc = crc32(bytes, offset, count)
  for (let i = 0; i < 4; ++i) {
    if (bytes[offset + count + i] !== (crc & 255)) return false
    crc = crc >> 8
  }
  return true
}

/** Writes the CRC-32 of `count` bytes from `offset` behind them. */
export function putCrc(bytes: Bytes, offset: number, count: number): void {
  let crc = crc32(bytes, offset, count)
  for (let i = 0; i < 4; ++i) {
    bytes[offset + count + i] = crc & 255
    crc = crc >> 8
  }
}
