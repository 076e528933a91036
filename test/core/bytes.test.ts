import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { type Bytes, getInt, getUint, putInt } from "../../firmware/core/bytes"

const SEED = 20_240_501
const FILL = 0xa5

/** A width in bytes and a number that fits it. */
function numbers(isSigned: boolean): fc.Arbitrary<{ count: number; value: number }> {
  return fc.integer({ min: 1, max: 6 }).chain((count) => {
    const range = 256 ** count
    const [min, max] = isSigned ? [-range / 2, range / 2 - 1] : [0, range - 1]
    return fc.record({ count: fc.constant(count), value: fc.integer({ min, max }) })
  })
}

/** Puts a number at `offset` of a buffer that is otherwise filled. */
function put(offset: number, count: number, value: number): Uint8Array {
  const bytes = new Uint8Array(16).fill(FILL)
  putInt(bytes, offset, count, value)
  return bytes
}

describe("multi-byte numbers", () => {
  test(`unsigned ones of 1 to 6 bytes come back (seed ${SEED})`, () => {
    fc.assert(
      fc.property(numbers(false), fc.nat(8), ({ count, value }, offset) => {
        expect(getUint(put(offset, count, value), offset, count)).toBe(value)
      }),
      { seed: SEED },
    )
  })

  test(`signed ones of 1 to 6 bytes come back (seed ${SEED})`, () => {
    fc.assert(
      fc.property(numbers(true), fc.nat(8), ({ count, value }, offset) => {
        expect(getInt(put(offset, count, value), offset, count)).toBe(value)
      }),
      { seed: SEED },
    )
  })

  test(`nothing beside them is written (seed ${SEED})`, () => {
    fc.assert(
      fc.property(numbers(true), fc.nat(8), ({ count, value }, offset) => {
        const bytes = put(offset, count, value)
        bytes.fill(FILL, offset, offset + count)
        expect(bytes.every((byte) => byte === FILL)).toBe(true)
      }),
      { seed: SEED },
    )
  })

  test.each([
    [1, -128, [0x80]],
    [2, 0x1234, [0x34, 0x12]],
    [4, -1, [0xff, 0xff, 0xff, 0xff]],
    [4, 0xffffffff, [0xff, 0xff, 0xff, 0xff]],
    [4, -0x80000000, [0, 0, 0, 0x80]],
    [6, 2 ** 48 - 1, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    [6, 2 ** 40 + 1, [1, 0, 0, 0, 0, 1]],
  ])("%i bytes of %i, low byte first", (count, value, expected) => {
    const bytes: Bytes = []
    putInt(bytes, 0, count, value)
    expect(bytes).toEqual(expected)
  })

  test("a wider number keeps its low bytes", () => {
    expect([...put(0, 2, 0x123456).subarray(0, 2)]).toEqual([0x56, 0x34])
  })
})
