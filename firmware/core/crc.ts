import type { Bytes } from "./bytes"

/** CRC-32 of each nibble (polynomial EDB88320h, reflected), as signed 32-bit numbers. */
const NIBBLES = [
  0, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c, -306674912,
  -267414716, -690576408, -882789492, -1687895376, -2032938284, -1609899400, -1111625188,
]

/**
 * CRC-32 (IEEE 802.3, as in zip and PNG) of `count` bytes from `offset`, as a signed 32-bit number:
 * unsigned ones above 2³¹ cost the VM an allocation. Two table look-ups a byte keep the table in 16
 * entries of the heap.
 */
export function crc32(bytes: Bytes, offset: number, count: number): number {
  let crc = -1
  const end = offset + count
  for (let i = offset; i < end; ++i) {
    crc = crc ^ bytes[i]
    crc = ((crc >> 4) & 0x0fffffff) ^ NIBBLES[crc & 15]
    crc = ((crc >> 4) & 0x0fffffff) ^ NIBBLES[crc & 15]
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
