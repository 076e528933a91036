import type { I2cBus } from "./i2cBus"
import type { SpiBus } from "./spiBus"

/** In place of an I2C address in a header: an SPI transfer follows; a pin's number and level. */
const SPI = 0x80
const PIN = 0x81
/** In place of a pin's level: what is it? */
const ASK = 2
const HEADER_BYTES = 3

const NOTHING = new Uint8Array(0)

/** An I2C transaction whose buffers the firmware has shown once. */
interface Prepared {
  address: number
  write: Uint8Array
  read: Uint8Array
}

/**
 * The simulator's end of the firmware's synchronous port (`firmware/boards/sim.ts`). A header announces a
 * bus call, then come its buffers, which are answered in place before each call returns. A transaction
 * that was only shown is carried out when its first buffer comes by itself.
 */
export class Port {
  /** By the address of their first buffer: the VM never moves what it has allocated. */
  private readonly prepared = new Map<number, Prepared>()
  private expected: "header" | "write" | "read" | "send" | "receive" = "header"
  private address = 0
  private readLength = 0
  private isShown = false
  private pointer = 0
  private sent: Uint8Array = NOTHING

  constructor(
    private readonly i2c: I2cBus,
    private readonly spi: SpiBus,
    private readonly pins: { select: number; sda: number; scl: number },
  ) {}

  /** A script opens it, perhaps not the first one of this run: what another showed lies elsewhere now. */
  open(): void {
    this.prepared.clear()
    this.expected = "header"
  }

  /** Takes one message. Gives what the bus call returns: 0, or the bus's error. */
  message(memory: Uint8Array, pointer: number, size: number): number {
    if (this.expected === "header") {
      const known = this.prepared.get(pointer)
      if (known !== undefined) return this.i2c.transact(known.address, known.write, known.read)
    }
    return this.part(memory.subarray(pointer, pointer + size), pointer)
  }

  private part(bytes: Uint8Array, pointer: number): number {
    switch (this.expected) {
      case "header":
        if (bytes.length !== HEADER_BYTES)
          throw new Error(`The simulator's port wants a header, not ${bytes.length} bytes.`)
        if (bytes[0] === PIN) return this.movePin(bytes[1], bytes[2])
        this.address = bytes[0]
        this.readLength = bytes[1]
        this.isShown = bytes[2] === 1
        this.expected = this.address === SPI ? "send" : "write"
        return 0
      case "write":
        this.pointer = pointer
        this.sent = bytes
        if (this.readLength === 0) return this.transact(NOTHING)
        this.expected = "read"
        return 0
      case "read":
        return this.transact(bytes)
      case "send":
        this.sent = bytes
        this.expected = "receive"
        return 0
      case "receive":
        this.expected = "header"
        this.spi.exchange(this.sent, bytes)
        return 0
    }
  }

  private transact(read: Uint8Array): number {
    this.expected = "header"
    const { address, sent: write } = this
    if (!this.isShown) return this.i2c.transact(address, write, read)
    this.prepared.set(this.pointer, { address, write, read })
    return 0
  }

  /** The flash's chip select, low when selected; the bus's two lines, which the script can only hold or let go. */
  private movePin(pin: number, level: number): number {
    const { pins, spi } = this
    const { lines } = this.i2c
    const isHigh = level !== 0
    if (pin === pins.sda) {
      if (level === ASK) return lines.sda ? 1 : 0
      lines.setSda(isHigh)
    } else if (pin === pins.scl) {
      if (level === ASK) return lines.scl ? 1 : 0
      lines.setScl(isHigh)
    } else if (pin !== pins.select) throw new Error(`Nothing is connected to pin ${pin}.`)
    else if (isHigh) spi.deselect()
    else spi.select()
    return 0
  }
}
