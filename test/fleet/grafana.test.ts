import { mkdtempSync, readdirSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Client } from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { ActionBook } from "../../host/catalogue/actionBook"
import { boardRow } from "../../host/catalogue/boardRows"
import { Keeper } from "../../host/catalogue/keeper"
import { openCatalogue } from "../../host/catalogue/open"
import { storeRows } from "../../host/catalogue/storeRows"
import { Store } from "../../host/store/store"
import { type Measured, Metrics } from "../../host/web/metrics/metrics"
import { hasPostgres, Postgres } from "../catalogue/postgres"
import { type SmallStore, smallStore } from "../commands/smallStore"
import { startRig } from "../scenario/harness"
import { runningChannel, TestLab } from "../web/testLab"

const FOLDER = new URL("../../host/fleet/grafana/", import.meta.url)
const files = readdirSync(FOLDER)
const dashboards = files.map((file) => JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")))
// biome-ignore lint/suspicious/noExplicitAny: JSON of another program
const panels = dashboards.flatMap((one): any[] => one.panels)
const targets = panels.flatMap(({ targets }) => targets)

test("dashboards are as Grafana imports them: ids, places that do not overlap, data source chosen", () => {
  expect(files).toEqual(["catalogue.json", "channels.json"])
  for (const { uid, title, schemaVersion, panels, templating } of dashboards) {
    expect([uid, title, schemaVersion]).toEqual([expect.any(String), expect.any(String), 39])
    expect(templating.list[0]).toMatchObject({ name: "datasource", type: "datasource" })
    const cells = new Set<string>()
    // biome-ignore lint/suspicious/noExplicitAny: JSON of another program
    panels.forEach(({ id, datasource, gridPos: { x, y, w, h } }: any, i: number) => {
      expect(id).toBe(i + 1)
      expect(datasource.uid).toBe(`\${datasource}`)
      expect(x + w).toBeLessThanOrEqual(24)
      for (let column = x; column < x + w; column++)
        for (let row = y; row < y + h; row++) {
          expect(cells).not.toContain(`${column} ${row}`)
          cells.add(`${column} ${row}`)
        }
    })
  }
})

test("every metric and label that is asked for is exported by a lab that has it", async () => {
  const lab = new TestLab()
  const channels = [
    runningChannel(0, { temperature_degC: 25, test: { number: 1, id: "A-0-1", cell: "A1" } }),
    runningChannel(1, { state: "Fault", fault: "HardShort", waitsForPerson: true }),
  ]
  lab.publish("b", { channels })
  const range = { first: 0, next: 9, downloaded: 5, released: 5, policy: "Stop", isFull: false }
  const told = () => ({ range, problem: "no clock" })
  const measured = Object.assign(lab, { told, store: { board: () => ({ next: 1 }) } })
  const text = await new Metrics(measured as unknown as Measured).text()
  const samples = new Map<string, string>()
  for (const [, name, labels = ""] of text.matchAll(/^(coincell_\w+)(\{.*\})? /gm))
    samples.set(name, (samples.get(name) ?? "") + labels)

  const expressions: string[] = targets.flatMap(({ expr }) => expr ?? [])
  expect(expressions.length).toBeGreaterThan(10)
  const lists = dashboards.flatMap(({ templating }) =>
    templating.list.flatMap(({ query }: { query: string }) => {
      const [, metric, label] = /^label_values\((\w+), (\w+)\)$/.exec(query) ?? []
      return metric === undefined ? [] : `${metric}{${label}="B"}`
    }),
  )
  expect(lists).toEqual(['coincell_board_up{board="B"}'])
  for (const expression of [...expressions, ...lists])
    for (const [, name, asked = ""] of expression.matchAll(/(coincell_\w+)(?:\{([^}]*)\})?/g)) {
      const labels = samples.get(name)
      expect(labels, name).toBeDefined()
      for (const [, label] of asked.matchAll(/(\w+)=~?/g)) expect(labels).toContain(`${label}="`)
      // Values that are asked for by name, such as a state, are among those that there are.
      for (const [, pair] of asked.matchAll(/(\w+="\w+")/g)) expect(labels).toContain(pair)
    }
  const grouped = expressions.flatMap((one) => [...one.matchAll(/(?:by|on) \(([^)]*)\)/g)])
  for (const [, names] of grouped)
    for (const label of names.split(", "))
      expect(samples.get("coincell_channel_state")).toContain(`${label}="`)
  const legends: string[] = targets.flatMap(({ legendFormat }) => legendFormat ?? [])
  for (const [, label] of legends.join(" ").matchAll(/\{\{(\w+)\}\}/g))
    if (label !== "instance") expect([...samples.values()].join()).toContain(`${label}="`)
})

/** As Grafana puts in what was chosen in the dashboard's list of labs. */
const queries: { title: string; sql: string }[] = [
  ...panels.flatMap(({ title, targets }) =>
    targets.flatMap(({ rawSql }: { rawSql?: string }) =>
      rawSql === undefined ? [] : { title, sql: rawSql.replaceAll("$lab", "'anodes','cathodes'") },
    ),
  ),
  ...dashboards.flatMap(({ templating }) =>
    templating.list.flatMap(({ name, query }: { name: string; query: string }) =>
      query.startsWith("SELECT") ? { title: `list of ${name}s`, sql: query } : [],
    ),
  ),
]

describe.skipIf(!hasPostgres)("in PostgreSQL, with a lab's catalogue as an agent keeps it", () => {
  let small: SmallStore
  const postgres = new Postgres(mkdtempSync(join(tmpdir(), "coincell-grafana-pg-")))
  let client: Client

  beforeAll(async () => {
    small = await smallStore(614, { project: "foils", operator: "Ada", type: "Li||Li" })
    await postgres.start()
    const catalogue = openCatalogue(postgres.url, small.folder)
    const rows = [...storeRows("anodes", "pi-1", Store.open(small.folder))]
    const waiting = rows.map(({ table, row }) => ({
      table,
      row: { ...row, test: "W", state: "waiting" },
    }))
    const rig = await startRig({ seed: 614, cells: [], firmware: "native" })
    const { id, name } = rig.client
    const channels = [0, 1, 2, 3].map((channel) => runningChannel(channel))
    const board = { id, name, isThere: true, heard_unix_s: 0, isSimulated: false, channels }
    const firmware = { version: "0.1.0", board: "pico" }
    const session = { board: rig.client, link: rig.link, isSimulated: true, close: rig.close }
    const due = await boardRow("anodes", "pi-1", board, { ...session, firmware }, 365)
    await rig.close()
    await new Keeper(catalogue).keep([...rows, ...waiting, { table: "boards", row: due }])
    const book = new ActionBook({ data: small.folder, lab: "anodes" })
    await book.note({
      ...{ action: "stop", via: "page", board: id, board_name: name, channel: 0, cell: null },
      ...{ test: small.id, by: "Ada", by_source: "stated", why: "dendrites" },
      ...{ is_done: true, message: "It is over." },
    })
    await book.send(catalogue)
    await catalogue.close()
    client = new Client({ connectionString: postgres.url })
    await client.connect()
  })
  afterAll(async () => {
    await client.end()
    await postgres.remove()
    small.remove()
  })

  test("every panel and list is there", () => {
    expect(queries.map(({ title }) => title)).toEqual([
      "Tests by state",
      "Tests that are not over, by project",
      "Calibrations that are due within 30 days, or were",
      "Tests that wait, pause or have a fault",
      "Who did what",
      "Latest tests",
      "list of labs",
    ])
  })

  test.each(queries)("$title shows what there is", async ({ sql }) => {
    const { rows } = await client.query(sql)
    expect(rows).not.toEqual([])
    const none = await client.query(sql.replaceAll("'anodes','cathodes'", "'none'"))
    if (sql.includes("'anodes'")) expect(none.rows).toEqual([])
  })

  test("who stopped what, why and from where stands in its columns", async () => {
    const sql = queries.find(({ title }) => title === "Who did what")?.sql ?? ""
    expect((await client.query(sql)).rows).toMatchObject([
      { by: "Ada", action: "stop", channel: 0, why: "dendrites", via: "page", is_done: true },
    ])
  })
})
