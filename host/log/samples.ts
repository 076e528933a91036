import type { Sample } from "../sample"
import type { LogEvent } from "./event"

/** One test as the board logged it. */
export interface LoggedTest {
  channel: number
  test: number
  /**
   * Unix time of the calibration in force, seconds; 0 when nominal values were used. Undefined, as is all
   * that was said at its beginning, when the log no longer has that.
   */
  calibrationDate_s: number | undefined
  /** When it began, seconds since 1970 UTC. */
  start_unix_s: number | undefined
  temperature_degC: number | undefined
  samples: Sample[]
  /** All that the board noted besides, in order. */
  events: TestEvent[]
  /** Where the test did not go on: pauses, faults that a person ended, restarts of the board. */
  gaps: Gap[]
  /** How it ended, if it did. */
  end: TestEnd | undefined
}

/** An event, when it was, and how many samples stand before it. */
export type TestEvent = LogEvent &
  Pick<Sample, "time_s" | "unixTime_s" | "temperature_degC" | "cycle" | "stepCount"> & {
    sampleIndex: number
  }

export interface Gap {
  kind: "pause" | "fault" | "restart"
  /** How many samples stand before it. */
  sampleIndex: number
  /** When it began; of a restart, when the last record before it was. */
  time_s: number
  unixTime_s: number | undefined
  /** When the test went on; undefined while it has not. */
  resumed: { time_s: number; unixTime_s: number | undefined } | undefined
  /** The board restarted within it: what that leaves uncertain, once the cell was looked at again. */
  restart: Restart | undefined
}

export interface Restart {
  /** Charge that may have flowed uncounted. */
  uncertain_Ah: number
  /** What the last checkpoint let expect without a current, and what the cell read as. */
  checkpoint_V: number | undefined
  openCircuit_V: number | undefined
}

export interface TestEnd {
  kind: "finished" | "stopped" | "fault"
  /** In words; of a fault, nothing. */
  reason: string
  /** A fault's number, else 0. */
  fault: number
  time_s: number
}

/** Why a test ended, by the number of `firmware/core/states.ts`. */
export const END_REASONS = [
  "the program ended",
  "stopped by the host",
  "the board restarted",
  "Coulombic efficiency too low",
  "Coulombic efficiency too high: a soft short",
  "capacity retention too low",
  "overpotential grown too far",
  "the plateau dropped: a soft short",
  "no voltage at rest: a soft short",
]
