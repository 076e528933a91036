import type { Memory } from "./bytes"

/**
 * CRC-32 of each byte (polynomial EDB88320h, reflected), as signed 32-bit numbers. That of two bytes' exclusive or is
 * their CRCs', so that each bit doubles the table: byte by byte it took an eighth of a second of each start.
 */
const TABLE = [0]
for (let bit = 0; bit < 8; ++bit) {
  let crc = 1 << bit
  for (let i = 0; i < 8; ++i) crc = ((crc >> 1) & 0x7fffffff) ^ ((crc & 1) === 0 ? 0 : -306674912)
  const known = TABLE.length
  for (let i = 0; i < known; ++i) TABLE.push(TABLE[i] ^ crc)
}

/**
 * CRC-32 (IEEE 802.3, as in zip and PNG) of `count` bytes from `offset`, a whole number of words, as a
 * signed 32-bit number: unsigned ones above 2³¹ cost the VM an allocation.
 */
export function crc32(bytes: Memory, offset: number, count: number): number {
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
export function crcHolds(bytes: Memory, offset: number, count: number): boolean {
  return crc32(bytes, offset, count) === bytes.getAt(offset + count, "i32")
}
