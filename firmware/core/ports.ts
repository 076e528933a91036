import type { Bytes } from "./bytes"

/** What the core asks of the hardware. `drivers/` implements it over real or simulated buses. */

/** How a channel's conversions of the last period ended. */
export const READING_FRESH = 0
export const READING_STALE = 1
export const READING_LOST = 2

/** One channel's converter, as far as the channel sees it. */
export interface Converter {
  /** Results of the period that ended; they mean something only while `status` is fresh. */
  currentCode: number
  voltageCode: number
  status: number
  /** Makes the coming current conversions those of the shunt in a range, or of shorted inputs. */
  selectCurrent(range: number, isShorted: boolean): void
  /** Start and stop converting. */
  wake(): void
  sleep(): void
}

/**
 * The converters of all channels, each measuring shunt and cell in turn. They move together, since calls
 * are what a control period has least of.
 */
export interface Converters {
  startCurrents(): void
  /** Takes the currents, then starts the voltages. */
  takeCurrents(): void
  takeVoltages(): void
}

/** Coarse and fine DACs of all channels, as 12-bit codes. */
export interface SetpointDacs {
  /** Fine codes by channel; `update` finds out which changed. */
  readonly fine: number[]
  /** Coarse codes by channel; whoever writes one sets `isCoarseStale`. */
  readonly coarse: number[]
  isCoarseStale: boolean
  /** Sends what has changed. @returns false when a DAC does not answer */
  update(): boolean
}

/** Relays, heartbeat and status LED. */
export interface Outputs {
  /** Whether each channel's relay connects its cell; whoever writes one sets `isStale`. */
  readonly relayClosed: boolean[]
  isStale: boolean
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
