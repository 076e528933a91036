/**
 * What a lab's boards are doing now, as the page, the agent and their listeners show it: types alone, so that a
 * page's bundle gets nothing from the host by them. SI units in the names; times are UTC seconds since 1970 in
 * `…unix_s`, and test time, which stands still while a test does, in `…Time_s`. Positive current charges.
 */

/** A line of the log of events. */
export interface Happened {
  unix_s: number
  kind: string
  text: string
  board: string
  channel?: number
}

export interface LiveBoard {
  /** 16 hexadecimal digits. */
  id: string
  /** Four characters, as people call it. */
  name: string
  /** It answers; its tests go on if it does not. */
  isThere: boolean
  heard_unix_s: number
  isSimulated: boolean
  /** Where it is: a port, or tcp:HOST:PORT. */
  address?: string
  firmware?: { version: string; board: string; build?: string }
  channels: LiveChannel[]
}

export interface LiveChannel {
  channel: number
  /** Idle, Zeroing, Running, Finished, Fault or Paused. */
  state: string
  /** In a word or two. */
  stateText: string
  /** The fault that stands, as `firmware/services/coincell.md` names it. */
  fault?: string
  /** It goes on only when a person says so. */
  waitsForPerson: boolean
  /** What there is to know or to do while it does not run. */
  note?: string
  /** Absent when the channel is idle. */
  test?: LiveTest
  cycle: number
  testTime_s: number
  stepTime_s: number
  voltage_V: number
  current_A: number
  stepCharge_Ah: number
  temperature_degC?: number
  /** When its last reading was taken, by the host's clock. */
  reading_unix_s: number
}

export interface LiveTest {
  /** Given by the host; 0 is a calibration. */
  number: number
  /** Of the store; absent when another host started it and nothing is stored yet. */
  id?: string
  cell?: string
  operator?: string
  project?: string
  /** The step that runs, as a chemist would say it. */
  step?: string
  /** Cycles that the protocol asks for, when that is known. */
  cycles?: number
  /** How long all of it takes, when that is known. */
  expected_s?: number
}
