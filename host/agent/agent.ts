import { boardRow } from "../catalogue/boardRows"
import type { Row, Table } from "../catalogue/catalogue"
import { Keeper } from "../catalogue/keeper"
import { storeRows } from "../catalogue/storeRows"
import type { Bucket } from "../lake/bucket"
import { publishStore } from "../lake/publish"
import { Lab } from "../live/lab"
import { serveMetrics } from "./metrics"
import type { AgentOptions } from "./options"
import { OrderBook } from "./orderBook"
import { answerOrders } from "./orders"
import { Publisher } from "./publisher"
import { regularly } from "./regularly"

/** Between two looks at what is stored and not published yet; and not in the dataset or the catalogue. */
const OUTBOX_ms = 2_000
const KEEP_ms = 60_000

/**
 * Follows the boards of one computer without anybody watching: stores what they log, publishes it, brings it into a
 * dataset, tells the catalogue. It may end at any time; tests do not mind, and the next one goes on where it stood.
 */
export async function runAgent(options: AgentOptions, signal: AbortSignal): Promise<void> {
  const { store, broker, lake, catalogue, onLine, keepEvery_ms = KEEP_ms } = options
  const lab = new Lab(options)
  const metrics = options.metrics && (await serveMetrics(lab, options.metrics))
  const parts = [lab.run(signal)]
  const keep = (every_ms: number, work: () => Promise<void>) =>
    parts.push(regularly({ every_ms, signal, onProblem: onLine }, work))
  let publisher: Publisher | undefined
  if (broker !== undefined) {
    const orders = options.acceptsOrders
      ? answerOrders(lab, new OrderBook(store.folder, actionsOf(options)))
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
    keep(keepEvery_ms, () => catalogueAll(options, lab, keeper))
  }
  try {
    await Promise.all(parts)
  } finally {
    await metrics?.close()
    await publisher?.close()
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

async function catalogueAll(options: AgentOptions, lab: Lab, keeper: Keeper): Promise<void> {
  const { lab: labName, host, store, calibrationDays } = options
  const rows: { table: Table; row: Row }[] = []
  for (const board of lab.boards)
    if (board.isThere) {
      const session = lab.session(board.id)
      rows.push({
        table: "boards",
        row: await boardRow(labName, host, board, session, calibrationDays),
      })
    }
  await keeper.keep([...rows, ...storeRows(labName, host, store)])
}

/** Tells the catalogue who ordered what, and what came of it; the host's own record has it in any case. */
function actionsOf({ lab, host, catalogue, onLine }: AgentOptions) {
  return (action: Record<string, unknown>) => {
    catalogue
      ?.put("actions", { lab, host, ...action })
      .catch((error: Error) => onLine(error.message))
  }
}
