import { z } from "zod"

/**
 * What is published, as JSON in UTF-8. Units are SI and stand in the names; null is what is not known. `TOPICS.md` tells
 * who hears what. A later version may add keys: pass over those that you do not know.
 */
const unknown = z.null()
const number = z.number()
const numberOrNull = z.union([number, unknown])
const column = z.array(number)

/** Where a thing is: the board by its id, the test by its folder's name, the cell as a person calls it. */
const place = {
  board: z.string(),
  board_name: z.string(),
  channel: z.int().min(0),
  /** The number that the board knows the test by. */
  test_number: z.int(),
  test: z.union([z.string(), unknown]),
  cell: z.union([z.string(), unknown]),
}

/** Which page of which log of a board: no two differ in content, so what has come already can be told by it. */
const source = {
  /** Which of the board's logs, from 1: another one after its flash was replaced. */
  log: z.int().min(1),
  /** The page's sequence number in that log. */
  page: z.int().min(0),
  /** The board's starts until then. */
  boot: z.int().min(0),
}

export const hostPayload = z.object({
  is_there: z.boolean(),
  since_unix_s: number,
  version: z.string(),
  accepts_orders: z.boolean(),
})

const channelState = z.object({
  channel: z.int(),
  state: z.string(),
  fault: z.union([z.string(), unknown]),
  note: z.union([z.string(), unknown]),
  waits_for_person: z.boolean(),
  test_number: z.union([z.int(), unknown]),
  test: z.union([z.string(), unknown]),
  cell: z.union([z.string(), unknown]),
  operator: z.union([z.string(), unknown]),
  project: z.union([z.string(), unknown]),
  cycle: z.int(),
})

export const boardPayload = z.object({
  board: z.string(),
  board_name: z.string(),
  is_there: z.boolean(),
  is_simulated: z.boolean(),
  channels: z.array(channelState),
})

const reading = z.object({
  channel: z.int(),
  state: z.string(),
  test_number: z.union([z.int(), unknown]),
  cycle: z.int(),
  time_s: number,
  voltage_V: number,
  current_A: number,
  step_charge_Ah: number,
  temperature_degC: numberOrNull,
  /** When it was taken, by the host's clock. */
  reading_unix_s: number,
})

export const livePayload = z.object({
  board: z.string(),
  sent_unix_s: number,
  channels: z.array(reading),
})

/** The records of one page, in columns of equal length. */
export const recordsPayload = z.object({
  ...place,
  ...source,
  time_s: column,
  unix_time_s: z.array(numberOrNull),
  cycle: column,
  step_count: column,
  step_index: column,
  voltage_V: column,
  current_A: column,
  step_charge_Ah: column,
  step_energy_Wh: column,
})

/** What else the board noted: the kinds of `host/log/event.ts`, and `lost`: pages that nobody has. */
export const eventsPayload = z.object({
  ...place,
  ...source,
  events: z.array(
    z.looseObject({ kind: z.string(), time_s: number, unix_time_s: numberOrNull, cycle: z.int() }),
  ),
})

export const cyclesPayload = z.object({
  ...place,
  /** Cycles that are over, by the columns of `cycles.parquet` in the dataset. */
  cycles: z.array(z.looseObject({ cycle: z.int() })),
})

/** An order to a host. Its answer goes to MQTT 5's response topic, with the correlation data of the order. */
export const orderPayload = z.object({
  /** Chosen by who gives it; an order that comes twice is carried out once. */
  id: z.string().min(1).max(64),
  /** Who gives it: stands in the host's record of orders. */
  by: z.string().min(1).max(128),
  order: z.enum(["start", "pause", "resume", "stop"]),
  board: z.string().regex(/^[0-9a-f]{16}$/),
  channel: z.int().min(0).max(15),
  /** Of pause, resume and stop: the test that is meant; another one on the channel is left alone. */
  test_number: z.int().optional(),
  why: z.string().max(1000).optional(),
  /** Of start: what `coincell start` takes. */
  protocol: z.object({ file_name: z.string().max(255), text: z.string() }).optional(),
  cell: z.object({ file_name: z.string().max(255), text: z.string() }).optional(),
})

export const answerPayload = z.object({
  id: z.string(),
  is_done: z.boolean(),
  message: z.string(),
  test: z.union([z.string(), unknown]),
})

export type HostPayload = z.infer<typeof hostPayload>
export type BoardPayload = z.infer<typeof boardPayload>
export type LivePayload = z.infer<typeof livePayload>
export type RecordsPayload = z.infer<typeof recordsPayload>
export type EventsPayload = z.infer<typeof eventsPayload>
export type CyclesPayload = z.infer<typeof cyclesPayload>
export type Order = z.infer<typeof orderPayload>
export type Answer = z.infer<typeof answerPayload>
