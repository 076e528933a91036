import { ChipModelError, type SpiChip } from "../chips/chip"
import type { Random } from "../random"

/** How the flash goes wrong. */
export type FlashFault =
  /** It sends ones, as an open MISO does: it seems busy for ever. */
  | "mute"
  /** It sends zeros: it is never busy, and all its pages are zero. */
  | "zeros"
  /** It says again and again what it said last to the same instruction. */
  | "stale"
  /** Bytes that it sends have wrong bits: one in a thousand. */
  | "wrongBytes"
  /** Its status never falls. */
  | "busy"
  /** It does not hear write enable. */
  | "writeProtected"
  /** One cell of every page stays 1. */
  | "stuckOne"
  /** One cell of every page stays 0, whatever is erased. */
  | "stuckZero"
  /** It is another part. */
  | "identity"

const WRITE_ENABLE = 0x06
const READ_DATA = 0x03
const READ_STATUS_1 = 0x05
const JEDEC_ID = 0x9f
const ADDRESS_BYTES = 3
const WRONG_SHARE = 0.001
/** Which byte of each page has the broken cell, and which bit. */
const BROKEN_AT = 100
const BROKEN_BIT = 0x10

/** A flash that works until it is told to fail. It stands on the bus in the chip's place. */
export class FaultyFlash implements SpiChip {
  fault: FlashFault | undefined
  private index = 0
  private instruction = 0
  private address = 0
  private readonly answers = new Map<number, number[]>()

  constructor(
    readonly chip: SpiChip,
    private readonly random: Random,
  ) {}

  get name(): string {
    return this.chip.name
  }

  powerOn(): void {
    this.chip.powerOn()
  }

  powerOff(): void {
    this.chip.powerOff()
  }

  /** Its supply dips: what it was writing is torn, and nobody was told. */
  reset(): void {
    this.chip.powerOff()
    this.chip.powerOn()
  }

  select(): void {
    this.index = 0
    this.address = 0
    this.chip.select()
  }

  transfer(byte: number): number {
    const index = this.index++
    if (index === 0) this.instruction = byte
    else if (index <= ADDRESS_BYTES) this.address = (this.address << 8) | byte
    const isDeaf = this.fault === "writeProtected" && index === 0 && byte === WRITE_ENABLE
    // An instruction that it does not hear is none: disabling what is disabled does nothing.
    return this.disturbed(index, this.chipByte(isDeaf ? 0x04 : byte))
  }

  deselect(): void {
    this.chip.deselect()
  }

  private disturbed(index: number, byte: number): number {
    const { fault, instruction } = this
    const said = this.answers.get(instruction) ?? []
    this.answers.set(instruction, said)
    switch (fault) {
      case "mute":
        return 0xff
      case "zeros":
        return 0
      case "stale":
        return said[index] ?? byte
      case "wrongBytes":
        return this.random.uniform() < WRONG_SHARE
          ? byte ^ (1 << Math.floor(this.random.uniform(0, 8)))
          : byte
      case "busy":
        return instruction === READ_STATUS_1 && index > 0 ? byte | 1 : byte
      case "identity":
        return instruction === JEDEC_ID && index === 3 ? 0x17 : byte
      case "stuckOne":
        return this.isBroken(index) ? byte | BROKEN_BIT : byte
      case "stuckZero":
        return this.isBroken(index) ? byte & ~BROKEN_BIT : byte
      default:
        said[index] = byte
        return byte
    }
  }

  /** Whether the byte that is read is one with a broken cell. */
  private isBroken(index: number): boolean {
    if (this.instruction !== READ_DATA || index <= ADDRESS_BYTES) return false
    return ((this.address + index - ADDRESS_BYTES - 1) & 0xff) === BROKEN_AT
  }

  /** What it does not have to say, it says as ones. */
  private chipByte(byte: number): number {
    try {
      return this.chip.transfer(byte)
    } catch (error) {
      if (error instanceof ChipModelError) return 0xff
      throw error
    }
  }
}
