import { stated } from "../catalogue/action"
import { ActionBook } from "../catalogue/actionBook"
import { Keeper } from "../catalogue/keeper"
import { keepLab } from "../catalogue/keepLab"
import type { Bucket } from "../lake/bucket"
import { publishStore } from "../lake/publish"
import { Lab } from "../live/lab"
import { serveMetrics } from "./metrics"
import type { AgentOptions } from "./options"
import { OrderBook } from "./orderBook"
import type { Answer, Order } from "./payloads"
import { answerOrders } from "./orders"
import { Publisher } from "./publisher"
import { regularly } from "./regularly"

/** Between two looks at what is stored and not published yet; and not in the dataset or the catalogue. */
const OUTBOX_ms = 2_000
const KEEP_ms = 60_000
/** After so long something is noted again for which the disk had no room. */
const AGAIN_ms = 10_000

/**
 * Follows the boards of one computer without anybody watching: stores what they log, publishes it, brings it into a
 * dataset, tells the catalogue. It may end at any time; tests do not mind, and the next one goes on where it stood.
 */
export async function runAgent(options: AgentOptions, signal: AbortSignal): Promise<void> {
  const { store, broker, lake, catalogue, onLine, keepEvery_ms = KEEP_ms } = options
  const lab = new Lab({ ...options, keepsReadings: false })
  const actions = new ActionBook({ data: store.folder, lab: options.lab, host: options.host })
  const metrics = options.metrics && (await serveMetrics(lab, options.metrics))
  const parts = [lab.run(signal)]
  const keep = (every_ms: number, work: () => Promise<void>) =>
    parts.push(regularly({ every_ms, signal, onProblem: onLine }, work))
  let publisher: Publisher | undefined
  if (broker !== undefined) {
    const orders = options.acceptsOrders
      ? answerOrders(lab, orderBook(actions, lab, options))
      : undefined
    const started = new Publisher(options, broker, lab, orders)
    publisher = started
    keep(OUTBOX_ms, () => started.publishStored(signal))
    // What waits for a broker that is away is given up.
    signal.addEventListener("abort", () => started.close())
  }
  if (lake !== undefined) keep(keepEvery_ms, () => publishClosed(options, lake, signal))
  if (catalogue !== undefined) {
    const keeper = new Keeper(catalogue)
    keep(keepEvery_ms, async () => {
      await actions.send(catalogue)
      await keepLab(keeper, lab, options)
    })
  }
  try {
    await Promise.all(parts)
  } finally {
    await metrics?.close()
    await publisher?.close()
    await actions.settled()
    await catalogue?.close()
  }
}

async function publishClosed(options: AgentOptions, lake: Bucket, signal: AbortSignal) {
  const { lab, store, onLine } = options
  await publishStore(lab, store, lake, {
    signal,
    onPublished: (test, { records }) => onLine(`${test}: ${records} records are in ${lake.name}.`),
    onProblem: (test, error) => onLine(`${test} is not in the dataset: ${error.message}`),
  })
}

/** The record of orders, of which the catalogue gets to know all: also those that an agent was ended in. */
function orderBook(actions: ActionBook, lab: Lab, options: AgentOptions): OrderBook {
  const note = notedIn(actions, lab, options)
  const book = new OrderBook(options.store.folder, note)
  actions
    .rows({})
    .then((rows) => {
      const known = new Set(rows.map(({ id }) => id))
      for (const { order, answer, time } of book.earlier())
        if (!known.has(order.id)) note(order, answer, time)
    })
    .catch((error: Error) => options.onLine(error.message))
  return book
}

/** Notes orders in the catalogue with what came of them; the host's own record of orders has them in any case. */
function notedIn(actions: ActionBook, lab: Lab, { catalogue, onLine }: AgentOptions) {
  return (order: Order, { id, test, is_done, message }: Answer, time?: Date) => {
    const { board, channel } = order
    const number =
      order.test_number ??
      lab.store
        .board(board)
        .tests()
        .find((one) => one.id === test)?.test
    const action = {
      ...({ action: order.order, via: "agent", board, channel, test, is_done, message } as const),
      ...stated(order),
      board_name: lab.boards.find((one) => one.id === board)?.name ?? board,
      cell: (number !== undefined && lab.book.find(board, channel, number)?.cell) || null,
    }
    const note = async () => {
      try {
        await actions.note(action, id, time)
      } catch (error) {
        onLine((error as Error).message)
        setTimeout(note, AGAIN_ms).unref()
        return
      }
      await actions.send(catalogue).catch((error: Error) => onLine(error.message))
    }
    void note()
  }
}
