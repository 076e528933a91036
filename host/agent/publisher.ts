import { TesterError } from "../errors"
import type { LiveBoard } from "../web/api"
import type { Lab } from "../live/lab"
import { Broker } from "./broker"
import { Cursors } from "./cursors"
import { boardPayload, livePayload } from "./liveMessages"
import type { AgentOptions } from "./options"
import type { AnswerOrder } from "./orders"
import { Outbox } from "./outbox"
import type { HostPayload } from "./payloads"
import { topicsOf } from "./topics"

/** Says what happens on the broker. */
export class Publisher {
  private readonly topics
  private readonly broker: Broker
  private readonly cursors: Cursors
  private readonly outboxes = new Map<string, Outbox>()
  private before = new Map<string, LiveBoard>()
  private told = new Map<string, string>()
  private readonly since_unix_s = Date.now() / 1000
  private readonly unwatch: () => void
  private closed: Promise<void> | undefined

  constructor(
    private readonly options: AgentOptions,
    broker: NonNullable<AgentOptions["broker"]>,
    private readonly lab: Lab,
    /** Undefined: no orders are taken. */
    answerOrder: AnswerOrder | undefined,
  ) {
    const { lab: labName, host, store } = options
    const topics = topicsOf(labName, host)
    this.topics = topics
    this.cursors = new Cursors(store.folder)
    this.broker = new Broker({
      ...broker,
      clientId: `coincell-${labName}-${host}`,
      lastWill: { topic: topics.host, payload: this.hostPayload(false) },
      onState: options.onLine,
      onConnect: () => this.tellAll(),
    })
    if (answerOrder !== undefined)
      this.broker.subscribe(topics.orders, ({ payload, responseTopic, correlationData }) => {
        answerOrder(payload).then(
          (text) => responseTopic && this.broker.answer(responseTopic, text, correlationData),
          (error) => options.onLine(`An order failed: ${(error as Error).stack}`),
        )
      })
    this.unwatch = lab.watch(() => this.tellNews())
  }

  close(): Promise<void> {
    this.unwatch()
    this.closed ??= this.broker.close({
      topic: this.topics.host,
      payload: this.hostPayload(false),
    })
    return this.closed
  }

  /** Publishes what is stored and was not: all boards beside each other; what keeps one of them keeps no other. */
  async publishStored(signal: AbortSignal): Promise<void> {
    const { store, onLine } = this.options
    await Promise.all(
      store.boards().map(async (board) => {
        try {
          const deliver = (topic: string, payload: unknown) => this.broker.deliver(topic, payload)
          const outbox =
            this.outboxes.get(board.id) ?? new Outbox(board, this.topics, deliver, this.cursors)
          this.outboxes.set(board.id, outbox)
          await outbox.publish(signal)
        } catch (error) {
          if (signal.aborted) return
          if (!(error instanceof TesterError)) throw error
          onLine(`Board ${board.name} is not published: ${error.message}`)
        }
      }),
    )
  }

  private tellAll(): void {
    this.told = new Map()
    this.before = new Map()
    this.broker.tellNow(this.topics.host, this.hostPayload(true), true)
    this.tellNews()
  }

  private tellNews(): void {
    const { lab, topics, broker, told, before } = this
    for (const board of lab.boards) {
      if (before.get(board.id) === board) continue
      const state = boardPayload(board)
      const text = JSON.stringify(state)
      if (told.get(board.id) !== text) broker.tellNow(topics.board(board.id), state, true)
      told.set(board.id, text)
      const live = livePayload(board, before.get(board.id), lab.now_unix_s)
      if (live !== undefined) broker.tellNow(topics.live(board.id), live)
      before.set(board.id, board)
    }
  }

  private hostPayload(is_there: boolean): HostPayload {
    const { version, acceptsOrders } = this.options
    return { is_there, since_unix_s: this.since_unix_s, version, accepts_orders: acceptsOrders }
  }
}
