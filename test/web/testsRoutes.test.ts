import { mkdtempSync, rmSync } from "node:fs"
import { once } from "node:events"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Worker } from "node:worker_threads"
import { afterAll, describe, expect, test } from "vitest"
import type { ChannelStatus } from "../../host/boardClient"
import { Lane } from "../../host/web/data/worker/lane"
import { BOARD, LoggingBoard } from "./storeOfPages"
import { serverOver } from "./testsServer"

const ID = "KX42-0-7"

const server = (() => {
  const board = new LoggingBoard(mkdtempSync(join(tmpdir(), "coincell-web-")))
  board.begin(0, 7)
  board.cycle(0, 1)
  board.pause(0, 600)
  board.cycle(0, 2)
  board.download()
  board.describe(ID, {
    name: "<b>F1</b>",
    type: "full",
    comment: "</script><script>alert(1)</script>",
  })
  return serverOver(board.folder)
})()
afterAll(async () => {
  await server.data.close()
  rmSync(server.lab.store.folder, { recursive: true })
})

describe("a server over a store", () => {
  test("lists its tests, and tells of one", async () => {
    const { status, body } = await server.json("/api/tests")
    expect([status, body.length, body[0].cell]).toEqual([200, 1, "<b>F1</b>"])
    expect((await server.json(`/api/tests/${ID}`)).body.cellFacts).toContainEqual(["Type", "full"])
  })

  test("gives a trace, its gaps in words, and what is read but not stored yet", async () => {
    const reading = (testTime_s: number): ChannelStatus =>
      ({ channel: 0, test: 7, testTime_s, voltage_V: 3.1, current_A: 1e-3 }) as ChannelStatus
    for (const time_s of [14_390, 14_400, 14_401])
      server.lab.readings.note(BOARD, reading(time_s), 0)
    const { body } = await server.json(`/api/tests/${ID}/trace?points=500`)
    expect(body).toMatchObject({
      from_s: 10,
      to_s: 14_400,
      end_s: 14_400,
      records: 1440,
      isWhole: false,
    })
    expect(body.live).toEqual({ time_s: [14_401], voltage_V: [3.1], current_A: [1e-3] })
    expect(body.cycles).toEqual([
      { cycle: 1, time_s: 0 },
      { cycle: 2, time_s: 7200 },
    ])
    expect(body.gaps).toEqual([
      {
        kind: "pause",
        time_s: 7200,
        unix_s: expect.any(Number),
        resumed_s: 7200,
        resumed_unix_s: expect.any(Number),
        text: "Paused at 2 h 00 min of test time (2026-01-01 02:00:00 UTC), for 10 min.",
      },
    ])
    expect(body.voltage_V.filter((one: unknown) => one === null)).toHaveLength(1)
    const zoomed = await server.json(`/api/tests/${ID}/trace?from_s=3600&to_s=3700.5`)
    expect(zoomed.body).toMatchObject({ records: 11, isWhole: true, to_s: 3700.5 })
    expect(zoomed.body.time_s).toHaveLength(13)
  })

  test("gives cycles, overlays and dQ/dV", async () => {
    const [cycles, overlay, dqdv] = await Promise.all(
      ["cycles", "overlay?cycles=2", "dqdv"].map((path) => server.json(`/api/tests/${ID}/${path}`)),
    )
    expect(cycles.body.rows.map(({ cycle }: { cycle: number }) => cycle)).toEqual([1, 2])
    expect(overlay.body.cycles[0].cycle).toBe(2)
    expect(dqdv.body.cycles).toHaveLength(4)
  })

  test("reports without anything that could run, whatever the cell's file says", async () => {
    for (const [path, type] of [
      ["report", "text/html; charset=utf-8"],
      ["plot.svg", "image/svg+xml; charset=utf-8"],
    ]) {
      const response = await server.get(`/api/tests/${ID}/${path}`)
      expect(response.headers.get("content-type")).toBe(type)
      expect(response.headers.get("content-security-policy")).toBe(
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
      )
      expect(await response.text()).not.toMatch(/<script|<b>F1/)
    }
  })
})

describe("what nobody can answer", () => {
  test.each([
    ["trace?from_s=now", "from_s: must be a test time in seconds"],
    ["trace?from_s=20&to_s=10", "to_s: must be later than from_s"],
    ["trace?points=1", "points: must be a whole number from 10 to 20000"],
    ["trace?form_s=1", "unknown key form_s"],
    ["overlay?cycles=0", "cycles: must be a list of at most 50 numbers"],
    ["overlay?cycles=1;2", "cycles: must be a list"],
    [`dqdv?cycles=${"1,".repeat(50)}1`, "cycles: must be a list"],
    ["export", "format: must be one of bdf, bdf-parquet"],
    ["export?format=exe", "format: must be one of"],
    ["export?format=bdf", "institution"],
  ])("%s is refused with a sentence", async (path, said) => {
    const { status, body } = await server.json(`/api/tests/${ID}/${path}`)
    expect(status).toBe(400)
    expect(body.error.message).toContain(said)
  })

  test.each([
    "",
    "/trace",
    "/overlay",
    "/dqdv",
    "/cycles",
    "/report",
    "/plot.svg",
    "/export?format=csv",
  ])("there is no test of that name: %s", async (path) => {
    for (const id of ["KX42-0-8", "..%2f..%2fetc", "%00"]) {
      const { status, body } = await server.json(`/api/tests/${id}${path}`)
      expect(status).toBe(404)
      expect(body.error.message).toMatch(/^There is no test/)
    }
  })
})

describe("a worker", () => {
  const none = new AbortController().signal
  const { traces } = server.data

  test("that crashes is replaced, and who waits hears of it", async () => {
    await traces.ask("tests", [], none)
    const worker = Reflect.get(traces, "worker") as Worker
    worker.terminate()
    const answer = traces.ask("trace", [ID, { points: 100 }], none)
    const next = traces.ask("tests", [], none)
    await expect(answer).rejects.toThrow(/worker .* ended/)
    expect(await next).toHaveLength(1)
  })

  test("that nobody has asked for a while gives back its memory, and is made anew", async () => {
    const lane = new Lane(server.lab.store.folder, 0)
    expect(await lane.ask("tests", [], none)).toHaveLength(1)
    await once(Reflect.get(lane, "worker") as Worker, "exit")
    expect(await lane.ask("tests", [], none)).toHaveLength(1)
    await lane.close()
  })

  test("does not do what nobody waits for", async () => {
    const gone = new AbortController()
    const first = traces.ask("tests", [], gone.signal)
    const second = traces.ask("test", ["no such"], gone.signal)
    const third = traces.ask("tests", [], none)
    gone.abort(new Error("gone"))
    await expect(first).rejects.toThrow("gone")
    await expect(second).rejects.toThrow("gone")
    await expect(traces.ask("tests", [], gone.signal)).rejects.toThrow("gone")
    expect(await third).toHaveLength(1)
  })
})
