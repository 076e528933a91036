/**
 * The byte type of the whole core: an array of numbers 0…255, a DeviceScript `Buffer` on the board or a
 * `Uint8Array` in Node. Multi-byte values are little-endian.
 */
export interface Bytes {
  readonly length: number
  [index: number]: number
}

/**
 * Bytes with `getAt`, `setAt`, `blitAt` and `fillAt`: a DeviceScript `Buffer`, by its own name, since the
 * compiler makes a bytecode of each of these only there. In script they took thirty times as long. Numbers
 * given to `setAt` are whole and in range, but for "f64"; formats are written out, not computed.
 */
export type Memory = Buffer

/** Writes the low `count` bytes of a whole number; negative numbers as two's complement. */
export function putInt(bytes: Bytes, offset: number, count: number, value: number): void {
  // Division and not shifts: a 48-bit time does not fit a 32-bit shift.
  for (let i = 0; i < count; ++i) {
    const rest = Math.floor(value / 256)
    bytes[offset + i] = value - rest * 256
    value = rest
  }
}

/** Reads an unsigned number of `count` bytes, 6 at most. */
export function getUint(bytes: Bytes, offset: number, count: number): number {
  let value = 0
  for (let i = count - 1; i >= 0; --i) value = value * 256 + bytes[offset + i]
  return value
}

/** Reads a signed number of `count` bytes, 6 at most. */
export function getInt(bytes: Bytes, offset: number, count: number): number {
  const value = getUint(bytes, offset, count)
  return bytes[offset + count - 1] >= 128 ? value - 256 ** count : value
}
