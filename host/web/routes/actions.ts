import { Hono } from "hono"
import { BoardError } from "../../errors"
import type { Session } from "../../session"
import type { Acted } from "../api"
import type { Lab } from "../live/lab"
import type { WebEnv, WebRoutes } from "../env"
import { ConflictError, NotFoundError } from "../problems"
import { actBody, bodyOf } from "../start/body"
import { ORDERS, type Order, type OrderName, standing, testName } from "../start/orders"

/** Finds the name of a test's cell. */
type CellOf = (test: number) => string | undefined

/**
 * POST /api/boards/:id/channels/:channel/(pause|resume|stop): for the test that the person sees, and no other. They
 * wait for no start or download, for somebody may want to stop a test now.
 */
export function actionRoutes(lab: Pick<Lab, "session" | "lookSoon" | "book">): WebRoutes {
  const routes = new Hono<WebEnv>()
  routes.post("/api/boards/:id/channels/:channel/:order{pause|resume|stop}", async (c) => {
    const { id, order } = c.req.param()
    const { test } = await bodyOf(c, actBody)
    const session = lab.session(id)
    const channel = await channelOf(session, c.req.param("channel"))
    const cellOf: CellOf = (number) => lab.book.find(id, channel, number)?.cell
    try {
      const text = await give(session, channel, test, order as OrderName, cellOf)
      return c.json<Acted>({ text })
    } finally {
      lab.lookSoon()
    }
  })
  return routes
}

async function channelOf({ board }: Session, text: string): Promise<number> {
  const count = await board.channels()
  if (/^\d{1,3}$/.test(text) && Number(text) < count) return Number(text)
  throw new NotFoundError(
    `Board ${board.name} has no channel ${text}: its channels are 0 to ${count - 1}.`,
  )
}

/**
 * Gives an order to a test.
 * @throws ConflictError when it is not on the channel, or stands so that there is nothing to do
 */
async function give(
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
