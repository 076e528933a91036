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

  /** @param onAction hears of each order that was answered, as the catalogue has it */
  constructor(
    data: string,
    private readonly onAction: (action: Record<string, unknown>) => void = () => {},
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

  noteOrder({ protocol, cell, ...order }: Order): void {
    const files = { protocol: protocol?.file_name, cell: cell?.file_name }
    this.append({ time: new Date().toISOString(), ...order, ...files })
    this.remember(cutShort(order.id))
  }

  noteAnswer({ id, by, order, board, channel, why }: Order, answer: Answer): void {
    const time = new Date().toISOString()
    this.append({ time, answer })
    this.remember(answer)
    const { test, is_done, message } = answer
    this.onAction({
      id,
      time,
      by,
      action: order,
      board,
      channel,
      test,
      why: why ?? null,
      is_done,
      message,
    })
  }

  private append(line: unknown): void {
    try {
      appendFileSync(this.path, `${JSON.stringify(line)}\n`, { flush: true })
    } catch (error) {
      throw diskError(error, this.path)
    }
  }

  private recall(line: string): void {
    try {
      const { id, answer } = JSON.parse(line)
      if (answer !== undefined) this.remember(answer)
      else if (typeof id === "string") this.remember(cutShort(id))
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
