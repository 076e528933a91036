import { appendFileSync, existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { makeFolder } from "../store/files"
import { diskError } from "../store/storeError"
import type { Answer, Order } from "./payloads"

/** Orders whose answers are remembered. */
const REMEMBERED = 1_000

/** The record of orders, a line of JSON each, in the data folder: who wanted what and why, and what came of it. */
export class OrderBook {
  private readonly path: string
  private readonly answers = new Map<string, Answer>()
  /** Answers that the disk did not take yet. */
  private owed: unknown[] = []
  /** Of another run of this host, which may have ended before it told of the last ones. */
  private readonly before = new Map<string, { order: Order; time: Date }>()

  /** @param onAnswer hears of each order that was carried out or refused */
  constructor(
    data: string,
    private readonly onAnswer: (order: Order, answer: Answer) => void = () => {},
  ) {
    makeFolder(join(data, "agent"))
    this.path = join(data, "agent", "orders.jsonl")
    if (!existsSync(this.path)) return
    for (const line of readFileSync(this.path, "utf8")
      .split("\n")
      .slice(-2 * REMEMBERED))
      this.recall(line)
  }

  /** What was answered to an order; undefined when it is new. One that was cut short may have been carried out. */
  answerOf(id: string): Answer | undefined {
    return this.answers.get(id)
  }

  /** Orders that are remembered from before this host was started, when they came, and what was answered. */
  *earlier(): Generator<{ order: Order; time: Date; answer: Answer }> {
    for (const [id, { order, time }] of this.before) {
      const answer = this.answers.get(id)
      if (answer !== undefined) yield { order, time, answer }
    }
  }

  noteOrder({ protocol, cell, ...order }: Order): void {
    const files = { protocol: protocol?.file_name, cell: cell?.file_name }
    this.append({ time: new Date().toISOString(), ...order, ...files })
    this.remember(cutShort(order.id))
  }

  noteAnswer(order: Order, answer: Answer): void {
    this.remember(answer)
    this.onAnswer(order, answer)
    this.append({ time: new Date().toISOString(), answer })
  }

  private append(line: unknown): void {
    // What a full disk did not take comes before what follows.
    const lines = [...this.owed, line]
    try {
      // Begun anew after one that was cut, or that a full disk did not take whole.
      const text = lines.map((one) => `\n${JSON.stringify(one)}`).join("")
      appendFileSync(this.path, text, { flush: true })
      this.owed = []
    } catch (error) {
      if (isAnswer(line)) this.owed = lines
      throw diskError(error, this.path)
    }
  }

  private recall(line: string): void {
    try {
      const { time, answer, ...order } = JSON.parse(line)
      if (answer !== undefined) this.remember(answer)
      else if (typeof order.id === "string") {
        this.remember(cutShort(order.id))
        this.before.set(order.id, {
          order: { ...order, protocol: undefined, cell: undefined },
          time: new Date(time),
        })
      }
    } catch {
      // The last line may be half written.
    }
  }

  private remember(answer: Answer): void {
    this.answers.delete(answer.id)
    this.answers.set(answer.id, answer)
    for (const id of this.answers.keys()) {
      if (this.answers.size <= REMEMBERED) break
      this.answers.delete(id)
    }
  }
}

/** What holds of an order until it is answered: should the host end meanwhile, nobody knows what came of it. */
function cutShort(id: string): Answer {
  const message = "This host was ended while it carried out the order: look how the channel stands."
  return { id, is_done: false, message, test: null }
}

function isAnswer(line: unknown): boolean {
  return typeof line === "object" && line !== null && "answer" in line
}
