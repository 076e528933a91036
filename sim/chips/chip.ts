/** What every simulated chip is to its board: something with power, and a place on a bus. */
export interface Chip {
  /** Part number and address or instance, for messages: `ADS122C04 0x40`. */
  readonly name: string
  /** Supply rises: volatile state takes the datasheet's power-on defaults. */
  powerOn(): void
  /** Supply falls, at this instant: what is volatile is lost, what was being written is torn. */
  powerOff(): void
}

/**
 * An I2C slave, byte by byte. The bus addresses a chip by calling `start`; a repeated start is a
 * second `start` without `stop`.
 */
export interface I2cChip extends Chip {
  /** Address byte with the R/W bit. Answers ACK (true) or NACK. */
  start(read: boolean): boolean
  /** One byte from the master. Answers ACK (true) or NACK. */
  write(byte: number): boolean
  /** One byte to the master; what the chip drives, FFh where it releases the bus. */
  read(): number
  stop(): void
}

/** An SPI slave (mode 0), byte by byte, between the edges of its chip select. */
export interface SpiChip extends Chip {
  select(): void
  /** Full duplex: takes MOSI, gives MISO. */
  transfer(byte: number): number
  deselect(): void
}

/** The firmware did something that the model does not know: loud, never a silent zero. */
export class ChipModelError extends Error {
  constructor(
    readonly chip: string,
    readonly access: string,
  ) {
    super(`${chip}: ${access}. The model does not cover this; extend it from the datasheet.`)
    this.name = "ChipModelError"
  }
}
