import { runCommand } from "./command"
import type { NoticeEvent } from "./event"
import { postWebhook } from "./webhook"

/** Where notices go. */
export interface Receivers {
  command?: string
  webhook?: string
}

/** Events that wait for one receiver; beyond that the oldest is given up. */
const MOST_WAITING = 100

/** Sends events one after another to each receiver, beside everything else: nobody waits for it. */
export class Notifier {
  private readonly controller = new AbortController()
  private readonly lanes: Lane[] = []

  /** @param onProblem hears, in a sentence, of what could not be sent */
  constructor(receivers: Receivers, onProblem: (text: string) => void) {
    const { command, webhook } = receivers
    const { signal } = this.controller
    if (command !== undefined) {
      const send = (event: NoticeEvent) => runCommand(command, event, signal)
      this.lanes.push(new Lane("notify command", send, onProblem))
    }
    if (webhook !== undefined) {
      const send = (event: NoticeEvent) => postWebhook(webhook, event, signal)
      this.lanes.push(new Lane("notify webhook", send, onProblem))
    }
  }

  send(event: NoticeEvent): void {
    for (const lane of this.lanes) lane.add(event)
  }

  /** Lets what waits be sent, for at most so long; then gives it up. */
  async close(most_ms: number): Promise<void> {
    const timer = setTimeout(() => this.controller.abort(), most_ms)
    await Promise.race([
      Promise.all(this.lanes.map((lane) => lane.sent)),
      new Promise((resolve) => this.controller.signal.addEventListener("abort", resolve)),
    ])
    clearTimeout(timer)
    this.controller.abort()
  }
}

/** What waits for one receiver. */
class Lane {
  /** All that was added before is sent, or given up. */
  sent: Promise<void> = Promise.resolve()
  private readonly waiting: NoticeEvent[] = []

  constructor(
    private readonly name: string,
    private readonly deliver: (event: NoticeEvent) => Promise<void>,
    private readonly onProblem: (text: string) => void,
  ) {}

  add(event: NoticeEvent): void {
    this.waiting.push(event)
    if (this.waiting.length > MOST_WAITING) this.giveUp(this.waiting.shift(), "too many wait")
    if (this.waiting.length === 1) this.sent = this.sent.then(() => this.empty())
  }

  private async empty(): Promise<void> {
    for (;;) {
      const event = this.waiting.shift()
      if (event === undefined) return
      try {
        await this.deliver(event)
      } catch (error) {
        this.giveUp(event, (error as Error).message)
      }
    }
  }

  private giveUp(event: NoticeEvent | undefined, why: string): void {
    this.onProblem(`The ${this.name} ${why}; not told: ${event?.message}`)
  }
}
