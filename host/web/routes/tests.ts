import { Readable } from "node:stream"
import { type Context, Hono } from "hono"
import { FORMATS } from "../../formats/export"
import type { ExportFormat, Trace } from "../api"
import { cyclesQuery, exportQuery, queryOf, traceQuery } from "../data/query"
import type { StoredData } from "../data/storedData"
import type { Lab } from "../../live/lab"
import type { WebEnv, WebRoutes } from "../env"
import { waitedFor } from "./waitedFor"

/** GET /api/tests…: what is stored of tests. Ids are looked up among those that there are. */
export function testRoutes(lab: Pick<Lab, "readings">, data: StoredData): WebRoutes {
  const { traces, tables } = data
  const routes = new Hono<WebEnv>()
  routes.get("/api/tests", (c) =>
    waitedFor(c, async (signal) => c.json(await traces.ask("tests", [], signal))),
  )
  routes.get("/api/tests/:id", (c) =>
    waitedFor(c, async (signal) => c.json(await traces.ask("test", [c.req.param("id")], signal))),
  )
  routes.get("/api/tests/:id/trace", (c) =>
    waitedFor(c, async (signal) => {
      const window = queryOf(c, traceQuery)
      const id = c.req.param("id")
      const { trace, place } = await traces.ask("trace", [id, window], signal)
      const live =
        place === undefined
          ? { time_s: [], voltage_V: [], current_A: [] }
          : lab.readings.since(place.board, place.channel, place.test, trace.end_s)
      return c.json<Trace>({ ...trace, live })
    }),
  )
  routes.get("/api/tests/:id/overlay", (c) =>
    waitedFor(c, async (signal) =>
      c.json(await traces.ask("overlay", [c.req.param("id"), queryOf(c, cyclesQuery)], signal)),
    ),
  )
  routes.get("/api/tests/:id/dqdv", (c) =>
    waitedFor(c, async (signal) => {
      const cycles = queryOf(c, cyclesQuery)
      return c.json(await traces.ask("differentialCapacities", [c.req.param("id"), cycles], signal))
    }),
  )
  routes.get("/api/tests/:id/cycles", (c) =>
    waitedFor(c, async (signal) => c.json(await tables.ask("cycles", [c.req.param("id")], signal))),
  )
  const formats = Object.entries(FORMATS).map(([format, text]): ExportFormat => ({ format, text }))
  routes.get("/api/formats", (c) => c.json(formats))
  routes.get("/api/tests/:id/export", (c) => waitedFor(c, (signal) => exported(c, data, signal)))
  return routes
}

async function exported(c: Context, { files, traces }: StoredData, signal: AbortSignal) {
  const { format } = queryOf(c, exportQuery)
  const id = c.req.param("id") ?? ""
  await traces.ask("find", [id], signal)
  const headers = {
    "Content-Type": "application/zip",
    "Content-Disposition": attachment(`${id}.${format}.zip`),
  }
  // Whoever asks for the headers alone shall not have it made.
  if (c.req.method === "HEAD") return c.body(null, 200, headers)
  const archive = await files.make(id, format, signal)
  return c.body(Readable.toWeb(archive) as ReadableStream, 200, headers)
}

/** A file to be saved: in letters that every program takes, and as it is for those that know how. */
function attachment(name: string): string {
  const plain = name.replace(/[^\w.-]/g, "_")
  const given = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${given}`
}
