import { crc32 } from "node:zlib"

/** True when the four bytes after the first `count` hold their CRC-32, low byte first. */
export function crcHolds(bytes: Uint8Array, count: number): boolean {
  return crc32(bytes.subarray(0, count)) === buffer(bytes).readUInt32LE(count)
}

/** Writes the CRC-32 of `count` bytes from `offset` behind them, low byte first. */
export function putCrc(bytes: Uint8Array, offset: number, count: number): void {
  const end = offset + count
  buffer(bytes).writeUInt32LE(crc32(bytes.subarray(offset, end)), end)
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
