import { Hono } from "hono"
import { z } from "zod"
import type { SimulatedStarted } from "../api"
import type { Lab } from "../../live/lab"
import type { SimulatedBoardProcess } from "../simulatedBoard"
import type { WebEnv, WebRoutes } from "../env"
import { bodyOf } from "../start/body"

const FASTEST = 1_000

const simulatedBody = z.strictObject({ speed: z.number().min(1).max(FASTEST) })

/** POST /api/simulated: a board to try things on. It appears among the others some seconds later. */
export function simulatedRoutes(lab: Lab, board: SimulatedBoardProcess): WebRoutes {
  const routes = new Hono<WebEnv>()
  routes.post("/api/simulated", async (c) => {
    const { speed } = await bodyOf(c, simulatedBody)
    let started: string | undefined
    const address = await board.start(speed, () => lab.search.own.delete(started ?? ""))
    started = address
    lab.search.own.add(address)
    lab.searchSoon()
    return c.json<SimulatedStarted>({ address })
  })
  return routes
}
