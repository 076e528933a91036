import { Hono } from "hono"
import { readCalibration } from "../../calibrate"
import { planTest, startTests } from "../../start"
import type { Session } from "../../session"
import type { Calibrations, Started } from "../api"
import type { Lab } from "../../live/lab"
import type { WebEnv, WebRoutes } from "../env"
import { type Noted, noting } from "../noting"
import { bodyOf, checkBody, startBody } from "../start/body"
import { checked } from "../start/check"
import { exampleLines, exampleOf } from "../start/examples"
import { cellFile, protocolFile } from "../start/files"

/** What is needed for a test: to check and start it, protocols to begin with, channels that are calibrated. */
export function startRoutes(lab: Pick<Lab, "session" | "act" | "store">, noted: Noted): WebRoutes {
  const routes = new Hono<WebEnv>()
  routes.get("/api/examples", (c) => c.json(exampleLines()))
  routes.get("/api/examples/:name", (c) => c.json(exampleOf(c.req.param("name"))))
  routes.get("/api/boards/:id/calibrations", async (c) =>
    c.json<Calibrations>(await calibrations(lab.session(c.req.param("id")))),
  )
  routes.post("/api/check", async (c) => {
    const { protocol, cell } = await bodyOf(c, checkBody)
    const { fileName, text } = protocolFile(protocol.fileName, protocol.text)
    return c.json(checked(text, fileName, cell))
  })
  routes.post("/api/start", async (c) => {
    const { protocol, cell, board, channel, ...ordered } = await bodyOf(c, startBody)
    const file = protocolFile(protocol.fileName, protocol.text)
    const planned = planTest(channel, file, cellFile(cell))
    const board_name = lab.session(board).board.name
    const about = { action: "start", board, board_name, channel } as const
    const of = () => ({ test: null, cell: planned.cell.name })
    const { test } = await noting(noted, about, ordered, of, async () => {
      const [{ id }] = await lab.act(board, (session) => startTests(session, lab.store, [planned]))
      return { ...of(), test: id, message: `${file.fileName} has been started.` }
    })
    return c.json<Started>({ test, warnings: planned.warnings })
  })
  return routes
}

/** Calibrations change when somebody calibrates; pages may ask for them as often as they like. */
const KEPT_ms = 10_000
const kept = new WeakMap<Session, { read: Promise<Calibrations>; read_ms: number }>()

function calibrations(session: Session): Promise<Calibrations> {
  const known = kept.get(session)
  const now_ms = performance.now()
  if (known !== undefined && now_ms - known.read_ms < KEPT_ms) return known.read
  const read = readAll(session)
  kept.set(session, { read, read_ms: now_ms })
  read.catch(() => kept.delete(session))
  return read
}

async function readAll({ board }: Session): Promise<Calibrations> {
  const channels: Calibrations["channels"] = []
  const count = await board.channels()
  for (let channel = 0; channel < count; channel++) {
    const found = await readCalibration(board, channel)
    channels.push(found ? { date_unix_s: found.date_s, standard: found.standard } : null)
  }
  return { channels }
}
