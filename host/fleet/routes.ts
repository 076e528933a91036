import { type Context, Hono } from "hono"
import { topicsOf } from "../agent/topics"
import { traceQuery, queryOf } from "../web/data/query"
import type { TestLine } from "../web/api"
import type { WebEnv, WebRoutes } from "../web/env"
import { ConflictError, NotFoundError } from "../errors"
import { bodyOf } from "../web/start/body"
import type { FleetAnswer } from "../web/fleetApi"
import { ChannelFeed } from "./channelFeed"
import { FleetFeed } from "./feed"
import { cyclesOf } from "./lake/cycles"
import { TestList, testLine, testPage } from "./lake/testList"
import { traceOf } from "./lake/trace"
import { orderBody, orderFor } from "./orders"
import type { Sources } from "./sources"
import { batched } from "./stream"

const now_unix_s = () => Date.now() / 1000

/** GET /api/fleet/live; GET /api/fleet/channel/LAB/HOST/BOARD/CHANNEL/live */
export function fleetLiveRoutes(sources: Sources): WebRoutes {
  const routes = new Hono<WebEnv>()
  routes.get("/api/fleet/live", (c) => {
    const feed = new FleetFeed(sources, c.get("mayAct"), now_unix_s)
    return batched(c, {
      news: () => feed.news(),
      heartbeat: () => feed.heartbeat(),
      watch: (listener) => sources.fleet.watch(listener),
    })
  })
  routes.get("/api/fleet/channel/:lab/:host/:board/:channel{[0-9]+}/live", (c) => {
    const { lab, host, board } = c.req.param()
    const channel = Number(c.req.param("channel"))
    const isKnown = sources.fleet.find(lab, host)?.boards.some(({ id }) => id === board)
    if (!isKnown)
      throw new NotFoundError(`The broker tells of no board ${board} at ${lab}/${host}.`)
    const feed = new ChannelFeed()
    const topics = topicsOf(lab, host)
    return batched(c, {
      news: () => feed.news(),
      heartbeat: () => feed.heartbeat(),
      watch: (listener) => {
        const hear = (take: (payload: Buffer) => void) => (payload: Buffer) => {
          take(payload)
          listener()
        }
        const link = sources.link()
        const ends = [
          link.listen(
            topics.records(board, channel),
            hear((payload) => feed.records(payload)),
          ),
          link.listen(
            topics.events(board, channel),
            hear((payload) => feed.noted(payload)),
          ),
        ]
        return () => {
          for (const end of ends) end()
        }
      },
    })
  })
  return routes
}

/** GET /api/tests…: what the dataset and the catalogue have, by the same contract as of stored tests. */
export function lakeRoutes(sources: Pick<Sources, "dataset" | "actions">): WebRoutes {
  const lake = sources.dataset
  const routes = new Hono<WebEnv>()
  const list = lake && new TestList(lake)
  const found = async (c: Context) => {
    if (list === undefined || lake === undefined) throw new NotFoundError(NO_LAKE)
    return { lake, test: await list.find(c.req.param("id") ?? "") }
  }
  routes.get("/api/tests", async (c) => {
    const lines = ((await list?.all()) ?? []).map(testLine)
    return c.json<TestLine[]>(lines.sort((a, b) => (b.began_unix_s ?? 0) - (a.began_unix_s ?? 0)))
  })
  routes.get("/api/tests/:id", async (c) => c.json(testPage((await found(c)).test)))
  routes.get("/api/tests/:id/cycles", async (c) => {
    const { lake, test } = await found(c)
    return c.json(await cyclesOf(lake, test))
  })
  routes.get("/api/tests/:id/trace", async (c) => {
    const { lake, test } = await found(c)
    return c.json(await traceOf(lake, test, queryOf(c, traceQuery)))
  })
  routes.get("/api/tests/:id/actions", async (c) => {
    const { lab, board, test } = (await found(c)).test.place
    return c.json(await sources.actions({ lab, board, test }))
  })
  return routes
}

const NO_LAKE =
  "This server was started without a dataset, so it knows nothing of the past: add --lake to 'coincell serve'."

/** POST /api/fleet/orders; GET /api/boards/:id/channels/:channel/actions */
export function orderRoutes(sources: Sources): WebRoutes {
  const routes = new Hono<WebEnv>()
  routes.get("/api/boards/:id/channels/:channel{[0-9]+}/actions", async (c) => {
    const { id: board, channel } = c.req.param()
    return c.json(await sources.actions({ board, channel: Number(channel) }))
  })
  routes.post("/api/fleet/orders", async (c) => {
    const asked = await bodyOf(c, orderBody)
    const { lab, host } = asked
    const order = orderFor(sources.fleet.find(lab, host), asked)
    const answer = await sources.link().order(lab, host, order)
    if (!answer.is_done) throw new ConflictError(answer.message)
    return c.json<FleetAnswer>({ text: answer.message })
  })
  return routes
}
