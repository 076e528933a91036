/**
 * What `serve --fleet` and its page, or a script, say to each other, besides the answers of `host/web/api.ts` that both
 * servers give: of stored tests, `/api/tests…`, from the dataset, and of actions from the catalogue. Units and signs are as there.
 */

// ── What is happening now ── GET /api/fleet/live, server-sent events, at most one of each kind a second ──

/** Event `fleet`, at the beginning and whenever hosts or boards come or go: all that the broker has told. */
export interface FleetLive {
  now_unix_s: number
  /** Whether this visitor may give orders: it has shown the token. */
  mayAct: boolean
  broker: FleetBroker
  /** Absent: none was given, so nothing of the past is known. */
  lake?: { name: string }
  /** What keeps the dataset or the catalogue from being read, as sentences. */
  problems: string[]
  hosts: FleetHost[]
}

export interface FleetBroker {
  name: string
  isThere: boolean
  /** Since when that is so. */
  since_unix_s: number
}

export interface FleetHost {
  lab: string
  host: string
  /** False: it took leave, or its last will was said. Its boards go on with their tests; what is told of them is old. */
  isThere: boolean
  /** When it was seen to leave; absent when it was gone before this server came. */
  left_unix_s?: number
  /** When its agent was started. */
  since_unix_s: number
  version: string
  acceptsOrders: boolean
  boards: FleetBoard[]
}

export interface FleetBoard {
  /** 16 hexadecimal digits. */
  id: string
  name: string
  /** It answers its host. */
  isThere: boolean
  isSimulated: boolean
  /** By the catalogue: when it is to be calibrated again; null: some channel never was; absent: that is not known. */
  calibrationDue_unix_s?: number | null
  channels: FleetChannel[]
}

/** How a channel stands, as its host told last. */
export interface FleetChannel {
  /** What readings call it, for as long as the server runs. */
  n: number
  channel: number
  /** Idle, Zeroing, Running, Finished, Fault or Paused. */
  state: string
  fault?: string
  note?: string
  waitsForPerson: boolean
  /** The number that the board knows its test by. */
  testNumber?: number
  /** Of its host's store. */
  test?: string
  cell?: string
  operator?: string
  project?: string
  cycle: number
}

/** Event `channels`: those that stand otherwise than before. */
export interface FleetChannels {
  now_unix_s: number
  channels: FleetChannel[]
}

/** Event `readings`: a row for each channel that was read since the event before; none, every ten seconds, if none was. */
export interface FleetReadings {
  now_unix_s: number
  rows: ReadingRow[]
}

export type ReadingRow = [
  n: number,
  /** Null: no test. */
  testNumber: number | null,
  cycle: number,
  /** Test time. */
  time_s: number,
  voltage_V: number,
  current_A: number,
  /** When this server heard of it: hosts' clocks may differ. */
  heard_unix_s: number,
]

// ── One channel ── GET /api/fleet/channel/LAB/HOST/BOARD/CHANNEL/live, server-sent events, for as long as it is open ──

/** Event `records`: a page of the board's log, which may come twice; the same `log` and `page` have the same content. */
export interface FleetRecords {
  testNumber: number
  log: number
  page: number
  time_s: number[]
  voltage_V: number[]
  current_A: number[]
}

/** Event `noted`: what else the board logged. */
export interface FleetNoted {
  testNumber: number
  log: number
  page: number
  events: { kind: string; time_s: number; unix_s?: number; text: string }[]
}

// ── Orders ── POST, JSON; answers are ApiError or FleetAnswer ──

/** POST /api/fleet/orders. Refused (409) by hosts that take none or are away, and when another test is on the channel. */
export interface FleetOrder {
  lab: string
  host: string
  board: string
  channel: number
  order: "pause" | "resume" | "stop"
  /** The test that is meant. */
  test: number
  /** Who orders it, as the person says. */
  by: string
  why: string
}

/** What the host has answered. */
export interface FleetAnswer {
  text: string
}
