import type { BoardPayload, LivePayload, Order } from "../../host/agent/payloads"
import { topicsOf } from "../../host/agent/topics"
import type { Catalogue } from "../../host/catalogue/catalogue"
import type { FleetBroker } from "../../host/web/fleetApi"
import type { Lake } from "../../host/fleet/lake/lake"
import type { Link } from "../../host/fleet/link"
import { readMessage } from "../../host/fleet/messages"
import { Sources } from "../../host/fleet/sources"

export const BOARD = "00000000c0ffee01"

type Channel = BoardPayload["channels"][number]

export function aChannel(channel: number, some: Partial<Channel> = {}): Channel {
  return {
    channel,
    state: "Running",
    fault: null,
    note: null,
    waits_for_person: false,
    test_number: 7,
    test: `AB12-${channel}-7`,
    cell: `Li-${channel}`,
    operator: "Ada",
    project: "anodes",
    cycle: 3,
    ...some,
  }
}

export function aReading(channel: number, some: Partial<LivePayload["channels"][number]> = {}) {
  return {
    channel,
    state: "Running",
    test_number: 7,
    cycle: 3,
    time_s: 3600,
    voltage_V: 0.02,
    current_A: 1e-3,
    step_charge_Ah: 0,
    temperature_degC: null,
    reading_unix_s: 0,
    ...some,
  }
}

/** A broker that says what a test wants, and a host that answers what it wants. */
export class FakeLink implements Link {
  broker: FleetBroker = { name: "mqtt://broker", isThere: true, since_unix_s: 0 }
  readonly ordered: Order[] = []
  readonly ears = new Map<string, (payload: Buffer) => void>()
  answer = { is_done: true, message: "The test is paused." }

  listen(topic: string, hear: (payload: Buffer) => void): () => void {
    this.ears.set(topic, hear)
    return () => this.ears.delete(topic)
  }

  async order(_lab: string, _host: string, order: Order) {
    this.ordered.push(order)
    return { id: order.id, test: null, ...this.answer }
  }
}

/** A fleet by what its hosts say, as it comes over the broker. */
export class FleetLab {
  readonly link = new FakeLink()
  readonly sources: Sources
  now_unix_s = 1000

  constructor(lake?: Lake, catalogue?: Catalogue) {
    this.sources = new Sources(() => this.link, lake, catalogue)
  }

  host(host: string, some: Record<string, unknown> = {}, isKept = false): void {
    const payload = { is_there: true, since_unix_s: 1, version: "1", accepts_orders: true, ...some }
    this.say(topicsOf("lab", host).host, payload, isKept)
  }

  board(host: string, channels: Channel[], board = BOARD, some: Partial<BoardPayload> = {}): void {
    const payload = { board, board_name: "AB12", is_there: true, is_simulated: true, channels }
    this.say(topicsOf("lab", host).board(board), { ...payload, ...some })
  }

  live(host: string, channels: ReturnType<typeof aReading>[], board = BOARD): void {
    this.say(topicsOf("lab", host).live(board), { board, sent_unix_s: 0, channels })
  }

  say(topic: string, payload: unknown, isKept = false): void {
    const bytes = payload === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(payload))
    const message = readMessage(topic, bytes)
    if (message !== undefined) this.sources.fleet.hear(message, this.now_unix_s, isKept)
  }
}
