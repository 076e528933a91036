import { Hono } from "hono"
import { actionLines } from "../../catalogue/actionLines"
import type { Session } from "../../session"
import type { Acted } from "../api"
import type { Lab } from "../../live/lab"
import type { WebEnv, WebRoutes } from "../env"
import { NotFoundError } from "../../errors"
import { type Noted, noting } from "../noting"
import { actBody, bodyOf } from "../start/body"
import { give } from "../start/give"
import type { OrderName } from "../start/orders"

/**
 * POST /api/boards/:id/channels/:channel/(pause|resume|stop): for the test that the person sees, and no other. They
 * wait for no start or download, for somebody may want to stop a test now.
 * GET /api/boards/:id/channels/:channel/actions, GET /api/tests/:id/actions
 */
export function actionRoutes(
  lab: Pick<Lab, "session" | "lookSoon" | "book">,
  noted: Noted,
): WebRoutes {
  const routes = new Hono<WebEnv>()
  routes.post("/api/boards/:id/channels/:channel/:order{pause|resume|stop}", async (c) => {
    const { id, order } = c.req.param()
    const { test, ...ordered } = await bodyOf(c, actBody)
    const session = lab.session(id)
    const channel = await channelOf(session, c.req.param("channel"))
    const find = (number: number) => lab.book.find(id, channel, number)
    const of = () => ({ test: find(test)?.id ?? null, cell: find(test)?.cell ?? null })
    const about = { board: id, board_name: session.board.name, channel, action: order as OrderName }
    try {
      const { message: text } = await noting(noted, about, ordered, of, async () => {
        const message = await give(session, channel, test, about.action, (one) => find(one)?.cell)
        return { ...of(), message }
      })
      return c.json<Acted>({ text })
    } finally {
      lab.lookSoon()
    }
  })
  routes.get("/api/boards/:id/channels/:channel{[0-9]+}/actions", async (c) => {
    const { id: board, channel } = c.req.param()
    return c.json(actionLines(await noted.rows({ board, channel: Number(channel) })))
  })
  routes.get("/api/tests/:id/actions", async (c) =>
    c.json(actionLines(await noted.rows({ test: c.req.param("id") }))),
  )
  return routes
}

async function channelOf({ board }: Session, text: string): Promise<number> {
  const count = await board.channels()
  if (/^\d{1,3}$/.test(text) && Number(text) < count) return Number(text)
  throw new NotFoundError(
    `Board ${board.name} has no channel ${text}: its channels are 0 to ${count - 1}.`,
  )
}
