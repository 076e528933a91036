import type { SpiChip } from "./chips/chip"
import type { Clock } from "./clock"
import type { I2cBus } from "./i2cBus"

const OP_I2C = 1 // address, bytes to read, then a message to write and, if any are to be read, one to fill
const OP_SPI = 2 // then a message to send and one of the same length to fill

/** An SPI transfer's cost beyond its bits: 256 bytes at 8 MHz took 0.46 ms on an emulated Pico. */
const SPI_CALL_us = 200

const NOTHING = new Uint8Array(0)

/**
 * The simulator's end of the firmware's synchronous port (`firmware/boards/sim.ts`): a header, then the
 * buffers of the bus call that it announces, which are answered in place before each call returns.
 */
export class Port {
  private readonly header = new Uint8Array(4)
  private expected: "header" | "write" | "read" | "send" | "receive" = "header"
  private sent: Uint8Array = NOTHING

  constructor(
    private readonly clock: Clock,
    private readonly i2c: I2cBus,
    private readonly flash: SpiChip,
    private readonly spi_us_per_byte: number,
  ) {}

  /** Takes one message. Gives what the bus call returns: 0, or the bus's error. */
  message(bytes: Uint8Array): number {
    switch (this.expected) {
      case "header":
        this.header.set(bytes)
        if (bytes[0] === OP_I2C) this.expected = "write"
        else if (bytes[0] === OP_SPI) this.expected = "send"
        else throw new Error(`Unknown operation ${bytes[0]} on the simulator's port`)
        return 0
      case "write":
        if (this.header[2] === 0) {
          this.expected = "header"
          return this.i2c.transact(this.header[1], bytes, NOTHING)
        }
        this.sent = bytes
        this.expected = "read"
        return 0
      case "read":
        this.expected = "header"
        return this.i2c.transact(this.header[1], this.sent, bytes)
      case "send":
        this.sent = bytes
        this.expected = "receive"
        return 0
      case "receive":
        this.expected = "header"
        this.transfer(this.sent, bytes)
        return 0
    }
  }

  private transfer(send: Uint8Array, receive: Uint8Array): void {
    if (send.length !== receive.length)
      throw new Error(`An SPI transfer of ${send.length} bytes into ${receive.length}`)
    this.clock.now_us += SPI_CALL_us
    this.flash.select()
    for (let i = 0; i < send.length; i++) {
      this.clock.now_us += this.spi_us_per_byte
      receive[i] = this.flash.transfer(send[i])
    }
    this.flash.deselect()
  }
}
