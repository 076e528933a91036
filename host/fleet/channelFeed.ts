import {
  type EventsPayload,
  eventsPayload,
  type RecordsPayload,
  recordsPayload,
} from "../agent/payloads"
import type { FleetNoted, FleetRecords } from "../web/fleetApi"
import type { StreamEvent } from "./stream"

/** Pages of the log that wait for one visitor; a page that reads slower than that is told that it missed some. */
const MOST_WAITING = 500

/** What one visitor of a channel is told: what the board logged of it, as the host publishes that. */
export class ChannelFeed {
  private waiting: StreamEvent[] = []

  records(payload: Buffer): void {
    const told = parsed(payload, (json) => recordsPayload.safeParse(json).data)
    if (told !== undefined) this.add("records", recordsOf(told))
  }

  noted(payload: Buffer): void {
    const told = parsed(payload, (json) => eventsPayload.safeParse(json).data)
    if (told !== undefined) this.add("noted", notedOf(told))
  }

  news(): StreamEvent[] {
    const { waiting } = this
    this.waiting = []
    return waiting
  }

  heartbeat(): StreamEvent {
    return { event: "here", data: "{}" }
  }

  private add(event: string, data: unknown): void {
    if (this.waiting.length >= MOST_WAITING) this.waiting = [{ event: "missed", data: "{}" }]
    this.waiting.push({ event, data: JSON.stringify(data) })
  }
}

function recordsOf(told: RecordsPayload): FleetRecords {
  const { test_number: testNumber, log, page, time_s, voltage_V, current_A } = told
  return { testNumber, log, page, time_s, voltage_V, current_A }
}

function notedOf({ test_number: testNumber, log, page, events }: EventsPayload): FleetNoted {
  return {
    testNumber,
    log,
    page,
    events: events.map(({ kind, time_s, unix_time_s, ...rest }) => ({
      kind,
      time_s,
      unix_s: unix_time_s ?? undefined,
      text: detailOf(rest),
    })),
  }
}

/** What an event says besides, key by key, as the topic has it. */
function detailOf(rest: Record<string, unknown>): string {
  return Object.entries(rest)
    .filter(([key]) => !PLACE.has(key))
    .flatMap(([key, value]) =>
      ["number", "string", "boolean"].includes(typeof value) ? `${key} ${value}` : [],
    )
    .join(", ")
}

/** Where an event stands, which is told elsewhere. */
const PLACE: ReadonlySet<string> = new Set([
  "cycle",
  "step_index",
  "step_count",
  "temperature_degC",
])

function parsed<T>(payload: Buffer, of: (json: unknown) => T | undefined): T | undefined {
  try {
    return of(JSON.parse(payload.toString()))
  } catch {
    return undefined
  }
}
