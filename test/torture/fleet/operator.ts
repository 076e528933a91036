import { setTimeout } from "node:timers/promises"
import mqtt, { type MqttClient } from "mqtt"
import type { Answer, BoardPayload, Order } from "../../../host/agent/payloads"
import { topicsOf } from "../../../host/agent/topics"
import { PROTOCOLS, type PlannedOrder } from "./plan"

export const LAB = "lab-1"
const ANSWERS = "coincell/answers"

export interface Given {
  host: string
  order: Order
  answers: Answer[]
}

/** Who gives orders by the broker, sends some twice and again, and in the end again what nobody answered. */
export class Operator {
  readonly given = new Map<string, Given>()
  sent = 0
  private client: MqttClient | undefined

  connect(port: number): void {
    const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
      protocolVersion: 5,
      clientId: "operator",
      clean: false,
      properties: { sessionExpiryInterval: 3600 },
      reconnectPeriod: 50,
    })
    this.client = client
    client.on("error", () => {})
    client.subscribe(ANSWERS, { qos: 1 })
    client.on("message", (_, payload) => {
      const answer = JSON.parse(payload.toString()) as Answer
      this.given.get(answer.id)?.answers.push(answer)
    })
  }

  /** @param state of the board, as it is known by the broker */
  async give(
    planned: PlannedOrder,
    host: string,
    board: string,
    state: BoardPayload | undefined,
  ): Promise<void> {
    const id = `order-${this.given.size}`
    const { order, channel, why, protocol } = planned
    const known = state?.channels[channel]?.test_number ?? 1
    const file = (file_name: string, text: string) => ({ file_name, text })
    const more =
      order === "start"
        ? {
            protocol: file(`protocol-${protocol}.json`, JSON.stringify(PROTOCOLS[protocol])),
            cell: file("cell.yaml", `name: ${id}\noperator: Ada\n`),
          }
        : { test_number: known }
    const given: Given = {
      host,
      order: { id, by: "Ada", order, board, channel, why, ...more },
      answers: [],
    }
    this.given.set(id, given)
    this.send(given)
    for (const again_s of planned.again_s) {
      await setTimeout(1000 * again_s)
      this.send(given)
    }
  }

  /** The same order once more. */
  send({ host, order }: Given): void {
    this.sent++
    const properties = { responseTopic: ANSWERS, correlationData: Buffer.from(order.id) }
    this.client?.publish(topicsOf(LAB, host).orders, JSON.stringify(order), { qos: 1, properties })
  }

  get unanswered(): Given[] {
    return [...this.given.values()].filter(({ answers }) => answers.length === 0)
  }

  async close(): Promise<void> {
    await this.client?.endAsync(true)
  }
}
