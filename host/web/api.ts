/**
 * What the server and its pages, or a script, say to each other: the JSON of every answer. Types alone, so that the
 * page's bundle gets nothing from the host by it. SI units in the names; times are UTC seconds since 1970 in
 * `…unix_s`, and test time, which stands still while a test does, in `time_s`. Positive current charges.
 */

import type { Happened, LiveBoard, LiveChannel, LiveTest } from "../live/state"

export type { Happened, LiveBoard, LiveChannel, LiveTest }

/** Something a person can mend: the body of every answer with a status of 400 or more. */
export interface ApiError {
  error: { message: string }
}

// ── What is happening now ── GET /api/live, server-sent events ──

/** Event `live`, at the beginning and whenever boards come or go: all that there is. */
export interface Live {
  now_unix_s: number
  /** Whether this visitor may start and stop tests: it has shown the token. */
  mayAct: boolean
  boards: LiveBoard[]
  /** Troubles with ports, boards or the data folder, as sentences. */
  problems: string[]
}

/** Event `channels`: those that have changed since the last event; every ten seconds none, when nothing is new. */
export interface LiveChannels {
  now_unix_s: number
  channels: (LiveChannel & { board: string })[]
}

// Event `happened`: `Happened`, newest last. The last hundred come after `live`.

// ── Stored tests ──

/** GET /api/tests: a line each, the latest first. */
export interface TestLine {
  id: string
  cell: string
  cellType?: string
  operator?: string
  project?: string
  board: string
  boardName: string
  channel: number
  isSimulated: boolean
  /** waiting, running, paused, fault, finished or stopped: as far as its pages tell that were fetched. */
  state: string
  /** Why it ended. */
  reason?: string
  began_unix_s?: number
  /** The last stored point. */
  last?: { time_s: number; unix_s?: number; cycle: number; voltage_V: number; current_A: number }
  /** What keeps its folder from being read. */
  problem?: string
}

/** GET /api/tests/:id */
export interface TestPage extends TestLine {
  /** What is known of the cell, as pairs for a list. */
  cellFacts: [term: string, value: string][]
  area_cm2?: number
  active_mass_mg?: number
  /** The sign of the current that plates lithium; absent for cells that are charged and discharged. */
  platingSign?: 1 | -1
  protocol?: { fileName: string; text: string }
  /** What the protocol does, a line a step. */
  steps: string[]
  /** Instrument, firmware, calibration. */
  instrument: [term: string, value: string][]
}

/**
 * GET /api/tests/:id/trace?from_s=&to_s=&points=: voltage and current over test time, so few points that a screen
 * can show them and no spike is lost: where records are many, lowest and highest of each stretch, in the order in
 * which they came.
 */
export interface Trace {
  /** Of what was asked, as far as records reach. */
  from_s: number
  to_s: number
  /** Test time of the last stored record. */
  end_s: number
  records: number
  /** Every record of the range is here; otherwise lowest and highest of each stretch. */
  isWhole: boolean
  /** NaN never; null in the columns breaks the line at a gap. */
  time_s: number[]
  voltage_V: (number | null)[]
  current_A: (number | null)[]
  gaps: TraceGap[]
  /** Where cycles begin that are in the range, be it in part: at most 2000, none when there are more. */
  cycles: { cycle: number; time_s: number }[]
  /** Readings since the last stored record, one a look: to be drawn as what is not stored yet. */
  live: { time_s: number[]; voltage_V: number[]; current_A: number[] }
}

/** Where a test stood still, or its records are missing. */
export interface TraceGap {
  kind: "pause" | "fault" | "restart" | "lost"
  time_s: number
  unix_s?: number
  /** Absent while it has not gone on. */
  resumed_s?: number
  resumed_unix_s?: number
  text: string
}

/** GET /api/tests/:id/cycles: the table of cycles. */
export interface Cycles {
  columns: {
    key: string
    title: string
    /** Quantity, direction or unit, unit, as a table shows it. */
    head: [string, string, string]
    definition: string
  }[]
  rows: {
    cycle: number
    isComplete: boolean
    /** As `columns`, in the SI unit of the key; null: the records do not tell. */
    values: (number | null)[]
    /** As `columns`, in the unit of the head, with the digits that it deserves. */
    texts: string[]
  }[]
  /** What is to be known of the numbers besides. */
  notes: string[]
}

/** GET /api/tests/:id/overlay?cycles=1,50,-1 (−1: the last): voltage over time since the cycle's beginning. */
export interface Overlay {
  cycles: {
    cycle: number
    /** Since the cycle's beginning, test time. */
    time_s: number[]
    voltage_V: number[]
    /** Charge of the cycle so far: positive charge passed, less negative. */
    charge_Ah: number[]
  }[]
}

/** GET /api/tests/:id/dqdv?cycles=1,-1: differential capacity of each half of a cycle. */
export interface DifferentialCapacities {
  definition: string
  cycles: {
    cycle: number
    way: "charge" | "discharge"
    voltage_V: number[]
    dQdV_Ah_per_V: number[]
  }[]
}

/**
 * GET /api/tests/:id/actions, GET /api/boards/:id/channels/:channel/actions: who told it what and why, by the catalogue,
 * the latest first, fifty at most.
 */
export interface ActionLine {
  unix_s?: number
  /** Absent: nobody gave a name. */
  by?: string
  /** The name is that of the account on its computer; otherwise the person gave it. */
  isByAccount?: true
  /** By which way: cli, page or agent; and at which computer. */
  via?: string
  host?: string
  /** start, pause, resume, stop or calibrate. */
  action: string
  test?: string
  why?: string
  isDone: boolean
  message: string
}

/** GET /api/formats: those of GET /api/tests/:id/export?format=, a zip archive with the file and its metadata. */
export type ExportFormat = { format: string; text: string }

// ── Actions ── POST, JSON, from a page of this server or with the token; answers are ApiError or these ──

/** POST /api/boards/:id/channels/:channel/(pause|resume|stop). Refused (409) when another test is on it by now. */
export interface ActOn extends Ordered {
  test: number
}

/** Who wants it and why, as the person says: for the catalogue. */
export interface Ordered {
  by?: string
  why?: string
}

export interface Acted {
  /** What has happened, a sentence. */
  text: string
}

/** POST /api/check: what a protocol would do to a cell. Nothing is sent to a board. */
export interface CheckRequest {
  protocol: { fileName: string; text: string }
  /** Keys of a cell's file; absent: any cell. */
  cell?: Record<string, unknown>
}

export interface Checked {
  /** Errors alone keep it from being started. */
  findings: CheckFinding[]
  /** What follows from the cell's keys, where they tell. */
  cell: { area_cm2?: number; active_mass_mg?: number; capacity_mAh?: number }
  /** Absent when the protocol cannot be compiled for what is known of the cell. */
  plan?: CheckedPlan
}

export interface CheckFinding {
  severity: "error" | "warning" | "note"
  /** In which of the two it is. */
  of: "protocol" | "cell"
  /** Such as `method[3].until_voltage_V`; of a cell, its key. */
  path: string
  /** 1-based line of the protocol's text. */
  line?: number
  message: string
}

export interface CheckedPlan {
  /** The method in words; loops have lines of their own, without a number. */
  lines: { number?: number; depth: number; text: string; takes?: string }[]
  /** Records, safety limits, what happens after a restart, what ends the test: a sentence each. */
  frame: string[]
  expected_s?: number
  cycles?: number
  durationText: string
  logText: string
}

/** POST /api/start */
export interface StartRequest extends CheckRequest, Ordered {
  board: string
  channel: number
  cell: Record<string, unknown>
}

export interface Started {
  test: string
  warnings: string[]
}

/** GET /api/examples; GET /api/examples/:name gives one with its text and the keys of its own cell. */
export interface ExampleLine {
  name: string
  title: string
  /** Li||Li, Li||Cu, half or full. */
  cellType: string
}

export interface Example extends ExampleLine {
  text: string
  cell: Record<string, unknown>
}

/** GET /api/boards/:id/calibrations: by channel; null: it has none. */
export interface Calibrations {
  channels: ({ date_unix_s: number; standard: string } | null)[]
}

/** POST /api/simulated: a board to try things on, run by this server until it ends. */
export interface SimulatedRequest {
  /** Board seconds in a second. */
  speed: number
}

/** It appears among the boards some seconds later. */
export interface SimulatedStarted {
  /** As `--port` takes it. */
  address: string
}
