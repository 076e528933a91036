import type { RP2040 } from "rp2040js"

/** Carries out a function of the ROM upon the registers. @returns the cycles that it takes */
export type RomFunction = (rp2040: RP2040) => number

// The boot ROM's floating-point functions, with their average cycles: RP2040 datasheet (RP-008371-DS-1), 2.8.3.2.2,
// tables 169 and 170, columns of V2 and V3. Conversions with a point, of unsigned numbers and of 64 bits, 38 to 74
// cycles each, were not compared with its print, but for that of a double to 64 bits with a point (0x78).
// Results are rounded correctly, where the ROM's last bit may differ; as there, denormals are 0.

const words = new Uint32Array(2)
const single = new Float32Array(words.buffer)
const double = new Float64Array(words.buffer)
const integer = new BigInt64Array(words.buffer)

const SMALLEST_SINGLE = 2 ** -126
const SMALLEST_DOUBLE = 2 ** -1022

type Read = (registers: Uint32Array, at: number) => number
type Write = (registers: Uint32Array, at: number, value: number) => void

const readSingle: Read = (registers, at) => {
  words[0] = registers[at]
  return flushed(single[0], SMALLEST_SINGLE)
}
const writeSingle: Write = (registers, at, value) => {
  single[0] = flushed(value, SMALLEST_SINGLE)
  registers[at] = words[0]
}
const readDouble: Read = (registers, at) => {
  words[0] = registers[at]
  words[1] = registers[at + 1]
  return flushed(double[0], SMALLEST_DOUBLE)
}
const writeDouble: Write = (registers, at, value) => {
  double[0] = flushed(value, SMALLEST_DOUBLE)
  registers[at] = words[0]
  registers[at + 1] = words[1]
}

function flushed(value: number, smallest: number): number {
  return Math.abs(value) < smallest ? Math.sign(value) * 0 : value
}

function clamped(value: number, least: number, most: number): number {
  return Number.isNaN(value) ? 0 : Math.min(most, Math.max(least, value))
}

function read64(registers: Uint32Array, isSigned: boolean): number {
  words[0] = registers[0]
  words[1] = registers[1]
  return Number(isSigned ? integer[0] : BigInt.asUintN(64, integer[0]))
}

function write64(registers: Uint32Array, value: number, isSigned: boolean): void {
  const least = isSigned ? -(2n ** 63n) : 0n
  const most = isSigned ? 2n ** 63n - 1n : 2n ** 64n - 1n
  if (value >= 2 ** 64) integer[0] = BigInt.asIntN(64, most)
  else {
    const whole = BigInt(Math.floor(Number.isNaN(value) ? 0 : Math.max(value, -(2 ** 64))))
    integer[0] = BigInt.asIntN(64, whole < least ? least : whole > most ? most : whole)
  }
  registers[0] = words[0]
  registers[1] = words[1]
}

interface Format {
  read: Read
  write: Write
  /** Registers that a value takes. */
  width: 1 | 2
}

/** By the order of the tables, whose entries have four bytes each. */
function table(
  { read, write, width }: Format,
  cycles: number[],
  other: { read: Read; write: Write },
): (RomFunction | undefined)[] {
  type Body = (registers: Uint32Array) => void
  const one = (compute: (x: number) => number): Body => {
    return (registers) => write(registers, 0, compute(read(registers, 0)))
  }
  const two = (compute: (x: number, y: number) => number): Body => {
    return (registers) => write(registers, 0, compute(read(registers, 0), read(registers, width)))
  }
  // Rounded downwards. A number of bits after the point, where there is one, comes behind the value.
  const to32 = (hasPoint: boolean, least: number, most: number): Body => {
    return (registers) => {
      const scaled = read(registers, 0) * (hasPoint ? 2 ** (registers[width] | 0) : 1)
      registers[0] = clamped(Math.floor(scaled), least, most)
    }
  }
  const to64 = (hasPoint: boolean, isSigned: boolean): Body => {
    return (registers) =>
      write64(
        registers,
        read(registers, 0) * (hasPoint ? 2 ** (registers[width] | 0) : 1),
        isSigned,
      )
  }
  const from32 = (hasPoint: boolean, isSigned: boolean): Body => {
    return (registers) => {
      const value = isSigned ? registers[0] | 0 : registers[0]
      write(registers, 0, value * (hasPoint ? 2 ** -(registers[1] | 0) : 1))
    }
  }
  const from64 = (hasPoint: boolean, isSigned: boolean): Body => {
    return (registers) =>
      write(registers, 0, read64(registers, isSigned) * (hasPoint ? 2 ** -(registers[2] | 0) : 1))
  }
  const compare: Body = (registers) => {
    const difference = read(registers, 0) - read(registers, width)
    registers[0] = difference < 0 ? -1 : difference > 0 ? 1 : 0
  }
  const sineAndCosine: Body = (registers) => {
    const x = read(registers, 0)
    write(registers, 0, Math.sin(x))
    write(registers, width, Math.cos(x))
  }
  const bodies: (Body | undefined)[] = [
    two((x, y) => x + y),
    two((x, y) => x - y),
    two((x, y) => x * y),
    two((x, y) => x / y),
    undefined,
    undefined,
    one(Math.sqrt),
    to32(false, -(2 ** 31), 2 ** 31 - 1),
    to32(true, -(2 ** 31), 2 ** 31 - 1),
    to32(false, 0, 2 ** 32 - 1),
    to32(true, 0, 2 ** 32 - 1),
    from32(false, true),
    from32(true, true),
    from32(false, false),
    from32(true, false),
    one(Math.cos),
    // Sine leaves the cosine behind it, on which the SDK's single-precision sincos relies.
    sineAndCosine,
    one(Math.tan),
    sineAndCosine,
    one(Math.exp),
    one(Math.log),
    compare,
    two(Math.atan2),
    from64(false, true),
    from64(true, true),
    from64(false, false),
    from64(true, false),
    to64(false, true),
    to64(true, true),
    to64(false, false),
    to64(true, false),
    (registers) => other.write(registers, 0, read(registers, 0)),
  ]
  return bodies.map((body, i) =>
    body === undefined
      ? undefined
      : ({ core }: RP2040) => {
          body(core.registers)
          return cycles[i]
        },
  )
}

// biome-ignore format: in the datasheet's order
const SINGLE_CYCLES = [
  71, 74, 58, 71, 0, 0, 63, 40, 39, 39, 38, 55, 53, 54, 52, 587, 577, 653, 577, 524, 789, 25, 667,
  62, 58, 57, 53, 54, 53, 42, 41, 15,
]
// biome-ignore format: in the datasheet's order
const DOUBLE_CYCLES = [
  91, 95, 155, 183, 0, 0, 169, 75, 74, 63, 62, 69, 68, 64, 62, 1617, 1618, 1891, 1718, 804, 428, 39,
  2168, 55, 56, 50, 49, 64, 63, 53, 52, 23,
]

const singles: Format = { read: readSingle, write: writeSingle, width: 1 }
const doubles: Format = { read: readDouble, write: writeDouble, width: 2 }

/** Of the table SF. */
export const floatFunctions = table(singles, SINGLE_CYCLES, {
  read: readDouble,
  write: writeDouble,
})
/** Of the table SD. */
export const doubleFunctions = table(doubles, DOUBLE_CYCLES, {
  read: readSingle,
  write: writeSingle,
})
