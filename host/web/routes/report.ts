import { Readable } from "node:stream"
import { type Context, Hono } from "hono"
import type { Wanted } from "../data/files/files"
import type { StoredData } from "../data/storedData"
import type { WebEnv, WebRoutes } from "../env"
import { waitedFor } from "./waitedFor"

/** A report holds all that it shows; nothing in it runs or is loaded, whatever the files say that it tells of. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"

/** GET /api/tests/:id/(report|plot.svg): one test to read, print or send; its voltage alone. */
export function reportRoutes(data: StoredData): WebRoutes {
  const routes = new Hono<WebEnv>()
  routes.get("/api/tests/:id/report", (c) =>
    waitedFor(c, (signal) => drawn(c, data, "report", "text/html; charset=utf-8", signal)),
  )
  routes.get("/api/tests/:id/plot.svg", (c) =>
    waitedFor(c, (signal) => drawn(c, data, "plot", "image/svg+xml; charset=utf-8", signal)),
  )
  return routes
}

async function drawn(
  c: Context,
  { files, traces }: StoredData,
  wanted: Wanted,
  type: string,
  signal: AbortSignal,
): Promise<Response> {
  const id = c.req.param("id") ?? ""
  await traces.ask("find", [id], signal)
  const headers = { "Content-Type": type, "Content-Security-Policy": POLICY }
  // Whoever asks for the headers alone shall not have it made.
  if (c.req.method === "HEAD") return c.body(null, 200, headers)
  const file = await files.make(id, wanted, signal)
  return c.body(Readable.toWeb(file) as ReadableStream, 200, headers)
}
