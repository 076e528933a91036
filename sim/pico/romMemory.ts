import type { RP2040 } from "rp2040js"
import type { RomFunction } from "./romFloats"

// Functions of the boot ROM for bits and memory: RP2040 datasheet, 2.8.3.1. Their times are estimates: cycles of
// the instructions that they must take.

/** Of storing, and of loading and storing, sixteen bytes by one instruction each. */
const FILL_CYCLES_PER_BYTE = 5 / 16
const COPY_CYCLES_PER_BYTE = 10 / 16
const CALL_CYCLES = 30
const BITS_CYCLES = 20

function bits(compute: (value: number) => number): RomFunction {
  return ({ core }) => {
    core.registers[0] = compute(core.registers[0])
    return BITS_CYCLES
  }
}

const SRAM_AT = 0x20000000

/** Bytes of the SRAM, or undefined where a range is not all in it. */
function inSram({ sram }: RP2040, at: number, count: number): Uint8Array | undefined {
  const from = at - SRAM_AT
  return from >= 0 && from + count <= sram.length ? sram.subarray(from, from + count) : undefined
}

function fill(rp2040: RP2040): number {
  const [to, value, count] = rp2040.core.registers
  const target = inSram(rp2040, to, count)
  if (target !== undefined) target.fill(value)
  else for (let i = 0; i < count; i++) rp2040.writeUint8(to + i, value & 0xff)
  return Math.round(CALL_CYCLES + count * FILL_CYCLES_PER_BYTE)
}

function copy(rp2040: RP2040): number {
  const [to, from, count] = rp2040.core.registers
  const target = inSram(rp2040, to, count)
  const source = inSram(rp2040, from, count)
  if (target !== undefined && source !== undefined) target.set(source)
  else for (let i = 0; i < count; i++) rp2040.writeUint8(to + i, rp2040.readUint8(from + i))
  return Math.round(CALL_CYCLES + count * COPY_CYCLES_PER_BYTE)
}

function countOnes(value: number): number {
  let ones = 0
  for (let left = value >>> 0; left !== 0; left >>>= 1) ones += left & 1
  return ones
}

function reversed(value: number): number {
  let result = 0
  for (let i = 0; i < 32; i++) result = (result << 1) | ((value >>> i) & 1)
  return result >>> 0
}

export const memoryFunctions: Record<string, RomFunction> = {
  P3: bits(countOnes),
  R3: bits(reversed),
  L3: bits(Math.clz32),
  T3: bits((value) => (value === 0 ? 32 : 31 - Math.clz32(value & -value))),
  MS: fill,
  S4: fill,
  MC: copy,
  C4: copy,
}
