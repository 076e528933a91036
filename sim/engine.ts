import type { Clock } from "./clock"
import type { I2cBus } from "./i2cBus"
import type { Random } from "./random"
import type { SpiBus } from "./spiBus"
import type { Supply } from "./supply"

/** What needs to be known of the board around the firmware, whichever way that is run. */
export interface EngineHost {
  /** Milliseconds since the reset, by the MCU's own crystal. */
  now_ms(): number
  /** A Jacdac frame that the board sends. */
  frame(frame: Uint8Array): void
  /** A line of the board's console. */
  log(line: string): void
  /** The script stopped for good or for a restart: DeviceScript's panic code. */
  panic(code: number): void
}

/** One run of the firmware, from reset to the next reset, under its host's clock. */
export interface Engine {
  /** Runs all that is due. Gives the whole milliseconds of the MCU's clock until something may be due again. */
  process(): number
  /** Hands the board a Jacdac frame, as its USB link would. */
  receive(frame: Uint8Array): void
}

/** What a microcontroller finds around it on a board at each of its resets. */
export interface Surroundings {
  host: EngineHost
  clock: Clock
  i2c: I2cBus
  spi: SpiBus
  supply: Supply
  random: Random
  /** A millisecond of its own crystal, µs. */
  tick_us: number
}

/** A microcontroller in place of those that the board knows; it makes its flash outlive resets itself. */
export type Mcu = (around: Surroundings) => Engine
