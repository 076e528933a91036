import type { I2cChip } from "./chips/chip"
import type { Clock } from "./clock"
import { I2cLines } from "./i2cLines"
import { McuReset } from "./mcuReset"
import type { Supply } from "./supply"

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
  /** Its two wires, for who moves them by hand. */
  readonly lines = new I2cLines(() => this.clock.now_us < this.heldUntil_us)
  /** Until when somebody holds the clock line. */
  heldUntil_us = Number.NEGATIVE_INFINITY
  private readonly byte_us: number
  /** An address byte and the framing that comes with it. */
  private readonly addressing_us: number
  /** What has passed so far. A transaction that writes and then reads is one. */
  transactions = 0
  /** Transactions that read. */
  reads = 0
  /** Without address bytes. */
  bytes = 0
  /** Time that bits took, address bytes among them. */
  busy_us = 0

  constructor(
    private readonly clock: Clock,
    private readonly supply: Supply,
    kHz: number,
    /** Lets time pass within a call, towards an instant at which it may go on. */
    private readonly hold: (until_us: number) => void,
  ) {
    const bit_us = 1000 / kHz
    this.byte_us = BITS_PER_BYTE * bit_us
    this.addressing_us = (BITS_PER_BYTE + FRAMING_BITS) * bit_us
  }

  connect(address: number, chip: I2cChip): void {
    if (this.chips[address] !== undefined)
      throw new Error(`${chip.name}: address 0x${address.toString(16)} is taken`)
    this.chips[address] = chip
  }

  /** What answers at an address: for a microcontroller that carries its transactions itself, byte by byte. */
  chipAt(address: number): I2cChip | undefined {
    return this.chips[address]
  }

  /** Puts something between a chip and the bus. */
  replace(address: number, replacement: (chip: I2cChip) => I2cChip): void {
    const chip = this.chips[address]
    if (chip === undefined) throw new Error(`no chip at address 0x${address.toString(16)}`)
    this.chips[address] = replacement(chip)
  }

  /**
   * From now on, somebody holds the clock line for so long, which may be for ever: the firmware's next call lasts
   * until then, since the runtime has no time limit for its calls.
   */
  holdClockFor_ms(duration_ms: number): void {
    this.heldUntil_us = this.clock.now_us + duration_ms * 1000
  }

  /** Whoever holds the clock line lets it go. */
  releaseClock(): void {
    this.heldUntil_us = Number.NEGATIVE_INFINITY
  }

  /** Takes a chip off the bus, as a broken joint would. */
  disconnect(address: number): void {
    this.chips[address] = undefined
  }

  /** Writes, then reads into `read` after a repeated start. Empty arrays leave their part out. */
  transact(address: number, write: Uint8Array, read: Uint8Array): number {
    const { clock, supply } = this
    while (clock.now_us < this.heldUntil_us) this.hold(this.heldUntil_us)
    while (this.lines.isStuck) this.hold(Number.POSITIVE_INFINITY)
    clock.now_us += CALL_us
    const began_us = clock.now_us
    supply.byte()
    const acknowledged = this.exchange(this.chips[address], write, read)
    this.transactions++
    if (read.length > 0) this.reads++
    this.bytes += write.length + read.length
    this.busy_us += clock.now_us - began_us
    return acknowledged ? I2C_DONE : I2C_NACK
  }

  private exchange(chip: I2cChip | undefined, write: Uint8Array, read: Uint8Array): boolean {
    if (chip === undefined) {
      this.clock.now_us += this.addressing_us
      return false
    }
    let acknowledged = true
    if (write.length > 0 || read.length === 0) acknowledged = this.send(chip, write)
    if (read.length > 0 && acknowledged) acknowledged = this.receive(chip, read)
    chip.stop()
    return acknowledged
  }

  private send(chip: I2cChip, bytes: Uint8Array): boolean {
    const { clock, supply, byte_us } = this
    clock.now_us += this.addressing_us
    if (!chip.start(false)) return false
    for (let i = 0; i < bytes.length; i++) {
      supply.byte()
      clock.now_us += byte_us
      if (!chip.write(bytes[i])) return false
    }
    return true
  }

  private receive(chip: I2cChip, bytes: Uint8Array): boolean {
    const { clock, byte_us } = this
    clock.now_us += this.addressing_us
    if (!chip.start(true)) return false
    for (let i = 0; i < bytes.length; i++) {
      this.begin(chip)
      clock.now_us += byte_us
      bytes[i] = chip.read()
    }
    return true
  }

  /** A byte that a chip sends begins. When the MCU is reset now, the chip is left in the middle of it. */
  private begin(chip: I2cChip): void {
    try {
      this.supply.byte()
    } catch (error) {
      if (error instanceof McuReset) this.lines.leave(chip.read(), this.supply.bytes % 8)
      throw error
    }
  }
}
