import type { Hono } from "hono"

/** What the guard finds out about a request. */
export interface WebEnv {
  Variables: {
    /** The visitor has shown the token. */
    mayAct: boolean
  }
}

export type WebRoutes = Hono<WebEnv>
