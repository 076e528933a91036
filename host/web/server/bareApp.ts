import { Hono } from "hono"
import { bodyLimit } from "hono/body-limit"
import { compress } from "hono/compress"
import { HTTPException } from "hono/http-exception"
import { secureHeaders } from "hono/secure-headers"
import { BoardError, ConflictError, NotFoundError, TesterError } from "../../errors"
import type { ApiError } from "../api"
import type { WebEnv, WebRoutes } from "../env"
import { type GuardOptions, guard } from "./guard"

/** Longest body that anybody may send: protocols are some kilobytes. */
const BODY_BYTES = 256 * 1024

/** A server that answers nothing yet: who may come in, what is said when something fails, what browsers may do. */
export function bareApp(guarded: GuardOptions): WebRoutes {
  const app = new Hono<WebEnv>()
  app.onError((error, c) => {
    const { status, message } = problemOf(error)
    if (status === 500) process.stderr.write(`${error.stack ?? error.message}\n`)
    return c.json<ApiError>({ error: { message } }, status)
  })
  app.notFound((c) => c.json<ApiError>({ error: { message: `There is no ${c.req.path}.` } }, 404))
  app.use(headers)
  app.use(compress())
  app.use(bodyLimit({ maxSize: BODY_BYTES }))
  app.use(guard(guarded))
  app.use("/api/*", async (c, next) => {
    await next()
    // Another visitor may not see it, and what is true now is not so later.
    c.header("Cache-Control", "no-store")
  })
  return app
}

const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", "data:", "blob:"],
    connectSrc: ["'self'"],
    fontSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: "no-referrer",
  xFrameOptions: "DENY",
  // Only who puts a proxy with TLS in front can promise that.
  strictTransportSecurity: false,
  // A browser that has seen the address without it warns.
  originAgentCluster: false,
  // A report has a stricter policy of its own.
  overwrite: false,
})

function problemOf(error: Error): { status: 400 | 404 | 409 | 413 | 500; message: string } {
  const { message } = error
  if (error instanceof NotFoundError) return { status: 404, message }
  if (error instanceof ConflictError) return { status: 409, message }
  if (error instanceof BoardError) return { status: 409, message }
  if (error instanceof TesterError) return { status: 400, message }
  if (error instanceof HTTPException && error.status === 413)
    return { status: 413, message: "That is too long: 256 kB at most." }
  return {
    status: 500,
    message: "This is a mistake of the program; its trace stands in the terminal of 'serve'.",
  }
}
