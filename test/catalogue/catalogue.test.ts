import { execFileSync, type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { appendFileSync, chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { Client } from "pg"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Catalogue } from "../../host/catalogue/catalogue"
import { FileCatalogue } from "../../host/catalogue/fileCatalogue"
import { Keeper } from "../../host/catalogue/keeper"
import { openCatalogue } from "../../host/catalogue/open"

const folder = mkdtempSync(join(tmpdir(), "coincell-catalogue-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const BIN = postgresBin()
if (BIN === undefined)
  console.warn(
    "Tests of PostgreSQL are skipped: they need its server (sudo apt install postgresql).",
  )

/** Where Debian keeps the server's programs. */
function postgresBin(): string | undefined {
  const root = "/usr/lib/postgresql"
  const [version] = existsSync(root) ? readdirSync(root) : []
  return version === undefined ? undefined : join(root, version, "bin")
}

/** A server of its own, on a free port, which refuses to run as root. */
class Postgres {
  private process: ChildProcess | undefined
  port = 0

  constructor(private readonly bin: string) {}

  get url(): string {
    return `postgres://lab@127.0.0.1:${this.port}/postgres`
  }

  async start(): Promise<void> {
    const data = join(folder, "postgres")
    const user = process.getuid?.() === 0 ? userNamed("postgres") : {}
    chmodSync(folder, 0o777)
    if (!existsSync(data)) {
      const args = ["-D", data, "-U", "lab", "--no-sync"]
      execFileSync(join(this.bin, "initdb"), args, { stdio: "ignore", cwd: folder, ...user })
      this.port = await freePort()
    }
    const settings = ["-c", "listen_addresses=127.0.0.1", "-c", `unix_socket_directories=${data}`]
    const args = ["-D", data, "-p", `${this.port}`, ...settings]
    this.process = spawn(join(this.bin, "postgres"), args, {
      stdio: "ignore",
      cwd: folder,
      ...user,
    })
    while (!(await this.answers())) await setTimeout(50)
  }

  async stop(): Promise<void> {
    this.process?.kill("SIGINT")
    if (this.process !== undefined) await once(this.process, "exit")
  }

  private async answers(): Promise<boolean> {
    const client = new Client({ connectionString: this.url })
    try {
      await client.connect()
      return true
    } catch {
      return false
    } finally {
      await client.end().catch(() => {})
    }
  }
}

function userNamed(name: string): { uid: number; gid: number } {
  const id = (what: string) => Number(execFileSync("id", [what, name]).toString())
  return { uid: id("-u"), gid: id("-g") }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as { port: number }
  server.close()
  return port
}

const row = (lab: string, test: string, more = {}) => ({
  lab,
  test,
  host: "h",
  channel: 1,
  ...more,
})

/** What holds for every catalogue. */
function isCatalogue(open: () => Catalogue): void {
  it("keeps a row for each key, the last that was put, across processes and labs", async () => {
    const [one, other] = [open(), open()]
    await one.put("tests", row("b", "KX42-0-7", { state: "running" }))
    await Promise.all([
      other.put("tests", row("b", "KX42-0-7", { state: "finished", cell: "O'Neill \\ µ" })),
      one.put("tests", row("a", "KX42-0-7")),
      other.put("cells", { lab: "b", cell: "A1", area_cm2: 1.539 }),
    ])
    expect(await one.rows("tests")).toEqual([
      row("a", "KX42-0-7"),
      row("b", "KX42-0-7", { state: "finished", cell: "O'Neill \\ µ" }),
    ])
    expect(await other.rows("cells")).toEqual([{ lab: "b", cell: "A1", area_cm2: 1.539 }])
    expect(await one.rows("actions")).toEqual([])
    await one.close()
    await other.close()
  })
}

describe("a catalogue in a file", () => {
  isCatalogue(() => openCatalogue(undefined, join(folder, "data")))

  it("passes over a line that was cut", async () => {
    const path = join(folder, "cut.jsonl")
    const catalogue = new FileCatalogue(path)
    await catalogue.put("tests", row("a", "1"))
    appendFileSync(path, '\n{"table":"tests","row":{"lab":"a","te')
    await catalogue.put("tests", row("a", "2"))
    expect(await catalogue.rows("tests")).toEqual([row("a", "1"), row("a", "2")])
  })

  it("says what is wrong with its place", async () => {
    const catalogue = new FileCatalogue("/dev/null/catalogue.jsonl")
    await expect(catalogue.put("tests", row("a", "1"))).rejects.toThrow("do not need it")
  })
})

describe.skipIf(BIN === undefined)("a catalogue in PostgreSQL", () => {
  const postgres = new Postgres(BIN ?? "")
  beforeAll(() => postgres.start())
  afterAll(() => postgres.stop())

  isCatalogue(() => openCatalogue(postgres.url, folder))

  it("is to be read as tables with columns", async () => {
    const catalogue = openCatalogue(postgres.url, folder)
    const began = "2026-11-21T08:00:00.000Z"
    await catalogue.put("tests", row("c", "T", { began, time_s: 3600.5, cycle: 3 }))
    const client = new Client({ connectionString: postgres.url })
    await client.connect()
    const { rows } = await client.query("SELECT began, time_s, cycle FROM tests WHERE lab = 'c'")
    expect(rows).toEqual([{ began: new Date(began), time_s: 3600.5, cycle: 3 }])
    await client.end()
    await catalogue.close()
  })

  it("goes on when the server is there again, with what could not be kept", async () => {
    const catalogue = openCatalogue(postgres.url, folder)
    const keeper = new Keeper(catalogue)
    const rows = ["1", "2"].map((test) => ({ table: "tests" as const, row: row("d", test) }))
    await keeper.keep(rows.slice(0, 1))
    await postgres.stop()
    await expect(keeper.keep(rows)).rejects.toThrow(
      `postgres://127.0.0.1:${postgres.port}/postgres`,
    )
    await postgres.start()
    await keeper.keep(rows)
    expect((await catalogue.rows("tests")).filter(({ lab }) => lab === "d")).toEqual(
      rows.map(({ row }) => row),
    )
    await catalogue.close()
  })
})
