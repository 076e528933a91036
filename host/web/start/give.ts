import { BoardError, ConflictError } from "../../errors"
import type { Session } from "../../session"
import { ORDERS, type Order, type OrderName, standing, testName } from "./orders"

/** Finds the name of a test's cell. */
export type CellOf = (test: number) => string | undefined

/**
 * Gives an order to a test, and tells what has happened, a sentence.
 * @throws ConflictError when it is not on the channel, or stands so that there is nothing to do
 */
export async function give(
  { board }: Session,
  channel: number,
  test: number,
  name: OrderName,
  cellOf: CellOf,
): Promise<string> {
  const order: Order = ORDERS[name]
  const before = await board.status(channel)
  const isThere = before.state !== "Idle" && before.test === test
  if (!isThere || !order.isFor(before)) {
    const why = isThere ? `there is nothing to ${name}` : "what you saw is no longer on it"
    throw new ConflictError(
      `Channel ${channel} of ${board.name}: ${why}. ${standing(before, cellOf(before.test))} Nothing was done.`,
    )
  }
  try {
    await order.give(board, channel)
  } catch (error) {
    if (!(error instanceof BoardError)) throw error
    // The board's answer may have been lost.
    const after = await board.status(channel).catch(() => undefined)
    if (after?.test !== test || !order.isDone(after)) throw error
  }
  return `${testName(test, cellOf(test))} ${order.told(await board.status(channel))}`
}
