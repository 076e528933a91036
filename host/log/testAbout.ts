import type { Sample } from "../sample"
import type { LogEvent } from "./event"

/** What the log says of a test besides its records. */
export interface TestAbout {
  /** Undefined while no page was read. */
  channel: number | undefined
  test: number | undefined
  /**
   * Unix time of the calibration in force, seconds; 0 when nominal values were used. Undefined, as is all
   * that was said at its beginning, when the log no longer has that.
   */
  calibrationDate_s: number | undefined
  /** When it began, seconds since 1970 UTC. */
  start_unix_s: number | undefined
  temperature_degC: number | undefined
  /** All that the board noted besides, in order. */
  events: TestEvent[]
  /** Where the test did not go on, or its records are missing. */
  gaps: Gap[]
  /** How it ended, if it did. */
  end: TestEnd | undefined
  /** Pages that the board wrote and that are missing between those that were read. */
  lostPages: number
  /** Pages that were there twice, and counted once. */
  duplicatePages: number
  /** Where the last record stands, be it a point or an event. */
  last: LastRecord | undefined
}

export type LastRecord = Pick<
  Sample,
  "time_s" | "unixTime_s" | "temperature_degC" | "cycle" | "stepCount" | "stepIndex"
>

/** An event, when it was, and how many points stand before it. */
export type TestEvent = LogEvent &
  Pick<Sample, "time_s" | "unixTime_s" | "temperature_degC" | "cycle" | "stepCount"> & {
    sampleIndex: number
  }

export interface Gap {
  /** Paused; faulted, and resumed by a person; restarted; pages of the log are lost. */
  kind: "pause" | "fault" | "restart" | "lost"
  /** How many points stand before it. */
  sampleIndex: number
  /** When it began; of a restart or lost pages, when the last record before it was. */
  time_s: number
  unixTime_s: number | undefined
  /** When the test, or its records, went on; undefined while they have not. */
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
