/**
 * MB85RC256V, 32 KiB I2C FRAM: Fujitsu DS501-00017-3v0-E (2013), "Command": byte and page write,
 * current address, random and sequential read.
 *
 * A byte is in the array at its ACK: no write delay, nothing to tear. The device ID (slave F8h) is
 * not modelled, nor the WP pin, which is low. Assumed: after a single address byte the address
 * stays as it was.
 */
import { ChipModelError, type I2cChip } from "./chip"

const SIZE = 0x8000
const ADDRESS = SIZE - 1 // the upper bit is "don't care"; 7FFFh rolls over to 0000h
const UNDEFINED = -1 // until the first address after power-on

export class Mb85rc256v implements I2cChip {
  readonly name: string
  private readonly memory: Uint8Array
  private powered = false
  private address = UNDEFINED
  private high = 0
  private index = 0

  constructor(options: { name: string; memory: Uint8Array }) {
    if (options.memory.length !== SIZE) throw new RangeError(`${options.name} holds ${SIZE} bytes`)
    this.name = options.name
    this.memory = options.memory
  }

  powerOn(): void {
    this.powered = true
    this.address = UNDEFINED
  }

  powerOff(): void {
    this.powered = false
  }

  start(_read: boolean): boolean {
    this.index = 0
    return this.powered
  }

  write(byte: number): boolean {
    if (!this.powered) return false
    if (this.index === 0) {
      this.high = byte
      this.index = 1
    } else if (this.index === 1) {
      this.address = ((this.high << 8) | byte) & ADDRESS
      this.index = 2
    } else {
      this.memory[this.address] = byte
      this.address = (this.address + 1) & ADDRESS
    }
    return true
  }

  read(): number {
    if (!this.powered) return 0xff
    if (this.address === UNDEFINED) {
      throw new ChipModelError(this.name, "current address read before any address was sent")
    }
    const value = this.memory[this.address]
    this.address = (this.address + 1) & ADDRESS
    return value
  }

  stop(): void {}
}
