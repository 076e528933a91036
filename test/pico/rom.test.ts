import { expect, test } from "vitest"
import type { RP2040 } from "rp2040js"
import { doubleFunctions, floatFunctions } from "../../sim/pico/romFloats"
import { Probe, UNIQUE_ID } from "./probe"

function code(letters: string): number {
  return letters.charCodeAt(0) | (letters.charCodeAt(1) << 8)
}

function wordsOf(values: number[], type: "float" | "double"): number[] {
  const array = type === "float" ? Float32Array.from(values) : Float64Array.from(values)
  return [...new Uint32Array(array.buffer)]
}

/** Offsets in the tables of floating-point functions: RP2040 datasheet, 2.8.3.2.2. */
const ADD = 0x00
const SUBTRACT = 0x04
const MULTIPLY = 0x08
const DIVIDE = 0x0c
const SQUARE_ROOT = 0x18
const TO_INT = 0x1c
const TO_UNSIGNED = 0x24
const TO_FIX = 0x20
const FROM_INT = 0x2c
const FROM_UNSIGNED_FIX = 0x38
const COSINE = 0x3c
const EXPONENTIAL = 0x4c
const LOGARITHM = 0x50
const COMPARE = 0x54
const FROM_INT64 = 0x5c
const TO_INT64 = 0x6c
const TO_UNSIGNED64 = 0x74
const CONVERT = 0x7c

const probe = new Probe()

function float(table: "SF" | "SD", offset: number, words: number[]): DataView {
  const { bytes } = probe.do("romFloat", [code(table), offset, ...words])
  return new DataView(bytes.buffer, bytes.byteOffset)
}

test("single-precision functions of the ROM give what Math does", () => {
  const of = (offset: number, ...values: number[]) =>
    float("SF", offset, wordsOf(values, "float")).getFloat32(0, true)
  expect(of(ADD, 1.5, 2.25)).toBe(3.75)
  expect(of(SUBTRACT, 1.5, 2.25)).toBe(-0.75)
  expect(of(MULTIPLY, -1.5, 2.5)).toBe(-3.75)
  expect(of(DIVIDE, 1, 3)).toBe(Math.fround(1 / 3))
  expect(of(SQUARE_ROOT, 2)).toBe(Math.fround(Math.SQRT2))
  expect(of(COSINE, 1)).toBe(Math.fround(Math.cos(1)))
  expect(of(ADD, 1e-40, 0)).toBe(0)
  expect(float("SF", TO_INT, wordsOf([-3.5], "float")).getInt32(0, true)).toBe(-4)
  expect(float("SF", TO_FIX, [...wordsOf([3.25], "float"), 2]).getInt32(0, true)).toBe(13)
  expect(float("SF", FROM_INT, [-7]).getFloat32(0, true)).toBe(-7)
  expect(float("SF", FROM_UNSIGNED_FIX, [7, 1]).getFloat32(0, true)).toBe(3.5)
  expect(float("SF", CONVERT, wordsOf([0.1], "float")).getFloat64(0, true)).toBe(Math.fround(0.1))
})

test("double-precision functions of the ROM give what Math does", () => {
  const of = (offset: number, ...values: number[]) =>
    float("SD", offset, wordsOf(values, "double")).getFloat64(0, true)
  expect(of(ADD, 0.1, 0.2)).toBe(0.1 + 0.2)
  expect(of(SUBTRACT, 0.1, 0.2)).toBe(0.1 - 0.2)
  expect(of(MULTIPLY, 1e200, -1e100)).toBe(-1e300)
  expect(of(DIVIDE, 1, 3)).toBe(1 / 3)
  expect(of(SQUARE_ROOT, 2)).toBe(Math.SQRT2)
  expect(of(EXPONENTIAL, 1)).toBe(Math.E)
  expect(of(LOGARITHM, 10)).toBe(Math.LN10)
  expect(of(ADD, 1e-310, 0)).toBe(0)
  expect(float("SD", TO_INT, wordsOf([-3.5], "double")).getInt32(0, true)).toBe(-4)
  expect(float("SD", TO_INT, wordsOf([1e10], "double")).getInt32(0, true)).toBe(2 ** 31 - 1)
  expect(float("SD", TO_UNSIGNED, wordsOf([-1], "double")).getUint32(0, true)).toBe(0)
  expect(float("SD", FROM_INT, [-7]).getFloat64(0, true)).toBe(-7)
  expect(float("SD", FROM_INT64, [0xfffffffe, 0xffffffff]).getFloat64(0, true)).toBe(-2)
  expect(float("SD", TO_INT64, wordsOf([-1e15 - 0.5], "double")).getBigInt64(0, true)).toBe(
    -(10n ** 15n) - 1n,
  )
  expect(float("SD", TO_UNSIGNED64, wordsOf([1e30], "double")).getBigUint64(0, true)).toBe(
    2n ** 64n - 1n,
  )
  expect(float("SD", COMPARE, wordsOf([1, 2], "double")).getInt32(0, true)).toBe(-1)
  expect(float("SD", COMPARE, wordsOf([2, 2], "double")).getInt32(0, true)).toBe(0)
  expect(float("SD", CONVERT, wordsOf([0.1], "double")).getFloat32(0, true)).toBe(Math.fround(0.1))
})

/** Cycles of single and double precision: RP2040 datasheet, tables 169 and 170, V2 and V3. */
const CYCLES: [string, number, number, number][] = [
  ["add", ADD, 71, 91],
  ["subtract", SUBTRACT, 74, 95],
  ["multiply", MULTIPLY, 58, 155],
  ["divide", DIVIDE, 71, 183],
  ["square root", SQUARE_ROOT, 63, 169],
  ["to an integer", TO_INT, 40, 75],
  ["of an integer", FROM_INT, 55, 69],
  ["cosine", COSINE, 587, 1617],
  ["sine", 0x40, 577, 1618],
  ["tangent", 0x44, 653, 1891],
  ["sine and cosine", 0x48, 577, 1718],
  ["exponential", EXPONENTIAL, 524, 804],
  ["logarithm", LOGARITHM, 789, 428],
  ["compare", COMPARE, 25, 39],
  ["arc tangent", 0x58, 667, 2168],
  ["to the other precision", CONVERT, 15, 23],
]

test.each(CYCLES)("%s takes the datasheet's average cycles", (_, offset, single, double) => {
  const chip = { core: { registers: new Uint32Array(16) } } as unknown as RP2040
  expect(floatFunctions[offset / 4]?.(chip)).toBe(single)
  expect(doubleFunctions[offset / 4]?.(chip)).toBe(double)
})

test("bits and memory", () => {
  const call = (letters: string, ...words: number[]) => {
    const { bytes } = probe.do("rom", [code(letters), ...words])
    return new DataView(bytes.buffer).getUint32(0, true)
  }
  expect(call("P3", 0xf000_0001)).toBe(5)
  expect(call("R3", 0x0000_0003)).toBe(0xc000_0000)
  expect(call("L3", 0x0001_0000)).toBe(15)
  expect(call("T3", 0x0001_0000)).toBe(16)
  const { sram } = probe.chip.rp2040
  expect(call("MS", 0x2003_0001, 0xab, 6)).toBe(0x2003_0001)
  expect([...sram.slice(0x3_0000, 0x3_0008)]).toEqual([0, 0xab, 0xab, 0xab, 0xab, 0xab, 0xab, 0])
  expect(call("MC", 0x2003_0100, 0x2003_0000, 4)).toBe(0x2003_0100)
  expect([...sram.slice(0x3_0100, 0x3_0105)]).toEqual([0, 0xab, 0xab, 0xab, 0])
})

const page = Array.from({ length: 256 }, (_, i) => i ^ 0x5a)

function exerciseFlash(probe: Probe): void {
  const { content } = probe.pico.flash
  const at = 0x100000
  content.fill(0x12, at, at + 8192)
  // Typically 45 ms for a sector, 0.4 ms for a page: W25Q16JV datasheet, 9.6.
  const erased = probe.do("flashErase", [at, 4096])
  expect(erased.took_us).toBeGreaterThanOrEqual(45_000)
  expect(erased.took_us).toBeLessThan(46_000)
  expect(content.subarray(at, at + 4096).every((byte) => byte === 0xff)).toBe(true)
  expect(content[at + 4096]).toBe(0x12)
  const programmed = probe.do("flashProgram", [at + 256, 256], page)
  expect(programmed.took_us).toBeGreaterThanOrEqual(400)
  expect(programmed.took_us).toBeLessThan(500)
  expect([...content.subarray(at + 256, at + 512)]).toEqual(page)
  // The program sees it where its flash is mapped.
  expect(probe.chip.rp2040.readUint32(0x10100100)).toBe(0x59585b5a)
  expect([...probe.do("flashId").bytes.slice(0, 8)]).toEqual([...UNIQUE_ID])
}

test("a program erases and programs its flash by the ROM, and reads its number; a reset keeps all of it", () => {
  const probe = new Probe()
  exerciseFlash(probe)
  probe.order("reset")
  probe.board.advanceBy_ms(1)
  expect(probe.pico.resets).toBe(1)
  expect([...probe.pico.flash.content.subarray(0x100100, 0x100200)]).toEqual(page)
  expect(probe.chip.rp2040.readUint32(0x10100100)).toBe(0x59585b5a)
  expect(probe.isDone).toBe(true)
})

/** A ROM with Thumb code of its own, as a chip's has: a search of tables, and functions that run into nothing. */
function chipsRom(): Uint8Array {
  const rom = new Uint8Array(16 * 1024)
  const view = new DataView(rom.buffer)
  const put = (at: number, halfwords: number[]) => {
    for (const [i, halfword] of halfwords.entries()) view.setUint16(at + 2 * i, halfword, true)
  }
  put(0x10, [0x754d, 0x0201])
  put(0x14, [0x200, 0x300, 0x101])
  // Of (r0: table, r1: code): through pairs of code and pointer until the code, or 0, is found.
  // biome-ignore format: an instruction each
  put(0x100, [0x8802, 0x2a00, 0xd005, 0x8843, 0x3004, 0x428a, 0xd1f8, 0x0018, 0x4770, 0x2000, 0x4770])
  const functions = ["IF", "EX", "RE", "RP", "FC", "CX", "UB"]
  put(
    0x200,
    functions.flatMap((name, i) => [code(name), 0x401 + 16 * i]),
  )
  // Each a breakpoint: the emulator stops if one is carried out.
  for (const i of functions.keys()) put(0x400 + 16 * i, [0xbe00, 0xbe00])
  return rom
}

test("of a chip's own boot ROM, only what touches the flash is replaced", () => {
  exerciseFlash(new Probe({ bootRom: chipsRom() }))
  expect(() => new Probe({ bootRom: new Uint8Array(16 * 1024) })).toThrow(
    "No boot ROM of an RP2040",
  )
  expect(() => new Probe({ bootRom: chipsRom().slice(4) })).toThrow("No boot ROM of an RP2040")
})
