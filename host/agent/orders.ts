import { basename } from "node:path"
import { TesterError } from "../errors"
import { planTest, startTests } from "../start"
import type { Lab } from "../live/lab"
import { give } from "../web/start/give"
import type { OrderBook } from "./orderBook"
import { type Answer, type Order, orderPayload } from "./payloads"

/** Who orders what, as far as it is to be understood; and what to answer. */
export type AnswerOrder = (payload: Buffer) => Promise<Answer>

/** Largest order: a protocol and a cell are a few kB. */
const MOST_BYTES = 256 * 1024

/**
 * Carries out orders that come by the broker, one after another, each once: one that comes again gets the answer that it
 * got. Each is in the record of orders before anything is done.
 */
export function answerOrders(lab: Lab, book: OrderBook): AnswerOrder {
  // An order that waited for this host to come back is not refused because its board is not found yet.
  let last: Promise<unknown> = lab.hasSearched
  return (payload) => {
    const answer = last.then(() => carryOut(payload, lab, book))
    last = answer.catch(() => {})
    return answer
  }
}

async function carryOut(payload: Buffer, lab: Lab, book: OrderBook): Promise<Answer> {
  const order = read(payload)
  if (typeof order === "string") return { id: "", is_done: false, message: order, test: null }
  const known = book.answerOf(order.id)
  if (known !== undefined) return known
  try {
    book.noteOrder(order)
  } catch (error) {
    return refusal(order, error, " Nothing was done.")
  }
  const answer = await obey(order, lab)
  try {
    book.noteAnswer(order, answer)
  } catch (error) {
    // Done is done: who gave it is told so, whatever the record says.
    if (!(error instanceof TesterError)) throw error
  }
  return answer
}

/** @throws what is no problem that a person can mend */
function refusal({ id }: Order, error: unknown, more = ""): Answer {
  if (!(error instanceof TesterError)) throw error
  return { id, is_done: false, message: `${error.message}${more}`, test: null }
}

/** @returns what is wrong with it, a sentence, if it cannot be understood */
function read(payload: Buffer): Order | string {
  if (payload.length > MOST_BYTES)
    return `An order has at most ${MOST_BYTES} bytes. Nothing was done.`
  try {
    const parsed = orderPayload.safeParse(JSON.parse(payload.toString()))
    if (parsed.success) return parsed.data
    const [{ path, message }] = parsed.error.issues
    return `The order's ${path.join(".") || "content"} is not to be understood: ${message}. Nothing was done.`
  } catch {
    return "The order is no JSON. Nothing was done."
  }
}

async function obey(order: Order, lab: Lab): Promise<Answer> {
  try {
    const done = order.order === "start" ? await start(order, lab) : await direct(order, lab)
    return { id: order.id, is_done: true, ...done }
  } catch (error) {
    return refusal(order, error)
  }
}

type Done = Pick<Answer, "message" | "test">

async function start({ board, channel, protocol, cell }: Order, lab: Lab): Promise<Done> {
  if (protocol === undefined || cell === undefined)
    throw new TesterError("To start a test takes its protocol and its cell. Nothing was done.")
  const file = ({ file_name, text }: { file_name: string; text: string }) => ({
    fileName: basename(file_name),
    text,
  })
  const planned = planTest(channel, file(protocol), file(cell))
  const [{ id }] = await lab.act(board, (session) => startTests(session, lab.store, [planned]))
  return { message: [`${id} has been started.`, ...planned.warnings].join("\n"), test: id }
}

async function direct({ board, channel, order, test_number }: Order, lab: Lab): Promise<Done> {
  if (order === "start") throw new RangeError("start is no order to a test")
  if (test_number === undefined)
    throw new TesterError(`To ${order} a test takes its test_number. Nothing was done.`)
  const cellOf = (number: number) => lab.book.find(board, channel, number)?.cell
  try {
    const message = await give(lab.session(board), channel, test_number, order, cellOf)
    return { message, test: lab.book.find(board, channel, test_number)?.id ?? null }
  } finally {
    lab.lookSoon()
  }
}
