import mqtt, { type MqttClient } from "mqtt"
import type { LivePayload, RecordsPayload } from "../../../host/agent/payloads"

/** The readings of a channel in the order in which they came: test time, and when it was heard, UTC. */
export interface Heard {
  time_s: number[]
  heard_unix_ms: number[]
}

/** A page's records, and when they came first. */
export interface HeardPage {
  heard_unix_ms: number
  payload: RecordsPayload
  /** How often it came. */
  times: number
}

export interface Traffic {
  messages: number
  bytes: number
}

/** Whoever keeps what is on the broker: notes when each reading and each page came. */
export class Listener {
  /** By board and channel, `ID/CHANNEL`. */
  readonly live = new Map<string, Heard>()
  /** By board, log and page, `ID/LOG/PAGE`. */
  readonly pages = new Map<string, HeardPage>()
  /** By the last part of the topic: MQTT's packets, without the acknowledgements. */
  readonly traffic = new Map<string, Traffic>()
  private client: MqttClient | undefined

  async listen(url: string): Promise<void> {
    const client = mqtt.connect(url, {
      protocolVersion: 5,
      clientId: "listener",
      clean: false,
      properties: { sessionExpiryInterval: 3600 },
    })
    this.client = client
    client.on("message", (topic, bytes, packet) => {
      const heard_unix_ms = performance.timeOrigin + performance.now()
      const kind = topic.slice(topic.lastIndexOf("/") + 1)
      const traffic = this.traffic.get(kind) ?? { messages: 0, bytes: 0 }
      traffic.messages++
      // The fixed header: a byte, and the length that follows in seven bits a byte.
      const length = packet.length ?? 0
      traffic.bytes += length + (length < 128 ? 2 : length < 16_384 ? 3 : 4)
      this.traffic.set(kind, traffic)
      if (kind === "live") this.noteLive(JSON.parse(bytes.toString()), heard_unix_ms)
      else if (kind === "records") this.notePage(JSON.parse(bytes.toString()), heard_unix_ms)
    })
    await new Promise((resolve) => client.once("connect", resolve))
    await client.subscribeAsync("coincell/#", { qos: 1 })
  }

  async close(): Promise<void> {
    await this.client?.endAsync(true)
  }

  /** What came so far, by kind. */
  trafficNow(): Map<string, Traffic> {
    return new Map([...this.traffic].map(([kind, traffic]) => [kind, { ...traffic }]))
  }

  private noteLive({ board, channels }: LivePayload, heard_unix_ms: number): void {
    for (const { channel, time_s } of channels) {
      const key = `${board}/${channel}`
      const heard = this.live.get(key) ?? { time_s: [], heard_unix_ms: [] }
      heard.time_s.push(time_s)
      heard.heard_unix_ms.push(heard_unix_ms)
      this.live.set(key, heard)
    }
  }

  private notePage(payload: RecordsPayload, heard_unix_ms: number): void {
    const key = `${payload.board}/${payload.log}/${payload.page}`
    const known = this.pages.get(key)
    if (known === undefined) this.pages.set(key, { heard_unix_ms, payload, times: 1 })
    else known.times++
  }
}
