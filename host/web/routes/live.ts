import { Hono } from "hono"
import { streamSSE } from "hono/streaming"
import { Feed, type Told } from "../feed"
import type { Lab } from "../../live/lab"
import type { WebEnv, WebRoutes } from "../env"

/** Pages and proxies take a connection that is silent for longer as dead. */
const HEARTBEAT_ms = 10_000

/** GET /api/live: server-sent events. A visitor who reads slowly gets the newest state and no queue: what it is sent is made when it has room. */
export function liveRoutes(lab: Told & Pick<Lab, "watch">): WebRoutes {
  const routes = new Hono<WebEnv>()
  routes.get("/api/live", (c) => {
    c.header("X-Accel-Buffering", "no")
    return streamSSE(c, async (stream) => {
      const feed = new Feed(lab, c.get("mayAct"))
      let isNew = true
      let wake = () => {}
      const unwatch = lab.watch(() => {
        isNew = true
        wake()
      })
      stream.onAbort(() => wake())
      try {
        while (!stream.aborted) {
          const events = isNew ? feed.news() : [feed.heartbeat()]
          isNew = false
          for (const event of events) await stream.writeSSE(event)
          if (isNew || stream.aborted) continue
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, HEARTBEAT_ms)
            wake = () => {
              clearTimeout(timer)
              resolve()
            }
          })
        }
      } finally {
        unwatch()
      }
    })
  })
  return routes
}
