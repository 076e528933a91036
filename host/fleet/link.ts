import { randomUUID } from "node:crypto"
import mqtt, { type MqttClient } from "mqtt"
import { type BrokerOptions, hint } from "../agent/broker"
import { type Answer, answerPayload, type Order } from "../agent/payloads"
import { topicsOf } from "../agent/topics"
import { ConflictError } from "../errors"
import type { FleetBroker } from "../web/fleetApi"
import { FLEET_TOPICS } from "./messages"

export type LinkOptions = Pick<
  BrokerOptions,
  "url" | "username" | "password" | "ca" | "cert" | "key"
>

/** The broker, as the fleet's server uses it. */
export interface Link {
  readonly broker: FleetBroker
  /** Hears what is said on a topic, as long as it wants to. @returns what ends it */
  listen(topic: string, hear: (payload: Buffer) => void): () => void
  /** @throws ConflictError when the broker is away, or the host does not answer */
  order(lab: string, host: string, order: Order): Promise<Answer>
}

export interface Heard {
  topic: string
  payload: Buffer
  /** The broker had it from before. */
  isKept: boolean
}

const RECONNECT_ms = 2_000
const KEEP_ALIVE_s = 15
/** An order that its host has not got by then is void: it shall not be carried out when nobody expects it any more. */
const VALID_s = 15
const PATIENCE_ms = 20_000

/** Listens to all hosts; a connection that is lost is made anew. */
export class BrokerLink implements Link {
  private readonly client: MqttClient
  private readonly clientId = `coincell-fleet-${randomUUID().slice(0, 8)}`
  private readonly ears = new Map<string, Set<(payload: Buffer) => void>>()
  private readonly awaited = new Map<string, (answer: Answer) => void>()
  private isThere = false
  private since_unix_s = Date.now() / 1000

  constructor(
    private readonly options: LinkOptions & {
      onHeard: (heard: Heard) => void
      /** The broker came or went. */
      onChange: () => void
      /** Why the broker cannot be reached; undefined once it is. */
      onProblem: (text: string | undefined) => void
    },
  ) {
    const { url, username, password, ca, cert, key } = options
    this.client = mqtt.connect(url, {
      protocolVersion: 5,
      clientId: this.clientId,
      ...{ username, password, ca, cert, key },
      clean: true,
      keepalive: KEEP_ALIVE_s,
      reconnectPeriod: RECONNECT_ms,
    })
    this.client.on("message", (topic, payload, { retain }) => this.hear(topic, payload, retain))
    this.client.on("connect", () => this.turn(true))
    this.client.on("close", () => this.turn(false))
    this.client.on("error", (error) => {
      if (!this.isThere) options.onProblem(`The broker at ${this.broker.name}: ${hint(error)}`)
    })
    // The client subscribes again at each connection.
    this.client.subscribe([...FLEET_TOPICS, this.answers("+", "+")], { qos: 1 })
  }

  get broker(): FleetBroker {
    const { protocol, host } = new URL(this.options.url)
    const { isThere, since_unix_s } = this
    return { name: `${protocol}//${host}`, isThere, since_unix_s }
  }

  listen(topic: string, hear: (payload: Buffer) => void): () => void {
    const ears = this.ears.get(topic) ?? new Set()
    if (ears.size === 0) this.client.subscribe(topic, { qos: 1 })
    this.ears.set(topic, ears.add(hear))
    return () => {
      ears.delete(hear)
      if (ears.size > 0 || this.ears.get(topic) !== ears) return
      this.ears.delete(topic)
      this.client.unsubscribe(topic)
    }
  }

  order(lab: string, host: string, order: Order): Promise<Answer> {
    if (!this.isThere)
      throw new ConflictError("The broker is away, so no order reaches the host. Nothing was sent.")
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer)
        this.awaited.delete(order.id)
      }
      const fail = (text: string) => {
        end()
        reject(new ConflictError(text))
      }
      const timer = setTimeout(() => fail(NO_ANSWER), PATIENCE_ms)
      this.awaited.set(order.id, (answer) => {
        end()
        resolve(answer)
      })
      this.client.publish(
        topicsOf(lab, host).orders,
        JSON.stringify(order),
        {
          qos: 1,
          properties: {
            responseTopic: this.answers(lab, host),
            correlationData: Buffer.from(order.id),
            messageExpiryInterval: VALID_s,
          },
        },
        (error) => error && fail(`The order was not sent: ${error.message}.`),
      )
    })
  }

  async close(): Promise<void> {
    await this.client.endAsync(true)
  }

  private answers(lab: string, host: string): string {
    return `${topicsOf(lab, host).orders}/answers/${this.clientId}`
  }

  private hear(topic: string, payload: Buffer, isKept: boolean): void {
    const ears = this.ears.get(topic)
    if (topic.endsWith(`/answers/${this.clientId}`)) this.answered(payload)
    else if (ears === undefined) this.options.onHeard({ topic, payload, isKept })
    else for (const ear of ears) ear(payload)
  }

  private answered(payload: Buffer): void {
    try {
      const { data } = answerPayload.safeParse(JSON.parse(payload.toString()))
      if (data !== undefined) this.awaited.get(data.id)?.(data)
    } catch {
      // Whoever sent that did not answer an order.
    }
  }

  private turn(isThere: boolean): void {
    if (isThere === this.isThere) return
    this.isThere = isThere
    this.since_unix_s = Date.now() / 1000
    if (isThere) this.options.onProblem(undefined)
    this.options.onChange()
  }
}

const NO_ANSWER =
  "The host has not answered within 20 s. It may have carried out the order or not: look how the channel stands."
