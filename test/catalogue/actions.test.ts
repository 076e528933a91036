import { appendFileSync, mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { hostname, tmpdir, userInfo } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest"
import type { Action } from "../../host/catalogue/action"
import { ActionBook } from "../../host/catalogue/actionBook"
import type { Catalogue, Row, Table } from "../../host/catalogue/catalogue"
import { CatalogueError } from "../../host/catalogue/catalogueError"
import { openCatalogue, ownCatalogue } from "../../host/catalogue/open"
import { Resistor } from "../../sim/cells/resistor"
import { cli } from "../commands/cli"
import { offer } from "../commands/rigSession"
import { protocol, type Rig, start, startRig } from "../scenario/harness"
import { running } from "../scenario/running"
import { hasPostgres, Postgres } from "./postgres"

vi.mock("../../host/session", async () => (await import("../commands/rigSession")).sessionModule())

const folder = mkdtempSync(join(tmpdir(), "coincell-actions-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const action = (message: string): Action => ({
  ...{ action: "stop", via: "cli", board: "b", board_name: "B", channel: 1 },
  ...{ test: "B-1-7", cell: "Li-1", by: "Ada", by_source: "stated", why: "dendrites" },
  ...{ is_done: true, message },
})

/** A shared catalogue that is away when a test wants it to be. */
class Shared implements Catalogue {
  readonly name = "postgres://db/lab"
  readonly got: Row[] = []
  /** Rows that it takes until it goes away. */
  patience = Number.POSITIVE_INFINITY

  async put(_: Table, row: Row): Promise<void> {
    if (this.patience-- <= 0) throw new CatalogueError(this.name, "it is away.")
    this.got.push(row)
  }
  rows = async () => this.got
  close = async () => {}
}

describe("what is noted", () => {
  let data: string
  let shared: Shared
  beforeEach(() => {
    data = mkdtempSync(join(folder, "data-"))
    shared = new Shared()
  })
  const messages = () => shared.got.map(({ message }) => message)

  it("is in the data folder at once, and follows once the shared catalogue is there", async () => {
    const book = new ActionBook({ data, lab: "anodes", host: "pi-1" })
    shared.patience = 1
    for (const message of ["1", "2", "3"]) await book.note(action(message))
    await expect(book.send(shared)).rejects.toThrow("away")
    expect(messages()).toEqual(["1"])
    shared.patience = Number.POSITIVE_INFINITY
    // Another process goes on where the first one stood.
    const next = new ActionBook({ data, lab: "anodes", host: "pi-1" })
    await next.note(action("4"))
    await Promise.all([next.send(shared), next.send(shared)])
    expect(messages()).toEqual(["1", "2", "3", "4"])
    expect(shared.got[3]).toMatchObject({ lab: "anodes", host: "pi-1", why: "dendrites" })
    expect(await next.rows({ test: "B-1-7" })).toHaveLength(4)
  })

  it("without a lab waits for one who knows it", async () => {
    const book = new ActionBook({ data })
    await book.note(action("1"))
    await expect(book.send(shared)).rejects.toThrow("COINCELL_LAB")
    expect(shared.got).toEqual([])
    await new ActionBook({ data, lab: "anodes" }).send(shared)
    expect(shared.got).toMatchObject([{ lab: "anodes", host: hostname() }])
  })

  it("passes over a line that was cut, but not over one that is just being written", async () => {
    const book = new ActionBook({ data, lab: "a" })
    const path = ownCatalogue(data).path("actions")
    await book.note(action("1"))
    appendFileSync(path, '\n{"lab":"a","id":"x",')
    await book.send(shared)
    appendFileSync(path, '"message":"2"}')
    await book.send(shared)
    appendFileSync(path, '\n{"lab":"a","i')
    await book.send(shared)
    await book.note(action("3"))
    await book.send(shared)
    expect(messages()).toEqual(["1", "2", "3"])
  })

  it("is sent again whole when nobody knows how far that came", async () => {
    const book = new ActionBook({ data, lab: "a" })
    await book.note(action("1"))
    await book.send(shared)
    rmSync(join(ownCatalogue(data).name, "sent.json"))
    await book.send(shared)
    expect(new Set(shared.got.map(({ id }) => id)).size).toBe(1)
  })
})

const SEED = 94

describe("the command line", () => {
  let rig: Rig
  let data: string
  beforeAll(async () => {
    rig = await startRig({ seed: SEED, cells: [new Resistor(20)], firmware: "native" })
    offer(rig)
    const plating = protocol([{ step: "constant_current", current_mA: 1, until_time_s: 36_000 }])
    await start(rig, 0, 5, plating)
    await running(rig, 0)
  })
  afterAll(() => rig.close())
  beforeEach(() => {
    data = mkdtempSync(join(folder, "data-"))
  })
  const noted = () => ownCatalogue(data).rows("actions")

  it(`notes who paused and resumed what and why, and what was refused, seed ${SEED}`, async () => {
    const words = ["--channel", "0", "--data", data]
    expect((await cli("pause", ...words, "--operator", "Ada", "--why", "tea")).code).toBe(0)
    expect((await cli("resume", ...words)).code).toBe(0)
    expect((await cli("resume", ...words)).code).toBe(1)
    const place = { lab: "", host: hostname(), via: "cli", board: rig.client.id, channel: 0 }
    expect(await noted()).toMatchObject([
      { ...place, action: "pause", by: "Ada", by_source: "stated", why: "tea", is_done: true },
      {
        ...{ ...place, action: "resume", why: null, is_done: true },
        ...{ by: userInfo().username, by_source: "account" },
      },
      { ...place, action: "resume", is_done: false, message: expect.stringContaining("Channel 0") },
    ])
  })

  it(`stops a test though nothing can be noted, and says so, seed ${SEED}`, async () => {
    await running(rig, 0)
    const words = ["--channel", "0", "--data", "/dev/null/data"]
    const { code, stdout, stderr } = await cli("pause", ...words)
    expect([code, stdout]).toEqual([0, expect.stringContaining("paused")])
    expect(stderr).toContain("not noted")
    expect((await rig.client.status(0)).state).toBe("Paused")
    expect((await cli("resume", "--channel", "0", "--data", data)).code).toBe(0)
  })

  it.each([
    ["that is down", "postgres://lab@127.0.0.1:1/lab"],
    ["whose address is none", "postgres://lab@:port/x"],
    ["that never answers", "silent"],
  ])(
    `does what it is told with a catalogue %s, and keeps it for later, seed ${SEED}`,
    async (_, at) => {
      const server = createServer().listen(0, "127.0.0.1")
      await vi.waitUntil(() => server.listening)
      const { port } = server.address() as { port: number }
      const address = at === "silent" ? `postgres://lab@127.0.0.1:${port}/lab` : at
      await running(rig, 0)
      vi.stubEnv("COINCELL_CATALOG", address)
      vi.stubEnv("COINCELL_LAB", "anodes")
      const { code, stdout, stderr } = await cli(
        "pause",
        "--channel",
        "0",
        "--data",
        data,
        "--json",
      )
      vi.unstubAllEnvs()
      server.close()
      expect(code).toBe(0)
      expect(JSON.parse(stdout).channels).toMatchObject([{ channel: 0, state: "Paused" }])
      expect(stderr).toContain("sent later")
      expect(stderr).not.toContain("    at ")
      const shared = new Shared()
      await new ActionBook({ data, lab: "other" }).send(shared)
      expect(shared.got).toMatchObject([{ lab: "anodes", action: "pause", is_done: true }])
      expect((await cli("resume", "--channel", "0", "--data", data)).code).toBe(0)
    },
  )

  it.skipIf(!hasPostgres)(
    `tells PostgreSQL later what was told while that was away, and lists who stopped what and why, seed ${SEED}`,
    async () => {
      const postgres = new Postgres(mkdtempSync(join(tmpdir(), "coincell-pg-")))
      onTestFinished(() => postgres.remove())
      await postgres.start()
      vi.stubEnv("COINCELL_LAB", "anodes")
      vi.stubEnv("COINCELL_OPERATOR", "Ada")
      const words = ["--channel", "0", "--data", data, "--catalog", postgres.url]
      await running(rig, 0)
      await postgres.stop()
      const away = await cli("pause", ...words)
      expect([away.code, away.stderr]).toEqual([0, expect.stringContaining("nobody listens")])
      await postgres.start()
      const there = await cli("stop", ...words, "--yes", "--why", "shorted since cycle 12")
      expect([there.code, there.stderr]).toEqual([0, ""])
      vi.unstubAllEnvs()
      const shared = openCatalogue(postgres.url, data)
      expect(await shared.rows("actions")).toMatchObject([
        { lab: "anodes", action: "pause", by: "Ada", is_done: true },
        { lab: "anodes", action: "stop", by: "Ada", why: "shorted since cycle 12", is_done: true },
      ])
      await shared.close()
      const { stdout } = await cli("catalogue", "actions", "--catalog", postgres.url)
      const [head, , stop] = stdout.trim().split("\n")
      expect(head).toMatch(/^when +who +did +board +ch/)
      expect(stop).toMatch(/Ada +stop .*shorted since cycle 12/)
    },
  )
})
