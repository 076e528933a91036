import type { JDBus } from "jacdac-ts"

/**
 * A way to boards: a Jacdac bus and the clock that its boards live by. Over a real port that is the
 * wall's; a simulated board's time passes only while somebody waits for it.
 */
export interface Link {
  /** How a person names it: `/dev/ttyACM0`, `tcp:localhost:2032`, `sim`. */
  readonly address: string
  readonly bus: JDBus
  /** Now, by that clock, from any zero. */
  readonly now_ms: number
  /** UTC by that clock, ms since 1970: what boards are told. */
  readonly unixTime_ms: number
  /** Waits. */
  sleep_ms(duration_ms: number): Promise<void>
  /**
   * Waits for a promise that needs the boards to run.
   * @throws LinkLostError when the port is gone, or goes before that
   */
  settle<T>(promise: Promise<T>): Promise<T>
  /**
   * Hears each line of the boards' consoles until the function that it gives is called; undefined where
   * the port does not carry them.
   */
  onLog: ((listener: (line: string) => void) => () => void) | undefined
  close(): Promise<void>
}
