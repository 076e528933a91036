/** Microchip DS22187E: Tables 4-5 and 4-6, Figures 5-7 to 5-15 and 7-4, transcribed here. */
import fc from "fast-check"
import { beforeEach, describe, expect, test } from "vitest"
import { ChipModelError } from "../../sim/chips/chip"
import { eepromAtMidScale, IDEAL_DAC, Mcp4728 } from "../../sim/chips/mcp4728"
import { Clock } from "../../sim/clock"

const VDD_V = 4.096
let clock: Clock
let supply_V: number
let eeprom: Uint8Array
let moves: [number, number][]
let errors: typeof IDEAL_DAC
let dac: Mcp4728

type Extra = { address?: number; ldacHigh?: boolean; timing?: "typical" | "maximum" }

function build(extra: Extra = {}): Mcp4728 {
  return new Mcp4728({
    name: "MCP4728 0x61",
    clock,
    reference_V: () => supply_V,
    errors,
    eeprom,
    onOutput: (channel, voltage_V) => moves.push([channel, voltage_V]),
    address: 0x61,
    ...extra,
  })
}

beforeEach(() => {
  clock = new Clock()
  supply_V = VDD_V
  eeprom = eepromAtMidScale()
  moves = []
  errors = { ...IDEAL_DAC, offset_V: [0, 0, 0, 0], gainError: [0, 0, 0, 0] }
  dac = build()
  dac.powerOn()
  moves.length = 0
})

function send(...bytes: number[]): void {
  expect(dac.start(false)).toBe(true)
  for (const byte of bytes) expect(dac.write(byte)).toBe(true)
  dac.stop()
}

function readBack(): number[] {
  expect(dac.start(true)).toBe(true)
  const bytes = Array.from({ length: 24 }, () => dac.read())
  dac.stop()
  return bytes
}

const outputs_V = (): number[] => [0, 1, 2, 3].map((channel) => dac.output_V(channel))

describe("power", () => {
  test("wakes with what the EEPROM holds, here mid-scale", () => {
    expect(outputs_V()).toEqual([2.048, 2.048, 2.048, 2.048])
    eeprom.set([0x00, 0x01, 0x4f, 0xff, 0x90, 0x00, 0x8f, 0xff])
    dac.powerOff()
    expect(outputs_V()).toEqual([0, 0, 0, 0])
    expect(dac.start(false)).toBe(false)
    expect(dac.start(true)).toBe(false)
    moves.length = 0
    dac.powerOn()
    expect(moves.map(([channel]) => channel)).toEqual([0, 1, 2, 3])
    // VDD 1 LSB; powered down by 100k; internal × 2 and × 1 at codes 0 and 4095.
    expect(outputs_V()).toEqual([0.001, 0, 0, (2.048 * 4095) / 4096])
  })
})

describe("fast write", () => {
  test("A to D, each output moving at its own last byte", () => {
    dac.start(false)
    const steps: number[] = []
    for (const byte of [0x01, 0x23, 0x04, 0x56, 0x07, 0x89, 0x0a, 0xbc]) {
      dac.write(byte)
      steps.push(moves.length)
    }
    dac.stop()
    expect(steps).toEqual([0, 1, 1, 2, 2, 3, 3, 4])
    expect(moves).toEqual([
      [0, 0.291],
      [1, 1.11],
      [2, 1.929],
      [3, 2.748],
    ])
  })

  test("may stop after any channel, and half a channel changes nothing", () => {
    send(0x00, 0x64, 0x00)
    expect(outputs_V()).toEqual([0.1, 2.048, 2.048, 2.048])
  })

  test("power-down bits give 0 V, the bits 7…6 of a later channel do not matter", () => {
    send(0x18, 0x00, 0xc8, 0x00, 0x28, 0x00, 0x38, 0x00)
    expect(outputs_V()).toEqual([0, 2.048, 0, 0])
  })

  test("leaves VREF, gain and the EEPROM alone", () => {
    send(0x40, 0x94, 0x00) // A: internal, × 2, code 400h
    send(0x08, 0x00)
    expect(dac.output_V(0)).toBe(2.048)
    expect(readBack().slice(0, 6)).toEqual([0xc1, 0x98, 0x00, 0xc1, 0x08, 0x00])
  })

  test("any codes follow VREF × D / 4096", () => {
    const codes = fc.array(fc.nat(4095), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(codes, (sent) => {
        send(...sent.flatMap((code) => [code >> 8, code & 0xff]))
        sent.forEach((code, channel) => {
          expect(dac.output_V(channel)).toBeCloseTo((VDD_V * code) / 4096, 12)
        })
      }),
      { seed: 1 },
    )
  })

  test("a fifth channel is loud", () => {
    expect(() => send(0, 0, 0, 0, 0, 0, 0, 0, 0)).toThrow(ChipModelError)
  })
})

describe("multi-write", () => {
  test("any channels in any order in one frame", () => {
    send(0x46, 0x01, 0x00, 0x40, 0x02, 0x00, 0x06, 0x03, 0x00)
    expect(moves).toEqual([
      [3, 0.256],
      [0, 0.512],
      [3, 0.768],
    ])
  })

  // Table 4-6, LSB 0.5 mV and 1 mV with the internal reference.
  test.each([
    [0x8f, 0xff, 2.0475],
    [0x80, 0x02, 0.001],
    [0x80, 0x00, 0],
    [0x9f, 0xff, 4.095],
    [0x90, 0x02, 0.002],
    [0x1f, 0xff, 4.095], // the gain does not count with VDD
    [0x0f, 0xff, 4.095],
    [0x00, 0x02, 0.002],
    [0xaf, 0xff, 0],
  ])("%i %i", (high, low, voltage_V) => {
    send(0x42, high, low)
    expect(dac.output_V(1)).toBeCloseTo(voltage_V, 12)
  })

  // Table 4-5: /LDAC low updates whatever /UDAC says; /LDAC high, /UDAC decides.
  test.each([
    [false, 0, true],
    [false, 1, true],
    [true, 0, true],
    [true, 1, false],
  ])("/LDAC high %s, /UDAC %i: moves %s", (ldacHigh, udac, moved) => {
    dac = build({ ldacHigh })
    dac.powerOn()
    send(0x44 | udac, 0x01, 0x00)
    expect(dac.output_V(2)).toBe(moved ? 0.256 : 2.048)
    expect(readBack().slice(13, 15)).toEqual([0x01, 0x00])
    send(0x02, 0x00)
    expect(dac.output_V(0)).toBe(ldacHigh ? 2.048 : 0.512)
  })
})

describe("EEPROM", () => {
  const SINGLE = [0x5c, 0x01, 0x00] // channel C, code 100h

  test("single write takes 25 ms: busy, the old cells until then, and no other write", () => {
    send(...SINGLE)
    expect(dac.output_V(2)).toBe(0.256)
    clock.advanceBy_us(24_999)
    expect(readBack().slice(12, 18)).toEqual([0x61, 0x01, 0x00, 0x61, 0x08, 0x00])
    send(0x00, 0x00)
    send(0x40, 0x00, 0x00)
    send(0x58, 0x00, 0x00)
    expect(outputs_V()).toEqual([2.048, 2.048, 0.256, 2.048])
    clock.advanceBy_us(1)
    expect(readBack().slice(12, 18)).toEqual([0xe1, 0x01, 0x00, 0xe1, 0x01, 0x00])
    expect([...eeprom]).toEqual([8, 0, 8, 0, 1, 0, 8, 0])
    send(0x00, 0x00)
    expect(dac.output_V(0)).toBe(0)
  })

  test("at most 50 ms", () => {
    dac = build({ timing: "maximum" })
    dac.powerOn()
    send(...SINGLE)
    clock.advanceBy_us(49_999)
    expect(readBack()[0] & 0x80).toBe(0)
    clock.advanceBy_us(1)
    expect(readBack()[0] & 0x80).toBe(0x80)
  })

  test("sequential write, Figure 7-4: the outputs at once, the cells together", () => {
    send(0x50, 0x08, 0x00, 0x0f, 0xff, 0x98, 0x00, 0x9f, 0xff)
    expect(outputs_V()).toEqual([2.048, 4.095, 2.048, 4.095])
    expect([...eeprom]).toEqual([...eepromAtMidScale()])
    clock.advanceBy_us(25_000)
    readBack()
    expect([...eeprom]).toEqual([0x08, 0, 0x0f, 0xff, 0x98, 0, 0x9f, 0xff])
    clock.advanceBy_us(1_000_000)
    dac.powerOff()
    dac.powerOn()
    expect(outputs_V()).toEqual([2.048, 4.095, 2.048, 4.095])
  })

  test("sequential write from C to D", () => {
    send(0x54, 0x01, 0x00, 0x02, 0x00)
    clock.advanceBy_us(25_000)
    readBack()
    expect([...eeprom]).toEqual([8, 0, 8, 0, 1, 0, 2, 0])
  })

  test("a power cut in time keeps the cells, in mid-write it tears them", () => {
    send(0x50, 1, 1, 2, 2, 3, 3, 4, 4)
    clock.advanceBy_us(25_000)
    dac.powerOff()
    expect([...eeprom]).toEqual([1, 1, 2, 2, 3, 3, 4, 4])
    dac.powerOn()
    send(0x50, 5, 5, 6, 6, 7, 7, 8, 8)
    clock.advanceBy_us(12_500)
    dac.powerOff()
    expect([...eeprom]).toEqual([5, 5, 6, 6, 0xff, 3, 4, 4])
  })

  test("bytes after the last one are loud, and so is a sequence cut short", () => {
    expect(() => send(...SINGLE, 0x00)).toThrow(ChipModelError)
    dac = build()
    dac.powerOn()
    expect(() => send(0x50, 1, 1)).toThrow(ChipModelError)
  })
})

test("read-back: register then EEPROM, A to D, with address bits, and over again", () => {
  send(0x01, 0x23)
  const expected = [
    [0xc1, 0x01, 0x23, 0xc1, 0x08, 0x00],
    [0xd1, 0x08, 0x00, 0xd1, 0x08, 0x00],
    [0xe1, 0x08, 0x00, 0xe1, 0x08, 0x00],
    [0xf1, 0x08, 0x00, 0xf1, 0x08, 0x00],
  ].flat()
  dac.start(true)
  expect(Array.from({ length: 48 }, () => dac.read())).toEqual([...expected, ...expected])
  dac.stop()
})

// Address programming, VREF, power-down, gain, and codes without a meaning.
test.each([0x48, 0x60, 0x80, 0xa0, 0xc0, 0xe0, 0xff])("write command %i is loud", (command) => {
  dac.start(false)
  expect(() => dac.write(command)).toThrow("MCP4728 0x61")
})

test("errors: offset, gain, nonlinearity; the output ends at its rails", () => {
  errors.offset_V[0] = 0.01
  errors.gainError[0] = 0.01
  errors.integralNonlinearity_LSB = (channel, code) => (channel === 0 && code === 1000 ? 2 : 0)
  send(0x03, 0xe8)
  expect(dac.output_V(0)).toBeCloseTo(1.002 * 1.01 + 0.01, 12)
  send(0x0f, 0xff)
  expect(dac.output_V(0)).toBe(VDD_V)
  errors.offset_V[0] = -0.01
  send(0x00, 0x00)
  expect(dac.output_V(0)).toBe(0)
})

test("refresh tells all four outputs after the reference has moved", () => {
  supply_V = 4.1
  dac.refresh()
  expect(moves).toEqual([0, 1, 2, 3].map((channel) => [channel, 2.05]))
})
