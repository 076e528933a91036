import { I2C } from "@devicescript/i2c"

/** The board's I2C bus. `boards/` gives the one of real hardware or of the simulator. */
export abstract class Bus extends I2C {
  /**
   * One transaction into buffers that already exist: the control tick allocates nothing.
   * @param write bytes to send; none when its length is 0
   * @param read filled with the answer after a repeated start, when given
   * @returns 0, or what went wrong: a chip that does not answer
   */
  abstract transact(address: number, write: Buffer, read?: Buffer): number
}

/** The flash's SPI bus and its chip select. */
export interface SpiBus {
  /** Full duplex between two buffers of one length, inside one chip select. */
  transfer(send: Buffer, receive: Buffer): void
}
