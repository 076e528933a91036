import { I2C } from "@devicescript/i2c"

/**
 * An I2C transaction made ready once and sent many times: what is written, then what a repeated start
 * reads, in buffers that stay where they are. A control period sends nothing else and allocates nothing.
 */
export class I2cMessage {
  constructor(
    readonly address: number,
    readonly write: Buffer,
    readonly read?: Buffer,
  ) {}
}

/** Sends a message. Gives 0, or what went wrong: a chip that does not answer. */
export type Send = (message: I2cMessage) => number

/** The board's I2C bus. `boards/` gives its two functions, for real hardware or for the simulator. */
export class Bus extends I2C {
  constructor(
    /** Sends a message that was prepared. */
    readonly send: Send,
    /** Makes a message ready to be sent often; it must then live as long as the firmware. */
    readonly prepare: (message: I2cMessage) => I2cMessage,
    /** One transaction of any buffers. */
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
