import mqtt, { type MqttClient } from "mqtt"
import type { BoardPayload } from "../../../host/agent/payloads"

/**
 * Somebody who keeps what the fleet publishes, as TOPICS.md says one should: in a session that outlasts absences, and
 * telling by board, log and page, or test and cycle, what came already.
 */
export class Subscriber {
  readonly records = new Map<string, unknown>()
  readonly events = new Map<string, unknown>()
  readonly cycles = new Map<string, unknown>()
  /** Retained, by topic. */
  readonly hosts = new Map<string, { is_there: boolean }>()
  readonly boards = new Map<string, BoardPayload>()
  /** What came more than once, and what was not the same then. */
  doubles = 0
  readonly differing: string[] = []
  private isSubscribed = false
  private client: MqttClient | undefined

  connect(port: number): void {
    const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
      protocolVersion: 5,
      clientId: "subscriber",
      clean: false,
      properties: { sessionExpiryInterval: 3600 },
      reconnectPeriod: 30,
      resubscribe: false,
    })
    this.client = client
    client.on("error", () => {})
    client.on("close", () => {
      this.isSubscribed = false
    })
    client.on("connect", () => {
      client.subscribe("coincell/v1/#", { qos: 1 }, (error) => {
        if (!error) this.isSubscribed = true
      })
    })
    client.on("message", (topic, payload) => this.hear(topic, JSON.parse(payload.toString())))
  }

  /** The broker would pass on to it now whatever is published. */
  get isThere(): boolean {
    return this.isSubscribed && this.client?.connected === true
  }

  async close(): Promise<void> {
    await this.client?.endAsync(true)
  }

  // biome-ignore lint/suspicious/noExplicitAny: of all topics
  private hear(topic: string, payload: any): void {
    const what = topic.split("/").at(-1)
    if (what === "host") this.hosts.set(topic, payload)
    else if (what === "state") this.boards.set(payload.board, payload)
    else if (what === "records") this.keep(this.records, pageKey(payload), payload)
    else if (what === "events") this.keep(this.events, pageKey(payload), payload)
    else if (what === "cycles")
      for (const cycle of payload.cycles)
        this.keep(this.cycles, `${payload.test} ${cycle.cycle}`, cycle)
  }

  private keep(all: Map<string, unknown>, key: string, payload: unknown): void {
    const before = all.get(key)
    if (before !== undefined) {
      this.doubles++
      if (JSON.stringify(before) !== JSON.stringify(payload)) this.differing.push(key)
    }
    all.set(key, payload)
  }
}

export function pageKey({
  board,
  log,
  page,
}: {
  board: string
  log: number
  page: number
}): string {
  return `${board} ${log} ${page}`
}
