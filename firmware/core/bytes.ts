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
