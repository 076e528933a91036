/** Fujitsu DS501-00017-3v0-E: commands and address roll-over, transcribed here. */
import fc from "fast-check"
import { beforeEach, describe, expect, test } from "vitest"
import { ChipModelError } from "../../sim/chips/chip"
import { Mb85rc256v } from "../../sim/chips/mb85rc256v"

let memory: Uint8Array
let fram: Mb85rc256v

beforeEach(() => {
  memory = new Uint8Array(32768)
  fram = new Mb85rc256v({ name: "MB85RC256V 0x50", memory })
  fram.powerOn()
})

function write(address: number, bytes: ArrayLike<number>): void {
  expect(fram.start(false)).toBe(true)
  for (const byte of [address >> 8, address & 0xff, ...Array.from(bytes)]) {
    expect(fram.write(byte)).toBe(true)
  }
  fram.stop()
}

function current(length: number): number[] {
  expect(fram.start(true)).toBe(true)
  const bytes = Array.from({ length }, () => fram.read())
  fram.stop()
  return bytes
}

function read(address: number, length: number): number[] {
  fram.start(false)
  fram.write(address >> 8)
  fram.write(address & 0xff)
  return current(length)
}

describe("addresses", () => {
  test("most significant byte first, the uppermost bit does not matter", () => {
    write(0x9234, [0xab])
    expect(memory[0x1234]).toBe(0xab)
    expect(read(0x1234, 1)).toEqual([0xab])
  })

  test("7FFFh rolls over to 0000h in writes and reads", () => {
    write(0x7ffe, [1, 2, 3, 4])
    expect([...memory.slice(0x7ffe), ...memory.slice(0, 2)]).toEqual([1, 2, 3, 4])
    expect(read(0x7ffe, 4)).toEqual([1, 2, 3, 4])
  })

  test("a current address read goes on where the last access ended", () => {
    memory.set([10, 11, 12, 13, 14], 0x100)
    read(0x100, 2)
    expect(current(2)).toEqual([12, 13])
    write(0x100, [0, 0])
    expect(current(1)).toEqual([12])
  })

  test("a current address read before any address is loud, also after a power cut", () => {
    fram.start(true)
    expect(() => fram.read()).toThrow(ChipModelError)
    read(0, 1)
    fram.powerOff()
    fram.powerOn()
    fram.start(true)
    expect(() => fram.read()).toThrow("MB85RC256V 0x50")
  })
})

describe("power", () => {
  test("each byte is in the array at its ACK, a cut loses only those after it", () => {
    fram.start(false)
    for (const byte of [0, 0, 1, 2]) fram.write(byte)
    fram.powerOff()
    expect(fram.write(3)).toBe(false)
    expect([...memory.slice(0, 4)]).toEqual([1, 2, 0, 0])
    expect(fram.start(true)).toBe(false)
    expect(fram.read()).toBe(0xff)
    fram.powerOn()
    expect(read(0, 4)).toEqual([1, 2, 0, 0])
  })

  test("holds 32 KiB, no more and no less", () => {
    expect(() => new Mb85rc256v({ name: "x", memory: new Uint8Array(8192) })).toThrow(RangeError)
  })
})

test("behaves as an array of 32768 bytes", () => {
  const access = fc.record({
    address: fc.oneof(fc.nat(0x7fff), fc.integer({ min: 0x7ff0, max: 0x7fff })),
    bytes: fc.uint8Array({ maxLength: 40 }),
    length: fc.nat(40),
  })
  const model = new Uint8Array(32768)
  fc.assert(
    fc.property(access, ({ address, bytes, length }) => {
      write(address, bytes)
      bytes.forEach((byte, i) => {
        model[(address + i) % 32768] = byte
      })
      const expected = Array.from({ length }, (_, i) => model[(address + i) % 32768])
      expect(read(address, length)).toEqual(expected)
    }),
    { seed: 1, numRuns: 300 },
  )
  expect(memory).toEqual(model)
})
