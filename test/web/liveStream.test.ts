import { Hono } from "hono"
import { beforeEach, expect, test, vi } from "vitest"
import { liveRoutes } from "../../host/web/routes/live"
import type { WebEnv } from "../../host/web/env"
import { runningChannel, TestLab } from "./testLab"

let lab: TestLab
beforeEach(() => {
  lab = new TestLab()
  lab.publish("a")
})

/** A page that listens, and reads when it is told to. */
async function visitor() {
  const app = new Hono<WebEnv>()
  app.use(async (c, next) => {
    c.set("mayAct", true)
    await next()
  })
  app.route("/", liveRoutes(lab))
  const { body, headers } = await app.request("/api/live")
  const reader = (body as ReadableStream<Uint8Array>).getReader()
  let unread = ""
  /** The next event. */
  const next = async (): Promise<{ event: string; data: unknown }> => {
    while (!unread.includes("\n\n"))
      unread += Buffer.from((await reader.read()).value ?? []).toString()
    const [first, ...rest] = unread.split("\n\n")
    unread = rest.join("\n\n")
    const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(first) ?? []
    return { event, data: JSON.parse(data) }
  }
  return { next, headers, leave: () => reader.cancel() }
}

test("all there is comes first, then what changes as it changes", async () => {
  const { next, headers, leave } = await visitor()
  expect(headers.get("content-type")).toBe("text/event-stream")
  expect(await next()).toMatchObject({
    event: "live",
    data: { mayAct: true, boards: [{ id: "a" }] },
  })
  const changed = next()
  lab.publish("a", { channels: [runningChannel(0), runningChannel(1, { voltage_V: 3.7 })] })
  expect(await changed).toMatchObject({
    event: "channels",
    data: { channels: [{ board: "a", channel: 1, voltage_V: 3.7 }] },
  })
  await leave()
})

test("a page that reads slowly gets the newest state, and no queue", async () => {
  const { next, leave } = await visitor()
  await next()
  const LAST = 5_000
  for (let voltage_V = 1; voltage_V <= LAST; voltage_V++) {
    lab.publish("a", { channels: [runningChannel(0, { voltage_V }), runningChannel(1)] })
    if (voltage_V % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  for (let events = 1; ; events++) {
    expect(events).toBeLessThan(10)
    const { data } = await next()
    if ((data as { channels: { voltage_V: number }[] }).channels[0].voltage_V === LAST) break
  }
  await leave()
})

test("a connection on which nothing is new shows that it stands", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] })
  try {
    const { next, leave } = await visitor()
    await next()
    const beat = next()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await beat).toEqual({ event: "channels", data: { now_unix_s: 1, channels: [] } })
    await leave()
  } finally {
    vi.useRealTimers()
  }
})

test("nothing is left of a page that is closed", async () => {
  const pages = await Promise.all([visitor(), visitor(), visitor()])
  for (const { next } of pages) await next()
  expect(lab.watchers.size).toBe(3)
  for (const { leave } of pages) await leave()
  await vi.waitUntil(() => lab.watchers.size === 0)
})
