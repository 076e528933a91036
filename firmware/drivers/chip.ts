import { I2CDriver } from "@devicescript/drivers"
import type { Bus } from "./bus"

/** A chip that does not answer, or is not the one that it should be. */
export class ChipError extends Error {
  constructor(
    readonly part: string,
    /** `at address 0x41`, `on SPI`. */
    readonly place: string,
    problem: string,
  ) {
    super(`${part} ${place} ${problem}`)
    this.name = "ChipError"
  }
}

/** Where an I2C chip is, for messages. */
export function atAddress(address: number): string {
  return `at address 0x${hexByte(address)}`
}

function hexByte(value: number): string {
  const digits = "0123456789abcdef"
  return digits[(value >> 4) & 15] + digits[value & 15]
}

/** What all chip drivers share: a part number for messages, and transactions that must succeed. */
export abstract class Chip extends I2CDriver {
  constructor(
    readonly part: string,
    address: number,
    readonly bus: Bus,
  ) {
    super(address, { client: bus })
  }

  /** Sets the chip up. Unlike the library's own, this does so on the simulated board too. */
  override async init(): Promise<void> {
    await this.initDriver()
  }

  /** @throws ChipError when the chip does not acknowledge */
  protected exchange(write: Buffer, read?: Buffer): void {
    if (this.bus.transact(this.devAddr, write, read) !== 0)
      throw new ChipError(
        this.part,
        atAddress(this.devAddr),
        "does not answer: check power, wiring and address",
      )
  }
}
