import type { ChannelStatus } from "../../boardClient"
import { TesterError } from "../../errors"
import { TestBook } from "../../follow/testBook"
import type { Session } from "../../session"
import { Store } from "../../store/store"
import { withBoard } from "./board"
import { statusJson } from "./json"
import { type NotedOptions, noteTold, type Told } from "./noted"
import { type Channels, channelList, type JsonOptions, type WhereOptions } from "./options"
import { printJson, printText } from "./print"

export type OrderOptions = WhereOptions & NotedOptions & JsonOptions & { channel: Channels }

/** Something that a person tells channels to do. */
export interface Order {
  name: "pause" | "resume" | "stop"
  /** With "all": which channels it is meant for. */
  concerns: (status: ChannelStatus) => boolean
  /** Asks the person, who may not want it after all. */
  isMeant?: (session: Session, channels: number[]) => Promise<boolean>
  give: (session: Session, channel: number) => Promise<void>
  /** What has happened, a sentence. */
  tell: (status: ChannelStatus) => string
}

/** What an order has come to on a channel. */
interface Outcome {
  channel: number
  /** Undefined when the board does not tell. */
  status: ChannelStatus | undefined
  /** Undefined when it was done. */
  refusal: string | undefined
}

/**
 * Gives an order to channels of one board, tells how they stand then, and notes who gave it.
 * @throws TesterError of those that refuse, once the others have done it
 */
export async function giveOrder(options: OrderOptions, order: Order): Promise<void> {
  const told: Told[] = []
  try {
    await withBoard(options, async (session) => {
      const channels = await concerned(session, options.channel, order)
      if (order.isMeant !== undefined && !(await order.isMeant(session, channels))) return
      const outcomes: Outcome[] = []
      for (const channel of channels) outcomes.push(await outcomeOn(session, channel, order))
      const book = new TestBook(Store.open(options.data))
      told.push(...outcomes.map((outcome) => toldOf(session, outcome, order, book)))
      present(session, outcomes, order, options)
    })
  } finally {
    await noteTold(options, told)
  }
}

async function outcomeOn(session: Session, channel: number, order: Order): Promise<Outcome> {
  const { board } = session
  try {
    await order.give(session, channel)
    return { channel, status: await board.status(channel), refusal: undefined }
  } catch (error) {
    if (!(error instanceof TesterError)) throw error
    const status = await board.status(channel).catch(() => undefined)
    return { channel, status, refusal: error.message }
  }
}

function present(
  { board }: Session,
  outcomes: readonly Outcome[],
  order: Order,
  { json }: JsonOptions,
): void {
  const done = outcomes.flatMap(({ status, refusal }) =>
    status !== undefined && refusal === undefined ? status : [],
  )
  if (json) printJson({ board: board.name, board_id: board.id, channels: done.map(statusJson) })
  else for (const status of done) printText(`Channel ${status.channel}: ${order.tell(status)}`)
  const refusals = outcomes.flatMap(({ refusal }) => refusal ?? [])
  if (refusals.length > 0) throw new TesterError(refusals.join("\n"))
}

function toldOf(
  { board }: Session,
  { channel, status, refusal }: Outcome,
  order: Order,
  book: TestBook,
): Told {
  const known = status && book.find(board.id, channel, status.test)
  return {
    ...{ action: order.name, board: board.id, board_name: board.name, channel },
    ...{ test: known?.id ?? null, cell: known?.cell ?? null, is_done: refusal === undefined },
    message: refusal ?? (status === undefined ? "" : order.tell(status)),
  }
}

/** The channels that are named; of "all", those that the order is for. */
async function concerned(session: Session, asked: Channels, order: Order): Promise<number[]> {
  const { board } = session
  if (asked !== "all") return asked
  const found: number[] = []
  for (const channel of channelList("all", await board.channels()))
    if (order.concerns(await board.status(channel))) found.push(channel)
  if (found.length === 0)
    throw new TesterError(`Board ${board.name} has no channel to which that could be done.`)
  return found
}
