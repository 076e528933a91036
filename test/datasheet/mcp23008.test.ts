/** Microchip DS21919E: Table 1-2, sections 1.2, 1.3 and 1.6, transcribed here. */
import { beforeEach, describe, expect, test } from "vitest"
import { ChipModelError } from "../../sim/chips/chip"
import { Mcp23008 } from "../../sim/chips/mcp23008"

let pins: [number, number][]
let inputs: number
let expander: Mcp23008

beforeEach(() => {
  pins = []
  inputs = 0
  expander = new Mcp23008({
    name: "MCP23008 0x20",
    onPins: (driven, level) => pins.push([driven, level & driven]),
    readInputs: () => inputs,
  })
  expander.powerOn()
})

function write(register: number, ...values: number[]): void {
  expect(expander.start(false)).toBe(true)
  expect(expander.write(register)).toBe(true)
  for (const value of values) expect(expander.write(value)).toBe(true)
  expander.stop()
}

function read(register: number, length = 1): number[] {
  expander.start(false)
  expander.write(register)
  expander.start(true)
  const bytes = Array.from({ length }, () => expander.read())
  expander.stop()
  return bytes
}

test("power-on: all pins inputs, every other register 00h", () => {
  expect(pins).toEqual([[0, 0]])
  expect(read(0x00, 11)).toEqual([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
})

describe("address pointer", () => {
  test("steps through the registers and rolls over", () => {
    write(0x09, 0xa5, 0x5a, 0xf0) // GPIO, OLAT, IODIR
    expect(read(0x0a, 2)).toEqual([0x5a, 0xf0])
  })

  test("stands still with SEQOP", () => {
    write(0x05, 0x20)
    write(0x0a, 0x01, 0x02, 0x03)
    expect(read(0x0a, 3)).toEqual([0x03, 0x03, 0x03])
  })

  test("stays between transfers", () => {
    write(0x00, 0x0f)
    expander.start(true)
    expect([expander.read(), expander.read()]).toEqual([0, 0]) // IPOL, GPINTEN
    expander.stop()
  })

  test.each([0x0b, 0x10, 0xff])("register %i is loud", (register) => {
    expander.start(false)
    expect(() => expander.write(register)).toThrow("MCP23008 0x20")
  })
})

describe("pins", () => {
  test("each change of IODIR and OLAT is told, writes of the same value are not", () => {
    pins.length = 0
    write(0x0a, 0x03)
    write(0x00, 0xf0)
    write(0x0a, 0x03)
    write(0x09, 0x05)
    write(0x00, 0xf0)
    write(0x00, 0xfe)
    expect(pins).toEqual([
      [0x00, 0x00],
      [0x0f, 0x03],
      [0x0f, 0x05],
      [0x01, 0x01],
    ])
  })

  test("writing GPIO writes the latch; reading it reads latch and circuit", () => {
    write(0x00, 0xf0)
    write(0x09, 0xff)
    expect(read(0x0a)).toEqual([0xff])
    inputs = 0xa0
    expect(read(0x09)).toEqual([0xaf])
    write(0x01, 0xff) // IPOL
    expect(read(0x09)).toEqual([0x50])
  })

  test("an input that nothing drives is loud unless pulled up", () => {
    expander = new Mcp23008({ name: "MCP23008 0x20", onPins: () => {} })
    expander.powerOn()
    expect(() => read(0x09)).toThrow(ChipModelError)
    write(0x06, 0xff)
    expect(read(0x09)).toEqual([0xff])
  })

  test("power off releases the pins and answers no more; power on starts over", () => {
    write(0x00, 0x00, 0x00)
    write(0x0a, 0xff)
    expander.powerOff()
    expect(pins.at(-1)).toEqual([0, 0])
    expect(expander.start(false)).toBe(false)
    expander.powerOn()
    expect(read(0x00, 11)).toEqual([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  })
})

describe("registers", () => {
  test("IOCON holds bits 5 to 1; INTF and INTCAP take no write", () => {
    write(0x05, 0xdf)
    expect(read(0x05)).toEqual([0x1e])
    write(0x07, 0xff, 0xff)
    expect(read(0x07, 2)).toEqual([0, 0])
  })

  test("DEFVAL, INTCON and GPPU hold what they are given", () => {
    write(0x03, 0x12, 0x34)
    write(0x06, 0x56)
    expect(read(0x03, 4)).toEqual([0x12, 0x34, 0x00, 0x56])
  })

  test("interrupt-on-change is loud", () => {
    write(0x02, 0x00)
    expect(() => write(0x02, 0x01)).toThrow(ChipModelError)
  })
})
