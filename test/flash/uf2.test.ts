import fc from "fast-check"
import { expect, test } from "vitest"
import { readFlash, readUf2, touches, writeFlash, writeUf2 } from "../../firmware/image/uf2"

const empty = () => ({ familyId: 0xe48bff56, pages: new Map<number, Uint8Array>() })

test("a block has the bytes that the format's description gives it", () => {
  const image = empty()
  writeFlash(image, 0x10000100, Uint8Array.of(1, 2, 3))
  const file = Buffer.from(writeUf2(image))
  expect(file.length).toBe(16 * 512)
  // The sector's second block: magics, flags, address, size, number, count, family.
  expect(file.subarray(512, 544).toString("hex")).toBe(
    "5546320a57515d9e" +
      "00200000" +
      "00010010" +
      "00010000" +
      "01000000" +
      "10000000" +
      "56ff8be4",
  )
  expect([...file.subarray(544, 548)]).toEqual([1, 2, 3, 0xff])
  expect(file.readUInt32LE(1020)).toBe(0x0ab16f30)
})

test("what is written is read back, whatever lies where, seed 910", () => {
  const piece = fc.record({
    address: fc.integer({ min: 0x10000000, max: 0x10020000 }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 2000 }),
  })
  const property = fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => {
    const image = empty()
    for (const { address, bytes } of pieces) writeFlash(image, address, bytes)
    const back = readUf2(writeUf2(image))
    expect(back.familyId).toBe(image.familyId)
    const { address, bytes } = pieces[pieces.length - 1]
    expect(readFlash(back, address, bytes.length)).toEqual(bytes)
    for (const start of back.pages.keys()) expect(start % 256).toBe(0)
    expect(back.pages.size % 16).toBe(0)
  })
  fc.assert(property, { seed: 910, numRuns: 50 })
})

test("what an image does not name, it does not read", () => {
  const image = empty()
  writeFlash(image, 0x10000080, new Uint8Array(256))
  expect(readFlash(image, 0x10000000, 512)?.[0]).toBe(0xff)
  expect(readFlash(image, 0x10000000, 513)).toBeUndefined()
  expect(touches(image, 0x10000200, 0x1000)).toBe(false)
  expect(touches(image, 0x100001ff, 1)).toBe(true)
})

test("a file that is none, is cut, or is of two kinds is refused", () => {
  const image = empty()
  writeFlash(image, 0x10000000, new Uint8Array(8192))
  const file = writeUf2(image)
  expect(() => readUf2(file.subarray(0, 700))).toThrow("no UF2 file")
  expect(() => readUf2(file.subarray(0, 1024))).toThrow("the file is cut")
  expect(() => readUf2(new Uint8Array(512))).toThrow("block 0 is no UF2 block")
  const mixed = file.slice()
  mixed[512 + 28] ^= 1
  expect(() => readUf2(mixed)).toThrow("block 1 is for another microcontroller")
})
