import { setTimeout } from "node:timers/promises"
import mqtt, { type IClientPublishOptions, type MqttClient } from "mqtt"

export interface BrokerOptions {
  /** `mqtt://HOST:1883`, `mqtts://HOST:8883`, `ws://…` or `wss://…`. */
  url: string
  username?: string
  password?: string
  /** PEM texts: who vouches for the broker, and who this host is. */
  ca?: string
  cert?: string
  key?: string
  clientId: string
  /** What the broker says for this host when it is gone. */
  lastWill: { topic: string; payload: unknown }
  onState: (text: string) => void
  /** Told at each connection, before anything else is published. */
  onConnect: () => void
}

/** Longest that a message waits for its acknowledgement before the connection is taken for dead. */
const KEEP_ALIVE_s = 15
const RECONNECT_ms = 2_000
const FAREWELL_ms = 2_000
/** A broker that does not know us any more after this long, in s, need not keep anything. */
const SESSION_s = 3_600

/** A connection to an MQTT 5 broker, made anew whenever it is lost. */
export class Broker {
  private readonly client: MqttClient
  /** Gives up what is not acknowledged yet. */
  private readonly waiting = new Set<() => void>()
  private problem = ""

  constructor(private readonly options: BrokerOptions) {
    const { url, username, password, ca, cert, key, clientId, lastWill } = options
    this.client = mqtt.connect(url, {
      protocolVersion: 5,
      clientId,
      username,
      password,
      ca,
      cert,
      key,
      clean: false,
      properties: { sessionExpiryInterval: SESSION_s },
      keepalive: KEEP_ALIVE_s,
      reconnectPeriod: RECONNECT_ms,
      // What is to reach the broker for certain waits in the store, not in memory.
      queueQoSZero: false,
      will: {
        topic: lastWill.topic,
        payload: Buffer.from(JSON.stringify(lastWill.payload)),
        qos: 1,
        retain: true,
      },
    })
    this.client.on("connect", () => {
      this.problem = ""
      options.onState(`The broker at ${this.name} is there.`)
      options.onConnect()
    })
    this.client.on("close", () =>
      this.tell(`The broker at ${this.name} is away; what it misses is sent later.`),
    )
    this.client.on("error", (error) => this.tell(`The broker at ${this.name}: ${hint(error)}`))
  }

  /** Without the password. */
  get name(): string {
    const { protocol, host } = new URL(this.options.url)
    return `${protocol}//${host}`
  }

  get isConnected(): boolean {
    return this.client.connected
  }

  /** Published if the broker is there, and forgotten. */
  tellNow(topic: string, payload: unknown, retain = false): void {
    if (!this.client.connected) return
    this.client.publish(topic, JSON.stringify(payload), { qos: retain ? 1 : 0, retain }, () => {})
  }

  /**
   * Resolves once the broker has acknowledged it, be that after an outage. Whoever awaits it before the next one needs
   * no more memory than that. Rejects when this is closed.
   */
  deliver(topic: string, payload: unknown, options: IClientPublishOptions = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (error?: Error | null) => {
        this.waiting.delete(giveUp)
        if (error) reject(error)
        else resolve()
      }
      const giveUp = () => end(new Error("the connection to the broker was closed"))
      this.waiting.add(giveUp)
      this.client.publish(topic, JSON.stringify(payload), { qos: 1, ...options }, end)
    })
  }

  /** Answers an order, as MQTT 5 has it. */
  answer(topic: string, payload: unknown, correlationData: Buffer | undefined): void {
    const properties = correlationData === undefined ? undefined : { correlationData }
    this.client.publish(topic, JSON.stringify(payload), { qos: 1, properties }, () => {})
  }

  /** Hears of messages on a topic, from now on, through all reconnections. */
  subscribe(topic: string, hear: (message: Received) => void): void {
    this.client.on("message", (on, payload, packet) => {
      if (on !== topic) return
      const { responseTopic, correlationData } = packet.properties ?? {}
      hear({ payload, responseTopic, correlationData })
    })
    this.client.subscribe(topic, { qos: 1 })
  }

  /** Takes leave, so that the last will is not said; what waits for an acknowledgement is given up. */
  async close(farewell: { topic: string; payload: unknown }): Promise<void> {
    const { topic, payload } = farewell
    if (this.client.connected) {
      const said = this.client.publishAsync(topic, JSON.stringify(payload), {
        qos: 1,
        retain: true,
      })
      await Promise.race([said.catch(() => {}), setTimeout(FAREWELL_ms)])
    }
    for (const giveUp of this.waiting) giveUp()
    await this.client.endAsync(true)
  }

  /** What is wrong is told once, until it is over. */
  private tell(text: string): void {
    if (text !== this.problem) this.options.onState(text)
    this.problem = text
  }
}

export interface Received {
  payload: Buffer
  responseTopic?: string
  correlationData?: Buffer
}

/** What a person can mend of a connection that fails. */
export function hint(error: Error & { code?: string | number }): string {
  const { code, message } = error
  if (code === "ECONNREFUSED")
    return "nobody listens there. Is the broker running, and is the port right?"
  if (code === "ENOTFOUND")
    return "that name is not known. Is it written right, and is there a network?"
  if (code === 134 || code === 135 || code === 4 || code === 5)
    return "it refuses the name or password: set COINCELL_BROKER_USER and COINCELL_BROKER_PASSWORD."
  if (/certificate|self.signed/i.test(message))
    return `its certificate is not trusted (${message}): give the one that vouches for it by --broker-ca.`
  return message
}
