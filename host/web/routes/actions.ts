import { Hono } from "hono"
import type { Session } from "../../session"
import type { Acted } from "../api"
import type { Lab } from "../../live/lab"
import type { WebEnv, WebRoutes } from "../env"
import { NotFoundError } from "../../errors"
import { actBody, bodyOf } from "../start/body"
import { type CellOf, give } from "../start/give"
import type { OrderName } from "../start/orders"

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
