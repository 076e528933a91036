import type { Bytes, Memory } from "./bytes"

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
  /**
   * Whether the coming period converts the voltage before the current: the first of a step does, to see
   * the cell 13 ms after the reversal.
   */
  isVoltageFirst: boolean
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
  /** Starts a period's first conversions. */
  startFirst(): void
  /** Takes them, then starts the second ones. */
  takeFirst(): void
  takeSecond(): void
}

/** Programs in FRAM, read one step at a time. */
export interface ProgramStore {
  /** Reads a header, `HEADER_BYTES`, as it lies there. @returns false when the chip does not answer */
  readHeader(channel: number, bytes: Memory): boolean
  /** Reads a step, `STEP_BYTES`, as it lies there. @returns false when the chip does not answer */
  readStep(channel: number, index: number, bytes: Memory): boolean
}

/** The board's temperature. */
export interface Thermometer {
  /** °C; NaN before the first conversion and when the sensor does not answer. */
  temperature_degC(): number
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

/**
 * Without a heartbeat the pump lets the relays go, so long after its last change: 457 to 799 ms after the last rising
 * edge, which may have come a period before. In the middle, and at the least, a period's messages taken off.
 */
export const DROP_OUT_ms = 577
export const SHORTEST_DROP_OUT_ms = 350

/** Relays, heartbeat and status LED. */
export interface Outputs {
  /** Whether each channel's relay connects its cell; whoever writes one sets `isStale`. */
  readonly relayClosed: boolean[]
  isStale: boolean
  /** Whether it still drives its pins: after a dip of its supply it does not, and every relay is open. */
  isDriving(): boolean
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

/** Memory that needs no erasing and keeps each byte at once. Both give false when it does not answer. */
export interface Fram {
  read(address: number, bytes: Memory, offset: number, count: number): boolean
  write(address: number, bytes: Memory, offset: number, count: number): boolean
}
