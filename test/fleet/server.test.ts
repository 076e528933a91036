import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { topicsOf } from "../../host/agent/topics"
import { FileCatalogue } from "../../host/catalogue/fileCatalogue"
import { FolderBucket } from "../../host/lake/folderBucket"
import { publishTest } from "../../host/lake/publishTest"
import type { Cycles, TestLine, TestPage, Trace } from "../../host/web/api"
import type { WebRoutes } from "../../host/web/env"
import { createFleetApp } from "../../host/fleet/app"
import { Lake } from "../../host/fleet/lake/lake"
import { Token } from "../../host/web/server/token"
import { aStep, batchesOf, testOf } from "../formats/batches"
import { aChannel, BOARD, FleetLab } from "./fleetLab"

const TOKEN = "a token of enough letters"
const HOST = { host: "127.0.0.1" }
const MAY = { ...HOST, authorization: `Bearer ${TOKEN.replaceAll(" ", "-")}` }
const token = new Token(TOKEN.replaceAll(" ", "-"))

function appOf(lab: FleetLab, isOpen = true): WebRoutes {
  const names = new Set(["127.0.0.1"])
  return createFleetApp({ sources: lab.sources, page: new Map(), token, names, isOpen })
}

describe("orders", () => {
  let lab: FleetLab
  let app: WebRoutes
  beforeEach(() => {
    lab = new FleetLab()
    lab.host("pi-1")
    lab.board("pi-1", [aChannel(0)])
    app = appOf(lab)
  })
  const body = {
    ...{ lab: "lab", host: "pi-1", board: BOARD, channel: 0, order: "pause", test: 7 },
    ...{ by: "Ada", why: "swollen" },
  }
  const order = async (some = {}, headers: Record<string, string> = MAY) => {
    const init = { method: "POST", headers, body: JSON.stringify({ ...body, ...some }) }
    const response = await app.request("/api/fleet/orders", init)
    return { status: response.status, text: await response.text() }
  }

  it("go to the host with who and why, and its answer comes back", async () => {
    expect(await order()).toEqual({ status: 200, text: '{"text":"The test is paused."}' })
    expect(lab.link.ordered).toMatchObject([
      { by: "Ada", why: "swollen", order: "pause", board: BOARD, channel: 0, test_number: 7 },
    ])
  })

  it.each([
    ["the token is not shown", () => {}, {}, HOST, 401, /token/],
    ["nobody says who", () => {}, { by: " " }, MAY, 400, /by: must say who/],
    ["nobody says why", () => {}, { why: "" }, MAY, 400, /why: must say why/],
    ["another test is on the channel", () => {}, { test: 6 }, MAY, 409, /Another test/],
    ["the host is not known", () => {}, { host: "pi-9" }, MAY, 404, /no host lab\/pi-9/],
    ["there is no such channel", () => {}, { channel: 3 }, MAY, 404, /no channel 3/],
    ["it is no order", () => {}, { order: "start" }, MAY, 400, /order/],
    [
      "the host takes none",
      () => lab.host("pi-1", { accepts_orders: false }),
      ...([{}, MAY, 409, /--accept-orders/] as const),
    ],
    [
      "the host is gone",
      () => lab.host("pi-1", { is_there: false }),
      ...([{}, MAY, 409, /not there/] as const),
    ],
  ])("are not sent when %s", async (_, before, some, headers, status, says) => {
    before()
    const answer = await order(some, headers)
    expect(answer.status).toBe(status)
    expect(answer.text).toMatch(says)
    expect(lab.link.ordered).toEqual([])
  })

  it("that a host refuses are refused in its words", async () => {
    lab.link.answer = { is_done: false, message: "The board is away." }
    expect(await order()).toMatchObject({ status: 409, text: expect.stringMatching(/is away/) })
  })
})

describe("live events", () => {
  it("of a channel come for as long as somebody looks, as the host publishes them", async () => {
    const lab = new FleetLab()
    lab.host("pi-1")
    lab.board("pi-1", [aChannel(0)])
    const app = appOf(lab)
    const path = (board: string) => `/api/fleet/channel/lab/pi-1/${board}/0/live`
    expect((await app.request(path("0".repeat(16)), { headers: HOST })).status).toBe(404)
    const { body } = await app.request(path(BOARD), { headers: HOST })
    const reader = (body as ReadableStream<Uint8Array>).getReader()
    const topic = topicsOf("lab", "pi-1").records(BOARD, 0)
    const place = { board: BOARD, board_name: "AB12", channel: 0, test: null, cell: null }
    const columns = { cycle: [1], step_count: [1], step_index: [0], step_charge_Ah: [0] }
    const records = {
      ...{ ...place, ...columns, test_number: 7, log: 1, page: 3, boot: 1, unix_time_s: [null] },
      ...{ time_s: [5], voltage_V: [0.02], current_A: [1e-3], step_energy_Wh: [0] },
    }
    lab.link.ears.get(topic)?.(Buffer.from("no JSON"))
    lab.link.ears.get(topic)?.(Buffer.from(JSON.stringify(records)))
    let text = ""
    while (!text.includes("records"))
      text += Buffer.from((await reader.read()).value ?? []).toString()
    const data = /event: records\ndata: (.*)/.exec(text)?.[1] ?? ""
    expect(JSON.parse(data)).toEqual({
      ...{ testNumber: 7, log: 1, page: 3, time_s: [5], voltage_V: [0.02], current_A: [1e-3] },
    })
    await reader.cancel()
    await vi.waitFor(() => expect([...lab.link.ears.keys()]).toEqual([]))
  })

  it("need the token where the server is not open", async () => {
    const app = appOf(new FleetLab(), false)
    expect((await app.request("/api/fleet/live", { headers: HOST })).status).toBe(401)
    expect((await app.request("/api/tests", { headers: MAY })).status).toBe(200)
  })
})

/** A record each 10 s, an hour each way; the voltage has one spike that no picture may lose. */
const steps = [1, 2, 3].flatMap((cycle) =>
  [1e-3, -0.9e-3].map((current_A) => ({
    ...aStep,
    cycle,
    current_A,
    voltage_V: current_A > 0 ? 0.02 : -0.02,
    times_s: Array.from({ length: 360 }, (_, i) => 10 * (i + 1)),
  })),
)
const SPIKE = { batch: 2, record: 100 }

describe("the dataset", () => {
  const folder = mkdtempSync(join(tmpdir(), "coincell-fleet-"))
  const lake = new Lake(folder, "lake")
  const catalogue = new FileCatalogue(join(folder, "catalogue"))
  const lab = new FleetLab(lake, catalogue)
  const app = appOf(lab)
  const get = async <T>(path: string): Promise<T> =>
    (await app.request(path, { headers: HOST })).json()
  const batches = batchesOf(steps)
  batches[SPIKE.batch].voltage_V[SPIKE.record] = 0.5
  const gap = {
    ...{ kind: "pause" as const, sampleIndex: 360, time_s: 3600, unixTime_s: undefined },
    ...{ resumed: undefined, restart: undefined },
  }

  beforeAll(async () => {
    const cell = {
      name: "Cu-1",
      area_cm2: 2,
      type: "Li||Cu",
      positive_terminal: "working",
    } as const
    for (const board of [BOARD, "00000000c0ffee02"]) {
      const test = testOf(batches, { id: "AB12-0-7", channel: 0, board, cell })
      const about = { ...test.about(), gaps: [gap] }
      const more = { about: () => about, isOver: true, mark: "1" }
      await publishTest("lab", { ...test, ...more }, new FolderBucket(folder))
    }
    const single = testOf(batches, { id: "AB12-1-8", channel: 1, cell: undefined })
    await publishTest("lab", { ...single, isOver: true, mark: "1" }, new FolderBucket(folder))
  })
  afterAll(async () => {
    await lake.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const ID = encodeURIComponent(`AB12-0-7@lab.${BOARD}`)

  it("lists its tests; those of the same name tell their boards", async () => {
    const tests = await get<TestLine[]>("/api/tests")
    expect(tests.map(({ id }) => id).sort()).toEqual([
      "AB12-0-7@lab.00000000c0ffee01",
      "AB12-0-7@lab.00000000c0ffee02",
      "AB12-1-8@lab",
    ])
    expect(tests.find(({ id }) => id === "AB12-1-8@lab")).toMatchObject({ cell: "AB12-1-8" })
    const page = await get<TestPage>(`/api/tests/${ID}`)
    expect(page).toMatchObject({ cell: "Cu-1", state: "finished", platingSign: -1, area_cm2: 2 })
    expect((await app.request("/api/tests/nothing", { headers: HOST })).status).toBe(404)
  })

  it("gives few points of many records, and loses no spike", async () => {
    const trace = await get<Trace>(`/api/tests/${ID}/trace?points=80`)
    expect(trace).toMatchObject({ records: 6 * 360, isWhole: false, to_s: 6 * 3600 })
    expect(trace.time_s.length).toBeLessThan(90)
    expect(Math.max(...trace.voltage_V.map((one) => one ?? 0))).toBe(0.5)
    expect(Math.min(...trace.current_A.map((one) => one ?? 0))).toBe(-0.9e-3)
    expect(trace.time_s).toEqual([...trace.time_s].sort((a, b) => a - b))
    expect(trace.cycles.map(({ cycle }) => cycle)).toEqual([1, 2, 3])
  })

  it("gives all records of a short stretch, with its gap, where the line is broken", async () => {
    const trace = await get<Trace>(`/api/tests/${ID}/trace?from_s=3560&to_s=3640&points=80`)
    expect(trace).toMatchObject({ records: 9, isWhole: true })
    expect(trace.gaps).toMatchObject([{ kind: "pause", time_s: 3600 }])
    const at = trace.voltage_V.indexOf(null)
    expect([trace.time_s[at - 1], trace.time_s[at]]).toEqual([3600, 3610])
    const elsewhere = await get<Trace>(`/api/tests/${ID}/trace?from_s=100&to_s=200`)
    expect(elsewhere.gaps).toEqual([])
  })

  it("gives cycles by the cell's type and wiring, as of stored tests", async () => {
    const { columns, rows } = await get<Cycles>(`/api/tests/${ID}/cycles`)
    const value = (key: string, row = 0) =>
      rows[row].values[columns.findIndex((one) => one.key === key)]
    // Copper at the positive terminal plates by negative current.
    expect(value("plated_Ah")).toBeCloseTo(0.9e-3, 8)
    expect(value("plated_mAh_per_cm2")).toBeCloseTo(0.45, 5)
    expect(value("coulombicEfficiency")).toBeCloseTo(1 / 0.9, 5)
    expect(value("platingOverpotential_V", 2)).toBeCloseTo(0.02, 6)
    expect(columns.map(({ key }) => key)).not.toContain("platingTip_V")
    expect(rows.flatMap(({ texts }) => texts).join(" ")).not.toMatch(/NaN|undefined/)
    // Nobody says what type this cell is of: it has no efficiency.
    const plain = await get<Cycles>(`/api/tests/${encodeURIComponent("AB12-1-8@lab")}/cycles`)
    expect(plain.columns.map(({ key }) => key)).not.toContain("coulombicEfficiency")
    expect(plain.columns.map(({ key }) => key)).toContain("discharge_Ah")
  })

  it("that is not there is said, and nothing is made up", async () => {
    const without = appOf(new FleetLab())
    const asked = await without.request(`/api/tests/${ID}/trace`, { headers: HOST })
    expect([asked.status, await asked.text()]).toEqual([404, expect.stringMatching(/--lake/)])
    const none = await without.request("/api/tests", { headers: HOST })
    expect(await none.json()).toEqual([])
  })

  it("stands beside the catalogue's calibrations and orders", async () => {
    const due = "2026-01-02T00:00:00.000Z"
    await catalogue.put("boards", { lab: "lab", board: BOARD, calibration_due: due })
    const action = { board: BOARD, channel: 0, by: "Ada", action: "stop", is_done: true }
    for (const time of ["2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z"])
      await catalogue.put("actions", { lab: "lab", id: time, time, ...action, message: time })
    await lab.sources.readBoards()
    expect(lab.sources.calibrationDue("lab", BOARD)).toBe(Date.parse(due) / 1000)
    expect(lab.sources.calibrationDue("lab", "other")).toBeUndefined()
    const actions = await get<{ message: string }[]>(`/api/boards/${BOARD}/channels/0/actions`)
    expect(actions.map(({ message }) => message.slice(0, 10))).toEqual(["2026-01-03", "2026-01-01"])
    expect(await get(`/api/boards/${BOARD}/channels/1/actions`)).toEqual([])
    const who = { by: "Ben", by_source: "account", via: "cli", host: "pi-1", why: "dendrites" }
    const stop = { ...action, ...who, lab: "lab", id: "9", test: "AB12-0-7", message: "over" }
    await catalogue.put("actions", stop)
    await catalogue.put("actions", { ...stop, id: "10", board: "00000000c0ffee02" })
    await catalogue.put("actions", { ...stop, id: "11", lab: "another" })
    expect(await get(`/api/tests/${ID}/actions`)).toEqual([
      {
        ...{ by: "Ben", isByAccount: true, via: "cli", host: "pi-1", action: "stop" },
        ...{ test: "AB12-0-7", why: "dendrites", isDone: true, message: "over" },
      },
    ])
  })
})
