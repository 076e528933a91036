import type { Peripheral } from "rp2040js"

/** The ways to write a register that its address tells: RP2040 datasheet, 2.1.2. */
const XOR = 1
const SET = 2
const CLEAR = 3

/** Registers that hold what is written, for blocks of the chip that the emulator leaves out. */
export class Registers implements Peripheral {
  private readonly values = new Map<number, number>()

  readUint32(offset: number): number {
    return this.values.get(offset) ?? 0
  }

  writeUint32(offset: number, value: number): void {
    this.values.set(offset, value >>> 0)
  }

  writeUint32Atomic(offset: number, value: number, kind: number): void {
    const old = this.readUint32(offset)
    if (kind === XOR) this.writeUint32(offset, old ^ value)
    else if (kind === SET) this.writeUint32(offset, old | value)
    else if (kind === CLEAR) this.writeUint32(offset, old & ~value)
    else this.writeUint32(offset, value)
  }
}

const RANDOMBIT = 0x1c // RP2040 datasheet, 2.17.8
const ROSC_STATUS = 0x18
const STABLE_AND_ENABLED = 0x80001000

/** The ring oscillator, of which programs want its random bit. */
export class RingOscillator extends Registers {
  constructor(private readonly bit: () => number) {
    super()
  }

  override readUint32(offset: number): number {
    if (offset === RANDOMBIT) return this.bit()
    if (offset === ROSC_STATUS) return STABLE_AND_ENABLED
    return super.readUint32(offset)
  }
}
