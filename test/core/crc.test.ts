import { crc32 as zlibCrc32 } from "node:zlib"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { crc32, crcHolds, putCrc } from "../../firmware/core/crc"

const SEED = 20_240_502
const ascii = (text: string) => new Uint8Array(Buffer.from(text, "ascii"))

describe("CRC-32", () => {
  test.each([
    ["", 0x00000000],
    ["a", 0xe8b7be43],
    ["123456789", 0xcbf43926], // the check value of the catalogues
    ["The quick brown fox jumps over the lazy dog", 0x414fa339],
  ])("of '%s'", (text, expected) => {
    expect(crc32(ascii(text), 0, text.length) >>> 0).toBe(expected)
  })

  test(`is zlib's, of any part of any bytes (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(), fc.nat(), (bytes, a, b) => {
        const from = a % (bytes.length + 1)
        const count = b % (bytes.length - from + 1)
        expect(crc32(bytes, from, count) >>> 0).toBe(
          zlibCrc32(bytes.subarray(from, from + count)) >>> 0,
        )
      }),
      { seed: SEED },
    )
  })

  test(`holds as it was put, and not with any bit changed (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.nat(), (data, at) => {
        const bytes = new Uint8Array(data.length + 4)
        bytes.set(data)
        putCrc(bytes, 0, data.length)
        expect(crcHolds(bytes, 0, data.length)).toBe(true)
        const bit = at % (8 * bytes.length)
        bytes[bit >> 3] ^= 1 << (bit & 7)
        expect(crcHolds(bytes, 0, data.length)).toBe(false)
      }),
      { seed: SEED },
    )
  })

  test("erased flash does not hold", () => {
    expect(crcHolds(new Uint8Array(256).fill(0xff), 0, 252)).toBe(false)
    expect(crcHolds(new Uint8Array(256), 0, 252)).toBe(false)
  })
})
