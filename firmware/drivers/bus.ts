import { I2C } from "@devicescript/i2c"

/** What `send` takes: a transaction that `prepare` made ready. Only the board knows what is inside. */
export interface Prepared {
  readonly preparedBrand: undefined
}

/** Sends a prepared transaction. Gives 0, or what went wrong: a chip that does not answer. */
export type Send = (transaction: Prepared) => number

/** The board's I2C bus. `boards/` gives its functions, for real hardware or for the simulator. */
export class Bus extends I2C {
  constructor(
    readonly send: Send,
    /**
     * Makes a transaction ready to be sent often: what is written, then what a repeated start reads, in
     * buffers that stay where they are. A control period sends nothing else and allocates nothing.
     */
    readonly prepare: (address: number, write: Buffer, read?: Buffer) => Prepared,
    /** One transaction of any buffers. Gives 0, or what went wrong. */
    readonly transact: (address: number, write: Buffer, read?: Buffer) => number,
  ) {
    super()
  }

  override async xfer(address: number, write: Buffer, count?: number): Promise<Buffer> {
    const read = Buffer.alloc(count ? count : 0)
    const status = this.transact(address, write, count ? read : undefined)
    if (status !== 0) throw new Error(`I2C address ${address} does not answer`)
    return read
  }
}

/** The flash's SPI bus and its chip select: full duplex between two buffers of one length. */
export interface SpiBus {
  transfer(send: Buffer, receive: Buffer): void
}
