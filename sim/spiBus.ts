import type { SpiChip } from "./chips/chip"
import type { Clock } from "./clock"
import type { Supply } from "./supply"

/** A transfer's cost beyond its bits: 256 bytes at 8 MHz took 0.46 ms on an emulated Pico. */
const CALL_us = 200

/** An SPI bus with one chip, whose transfers take their time. */
export class SpiBus {
  private readonly byte_us: number

  constructor(
    private readonly clock: Clock,
    private chip: SpiChip,
    private readonly supply: Supply,
    kHz: number,
  ) {
    this.byte_us = 8000 / kHz
  }

  /** Puts something between the chip and the bus. */
  replace(replacement: (chip: SpiChip) => SpiChip): void {
    this.chip = replacement(this.chip)
  }

  select(): void {
    this.chip.select()
  }

  deselect(): void {
    this.chip.deselect()
  }

  /** Full duplex, between two buffers of one length. */
  exchange(send: Uint8Array, receive: Uint8Array): void {
    const { clock, chip, supply, byte_us } = this
    if (send.length !== receive.length)
      throw new Error(`An SPI transfer of ${send.length} bytes into ${receive.length}`)
    clock.now_us += CALL_us
    for (let i = 0; i < send.length; i++) {
      supply.byte()
      clock.now_us += byte_us
      receive[i] = chip.transfer(send[i])
    }
  }

  /** One byte each way, whose time the microcontroller has let pass. */
  byte(mosi: number): number {
    this.supply.byte()
    return this.chip.transfer(mosi)
  }

  /** Selects the chip for one exchange, as the firmware's boards do. */
  transfer(send: Uint8Array, receive: Uint8Array): void {
    this.select()
    this.exchange(send, receive)
    this.deselect()
  }
}
