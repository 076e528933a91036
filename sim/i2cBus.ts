import type { I2cChip } from "./chips/chip"
import type { Clock } from "./clock"

/** What the firmware's I2C call returns: done, or nobody acknowledged. */
export const I2C_DONE = 0
export const I2C_NACK = -1

/**
 * Time that the runtime adds to each transaction beyond its bits: 321 µs were measured for a write of
 * three bytes at 400 kHz on an emulated Pico, of which 95 µs are bits.
 */
const CALL_us = 226
const BITS_PER_BYTE = 9
/** START, STOP or repeated START, together about two bits. */
const FRAMING_BITS = 2

/** An I2C bus: carries a transaction to the chip at an address, byte by byte, and takes its time. */
export class I2cBus {
  private readonly chips: (I2cChip | undefined)[] = new Array(128).fill(undefined)
  private readonly bit_us: number
  /** Transactions so far. */
  transactions = 0

  constructor(
    private readonly clock: Clock,
    kHz: number,
  ) {
    this.bit_us = 1000 / kHz
  }

  connect(address: number, chip: I2cChip): void {
    if (this.chips[address] !== undefined)
      throw new Error(`${chip.name}: address 0x${address.toString(16)} is taken`)
    this.chips[address] = chip
  }

  /** Takes a chip off the bus, as a broken joint would. */
  disconnect(address: number): void {
    this.chips[address] = undefined
  }

  /** Writes, then reads into `read` after a repeated start. Empty arrays leave their part out. */
  transact(address: number, write: Uint8Array, read: Uint8Array): number {
    this.transactions++
    const clock = this.clock
    const bit_us = this.bit_us
    clock.now_us += CALL_us
    const chip = this.chips[address]
    let status = I2C_DONE
    if (chip === undefined) {
      clock.now_us += (BITS_PER_BYTE + FRAMING_BITS) * bit_us
      return I2C_NACK
    }
    if (write.length > 0 || read.length === 0) {
      clock.now_us += (BITS_PER_BYTE + FRAMING_BITS) * bit_us
      if (!chip.start(false)) status = I2C_NACK
      for (let i = 0; i < write.length && status === I2C_DONE; i++) {
        clock.now_us += BITS_PER_BYTE * bit_us
        if (!chip.write(write[i])) status = I2C_NACK
      }
    }
    if (read.length > 0 && status === I2C_DONE) {
      clock.now_us += (BITS_PER_BYTE + FRAMING_BITS) * bit_us
      if (!chip.start(true)) status = I2C_NACK
      for (let i = 0; i < read.length && status === I2C_DONE; i++) {
        clock.now_us += BITS_PER_BYTE * bit_us
        read[i] = chip.read()
      }
    }
    chip.stop()
    return status
  }
}
