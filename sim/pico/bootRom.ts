import type { RP2040 } from "rp2040js"
import { doubleFunctions, floatFunctions, type RomFunction } from "./romFloats"
import { memoryFunctions } from "./romMemory"

/** Where the boot ROM keeps its magic number, version and three 16-bit pointers: RP2040 datasheet, 2.8.2. */
const MAGIC_AT = 0x10
const MAGIC = [0x4d, 0x75, 0x01]
const VERSION_AT = 0x13
const FUNCTIONS_AT = 0x14
const DATA_AT = 0x16
const LOOKUP_AT = 0x18
/** The last one, whose tables of floating-point functions are complete. */
const VERSION = 3

/** Two letters, by which programs ask for functions and data. */
export type RomCode = string

const BKPT = 0xbe00
const BX_LR = 0x4770
const STACK_TOP = 0x20041f00
const FIRST_FUNCTION_AT = 0x100
const TABLES_AT = 0x800
export const ROM_BYTES = 16 * 1024

/** A boot ROM of which some functions are carried out by the emulator's host: each is a breakpoint and a return. */
export class BootRom {
  private readonly hooks = new Map<number, RomFunction>()

  private constructor(private readonly halfwords: Uint16Array) {}

  /**
   * Of a file with the chip's own ROM, of which only what touches the flash is replaced.
   * @throws Error when the file is no such ROM
   */
  static of(file: Uint8Array, flash: Record<RomCode, RomFunction>): BootRom {
    if (file.length !== ROM_BYTES || MAGIC.some((byte, i) => file[MAGIC_AT + i] !== byte))
      throw new Error(`No boot ROM of an RP2040: that has ${ROM_BYTES} bytes, and 4D 75 01 at 10h.`)
    const rom = new BootRom(new Uint16Array(file.slice().buffer))
    for (const [code, call] of Object.entries(flash)) {
      const at = rom.find(code)
      if (at === undefined) throw new Error(`The boot ROM has no function ${code}.`)
      rom.place(at, call)
    }
    return rom
  }

  /** Ours, with all that Raspberry Pi's SDK asks of one; what it computes takes the average times of the real one. */
  static own(flash: Record<RomCode, RomFunction>): BootRom {
    const rom = new BootRom(new Uint16Array(ROM_BYTES / 2))
    new Writer(rom.halfwords, (at, call) => rom.place(at, call)).write({
      ...flash,
      ...memoryFunctions,
    })
    return rom
  }

  /** Puts it into a chip. */
  install(rp2040: RP2040): void {
    rp2040.bootrom.fill(0)
    rp2040.bootrom.set(new Uint32Array(this.halfwords.buffer))
  }

  /** Carries out what stands at a breakpoint of the ROM. @returns whether one of ours stood there */
  call(rp2040: RP2040, at: number): boolean {
    const hook = this.hooks.get(at)
    if (hook === undefined) return false
    rp2040.core.cycles += hook(rp2040)
    return true
  }

  private place(at: number, call: RomFunction): void {
    this.hooks.set(at, call)
    this.halfwords[at / 2] = BKPT
    this.halfwords[at / 2 + 1] = BX_LR
  }

  private find(code: RomCode): number | undefined {
    const wanted = codeOf(code)
    for (let i = this.halfwords[FUNCTIONS_AT / 2] / 2; this.halfwords[i] !== 0; i += 2)
      if (this.halfwords[i] === wanted) return this.halfwords[i + 1] & ~1
    return undefined
  }
}

function codeOf(code: RomCode): number {
  return code.charCodeAt(0) | (code.charCodeAt(1) << 8)
}

/** Lays a ROM out: functions, then their table, then the tables of floating-point functions. */
class Writer {
  private nextFunction = FIRST_FUNCTION_AT
  private nextWord = TABLES_AT

  constructor(
    private readonly halfwords: Uint16Array,
    private readonly place: (at: number, call: RomFunction) => void,
  ) {}

  write(functions: Record<RomCode, RomFunction>): void {
    const { halfwords } = this
    const words = new DataView(halfwords.buffer)
    words.setUint32(0, STACK_TOP, true)
    MAGIC.forEach((byte, i) => {
      words.setUint8(MAGIC_AT + i, byte)
    })
    words.setUint8(VERSION_AT, VERSION)
    const lookUp: RomFunction = ({ core }) => {
      const [table, code] = core.registers
      let at = table / 2
      while (halfwords[at] !== 0 && halfwords[at] !== code) at += 2
      core.registers[0] = halfwords[at] === 0 ? 0 : halfwords[at + 1]
      return LOOKUP_CYCLES
    }
    halfwords[LOOKUP_AT / 2] = this.function(lookUp)
    halfwords[FUNCTIONS_AT / 2] = this.table(
      Object.entries(functions).map(([code, call]) => [code, this.function(call)]),
    )
    halfwords[DATA_AT / 2] = this.table([
      ["SF", this.floats(floatFunctions)],
      ["SD", this.floats(doubleFunctions)],
    ])
  }

  /** @returns its address as a pointer to Thumb code */
  private function(call: RomFunction): number {
    const at = this.nextFunction
    this.nextFunction += 4
    this.place(at, call)
    return at | 1
  }

  private table(entries: [RomCode, number][]): number {
    const at = this.nextWord
    for (const [i, [code, pointer]] of entries.entries()) {
      this.halfwords[at / 2 + 2 * i] = codeOf(code)
      this.halfwords[at / 2 + 2 * i + 1] = pointer
    }
    this.nextWord += 4 * (entries.length + 1)
    return at
  }

  /** 32-bit pointers; the byte two before the first tells how many. */
  private floats(functions: (RomFunction | undefined)[]): number {
    const at = this.nextWord + 4
    const missing = this.function(() => {
      throw new Error("The program calls a floating-point function that the boot ROM has not.")
    })
    this.halfwords[at / 2 - 1] = functions.length
    for (const [i, call] of functions.entries())
      this.halfwords[at / 2 + 2 * i] = call === undefined ? missing : this.function(call)
    this.nextWord = at + 4 * functions.length
    return at
  }
}

/** A guess: a dozen entries at some eight cycles each. */
const LOOKUP_CYCLES = 60
