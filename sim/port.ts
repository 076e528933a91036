import type { SpiChip } from "./chips/chip"
import type { Clock } from "./clock"
import type { I2cBus } from "./i2cBus"

// A header is two bytes: an I2C address and how many bytes to read, or this in the address's place.
const SPI = 0x80

/** An SPI transfer's cost beyond its bits: 256 bytes at 8 MHz took 0.46 ms on an emulated Pico. */
const SPI_CALL_us = 200

const NOTHING = new Uint8Array(0)

/**
 * The simulator's end of the firmware's synchronous port (`firmware/boards/sim.ts`): a header, then the
 * buffers of the bus call that it announces, which are answered in place before each call returns.
 */
export class Port {
  private address = 0
  private readLength = 0
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
        if (bytes.length !== 2)
          throw new Error(`The simulator's port wants a header, not ${bytes.length} bytes.`)
        this.address = bytes[0]
        this.readLength = bytes[1]
        this.expected = this.address === SPI ? "send" : "write"
        return 0
      case "write":
        if (this.readLength === 0) {
          this.expected = "header"
          return this.i2c.transact(this.address, bytes, NOTHING)
        }
        this.sent = bytes
        this.expected = "read"
        return 0
      case "read":
        this.expected = "header"
        return this.i2c.transact(this.address, this.sent, bytes)
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
