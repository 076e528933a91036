import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Client } from "pg"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Catalogue } from "../../host/catalogue/catalogue"
import { FileCatalogue } from "../../host/catalogue/fileCatalogue"
import { Keeper } from "../../host/catalogue/keeper"
import { openCatalogue } from "../../host/catalogue/open"
import { hasPostgres, Postgres } from "./postgres"

const folder = mkdtempSync(join(tmpdir(), "coincell-catalogue-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

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
    expect(await one.rows("tests", { lab: "b", channel: 1 })).toHaveLength(1)
    expect(await one.rows("tests", { channel: "1" })).toEqual([])
    expect(await one.rows("actions")).toEqual([])
    // Keys of actions say nothing of their order.
    for (const [id, time] of ["b2026-01-02", "a2026-01-03", "c2026-01-01"].entries())
      await one.put("actions", { lab: "b", id: `${time[0]}${id}`, time: time.slice(1) })
    expect((await other.rows("actions")).map(({ time }) => time)).toEqual([
      ...["2026-01-01", "2026-01-02", "2026-01-03"],
    ])
    await one.close()
    await other.close()
  })
}

describe("a catalogue in a file", () => {
  isCatalogue(() => openCatalogue(undefined, join(folder, "data")))

  it("passes over a line that was cut", async () => {
    const catalogue = new FileCatalogue(join(folder, "cut"))
    await catalogue.put("tests", row("a", "1"))
    appendFileSync(catalogue.path("tests"), '\n{"lab":"a","te')
    await catalogue.put("tests", row("a", "2"))
    expect(await catalogue.rows("tests")).toEqual([row("a", "1"), row("a", "2")])
  })

  it("is written anew when most of it is old, but for actions", async () => {
    const catalogue = new FileCatalogue(join(folder, "long"))
    const comment = "x".repeat(100_000)
    await catalogue.put("actions", { lab: "a", id: "1", comment })
    for (let i = 0; i < 25; i++) {
      await catalogue.put("tests", row("a", `${i % 3}`, { time_s: i, comment }))
      await catalogue.put("actions", { lab: "a", id: "1", i, comment })
    }
    const bytes = (table: "tests" | "actions") => readFileSync(catalogue.path(table)).length
    expect(bytes("tests")).toBeLessThan(1.2 * 2 ** 20)
    expect(bytes("actions")).toBeGreaterThan(2.3 * 2 ** 20)
    const rows = await catalogue.rows("tests")
    expect(rows.map(({ test, time_s }) => [test, time_s])).toEqual([
      ...[["0", 24] as const, ["1", 22] as const, ["2", 23] as const],
    ])
  })

  it("says what is wrong with its place", async () => {
    const catalogue = new FileCatalogue("/dev/null/catalogue")
    await expect(catalogue.put("tests", row("a", "1"))).rejects.toThrow("do not need it")
  })
})

describe.skipIf(!hasPostgres)("a catalogue in PostgreSQL", () => {
  const postgres = new Postgres(folder)
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

  it("that an older version made gets what it lacks, and keeps who may read it", async () => {
    const client = new Client({ connectionString: postgres.url })
    await client.connect()
    for (const sql of ["CREATE DATABASE old", "CREATE ROLE reader LOGIN"]) await client.query(sql)
    await client.end()
    const at = (user: string) =>
      postgres.url.replace("lab@", `${user}@`).replace(/postgres$/, "old")
    const owner = new Client({ connectionString: at("lab") })
    await owner.connect()
    await owner.query(
      `CREATE TABLE coincell_actions (lab text, key text, row jsonb, changed timestamptz, PRIMARY KEY (lab, key));
       CREATE VIEW actions AS SELECT lab, (row->>'id')::text AS id, (row->>'of_newer')::text AS of_newer, changed
         FROM coincell_actions;
       GRANT SELECT ON actions TO reader`,
    )
    const catalogue = openCatalogue(at("lab"), folder)
    await catalogue.put("actions", { lab: "a", id: "1", by: "Ada", of_newer: "kept" })
    await catalogue.close()
    const reader = new Client({ connectionString: at("reader") })
    await reader.connect()
    const { rows } = await reader.query('SELECT of_newer, "by" FROM actions')
    expect(rows).toEqual([{ of_newer: "kept", by: "Ada" }])
    await reader.end()
    // Who may make nothing may read what is there.
    await owner.query("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    await owner.end()
    const read = openCatalogue(at("reader"), folder)
    expect(await read.rows("actions")).toMatchObject([{ by: "Ada" }])
    await expect(read.put("actions", { lab: "a", id: "2" })).rejects.toThrow("grant that")
    await read.close()
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
