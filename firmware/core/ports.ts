import type { Bytes } from "./bytes"

/** What the core asks of the hardware. `drivers/` implements it over real or simulated buses. */

/** Status of an ADC after `read`. */
export const READING_FRESH = 0
export const READING_STALE = 1
export const READING_LOST = 2

/** A converter that measures one channel: cell voltage, shunt voltage, or its own offset. */
export interface Adc {
  /** Whether the last `read` gave a new conversion. */
  status: number
  /** Starts converting, for as long as the channel is busy. */
  wake(): void
  /** Stops converting. */
  sleep(): void
  /** Starts converting the cell voltage. */
  startVoltage(): void
  /** Starts converting the shunt voltage in a current range. */
  startCurrent(range: number): void
  /** Starts converting shorted inputs at a current range's gain: the converter's own offset. */
  startZero(range: number): void
  /** The latest conversion's code; sets `status`. A code of a stale or lost reading means nothing. */
  read(): number
}

/** Coarse and fine DACs of all channels. */
export interface SetpointDacs {
  /** 12-bit codes by channel; written into by the channels, sent by `update`. */
  coarse: number[]
  fine: number[]
  /** Sends what has changed. @returns false when a DAC does not answer */
  update(): boolean
}

/** Relays, heartbeat and status LED. */
export interface Outputs {
  /** Whether each channel's relay connects its cell; sent by `update`. */
  relayClosed: boolean[]
  /** Sends relays and status; toggles the heartbeat too if `healthy`. @returns false: no answer */
  update(healthy: boolean): boolean
}

/** The log's NOR flash. Programming and erasing return at once; `isBusy` tells when they are done. */
export interface Flash {
  isBusy(): boolean
  /** Programs the page whose 256 bytes begin at `FLASH_COMMAND_BYTES` of `frame`. */
  programPage(page: number, frame: Bytes): void
  eraseSector(sector: number): void
  /** Reads 256 bytes from `address` on, to `FLASH_COMMAND_BYTES` of a `frame` as long as a page's. */
  read(address: number, frame: Bytes): void
}

/** Room that the flash driver wants before the data of every frame. */
export const FLASH_COMMAND_BYTES = 4
export const PAGE_BYTES = 256
export const PAGES_PER_SECTOR = 16

/** Memory that needs no erasing and keeps each byte at once. */
export interface Fram {
  read(address: number, bytes: Bytes, count: number): void
  write(address: number, bytes: Bytes, count: number): void
}
