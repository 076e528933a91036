import { crc32 as zlibCrc32 } from "node:zlib"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { crc32, crcHolds } from "../../firmware/core/crc"
import { NodeMemory } from "../../sim/memory"

const SEED = 20_240_502
/** Whole words. */
const words = fc
  .uint8Array({ minLength: 4, maxLength: 300 })
  .map((bytes) => bytes.subarray(0, bytes.length - (bytes.length % 4)))

describe("CRC-32", () => {
  test(`is zlib's, wherever the words lie (seed ${SEED})`, () => {
    fc.assert(
      fc.property(words, fc.nat(5), (data, at) => {
        const memory = new NodeMemory(data.length + 5)
        memory.set(data, at)
        expect(crc32(memory, at, data.length) >>> 0).toBe(zlibCrc32(data))
      }),
      { seed: SEED },
    )
    expect(crc32(new NodeMemory(0), 0, 0)).toBe(0)
  })

  test(`holds as it was put, and not with any bit changed (seed ${SEED})`, () => {
    fc.assert(
      fc.property(words, fc.nat(), (data, at) => {
        const memory = new NodeMemory(data.length + 4)
        memory.set(data)
        memory.setAt(data.length, "i32", crc32(memory, 0, data.length))
        expect(crcHolds(memory, 0, data.length)).toBe(true)
        const bit = at % (8 * memory.length)
        memory[bit >> 3] ^= 1 << (bit & 7)
        expect(crcHolds(memory, 0, data.length)).toBe(false)
      }),
      { seed: SEED },
    )
  })

  test("erased flash does not hold", () => {
    const erased = new NodeMemory(256)
    expect(crcHolds(erased, 0, 252)).toBe(false)
    erased.fillAt(0, 256, 0xff)
    expect(crcHolds(erased, 0, 252)).toBe(false)
  })
})
