import { I2C } from "@devicescript/i2c"

/**
 * One I2C transaction into buffers that already exist: the control period allocates nothing.
 * @param write bytes to send; none when its length is 0
 * @param read filled with the answer after a repeated start, when given
 * @returns 0, or what went wrong: a chip that does not answer
 */
export type Transact = (address: number, write: Buffer, read?: Buffer) => number

/** The board's I2C bus. `boards/` gives the `transact` of real hardware or of the simulator. */
export class Bus extends I2C {
  constructor(readonly transact: Transact) {
    super()
  }

  override async xfer(address: number, write: Buffer, count?: number): Promise<Buffer> {
    const read = Buffer.alloc(count ? count : 0)
    const status = this.transact(address, write, count ? read : undefined)
    if (status !== 0) throw new Error("I2C address " + address + " does not answer")
    return read
  }
}

/** The flash's SPI bus and its chip select: full duplex between two buffers of one length. */
export interface SpiBus {
  transfer(send: Buffer, receive: Buffer): void
}
