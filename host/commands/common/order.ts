import type { ChannelStatus } from "../../boardClient"
import { TesterError } from "../../errors"
import type { Session } from "../../session"
import { withBoard } from "./board"
import { statusJson } from "./json"
import { type Channels, channelList, type JsonOptions, type WhereOptions } from "./options"
import { printJson, printText } from "./print"

export type OrderOptions = WhereOptions & JsonOptions & { channel: Channels }

/** Something that a person tells channels to do. */
export interface Order {
  /** With "all": which channels it is meant for. */
  concerns: (status: ChannelStatus) => boolean
  /** Asks the person, who may not want it after all. */
  isMeant?: (session: Session, channels: number[]) => Promise<boolean>
  give: (session: Session, channel: number) => Promise<void>
  /** What has happened, a sentence. */
  tell: (status: ChannelStatus) => string
}

/**
 * Gives an order to channels of one board, and tells how they stand then.
 * @throws TesterError of those that refuse, once the others have done it
 */
export async function giveOrder(options: OrderOptions, order: Order): Promise<void> {
  await withBoard(options, async (session) => {
    const { board } = session
    const channels = await concerned(session, options.channel, order)
    if (order.isMeant !== undefined && !(await order.isMeant(session, channels))) return
    const done: ChannelStatus[] = []
    const refusals: string[] = []
    for (const channel of channels)
      try {
        await order.give(session, channel)
        done.push(await board.status(channel))
      } catch (error) {
        if (!(error instanceof TesterError)) throw error
        refusals.push(error.message)
      }
    if (options.json)
      printJson({ board: board.name, board_id: board.id, channels: done.map(statusJson) })
    else for (const status of done) printText(`Channel ${status.channel}: ${order.tell(status)}`)
    if (refusals.length > 0) throw new TesterError(refusals.join("\n"))
  })
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
