import { readdirSync, readFileSync } from "node:fs"
import { DuckDBInstance } from "@duckdb/node-api"
import { expect, test } from "vitest"
import { COLUMNS } from "../../host/catalogue/columns"
import { type Measured, Metrics } from "../../host/web/metrics/metrics"
import { TestLab } from "../web/testLab"

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

test("every metric and label that is asked for exists", async () => {
  const { registry } = new Metrics(new TestLab() as unknown as Measured)
  const known = new Map(
    (await registry.getMetricsAsJSON()).map(({ name }) => {
      const metric = registry.getSingleMetric(name) as unknown as { labelNames: string[] }
      return [name, new Set(metric.labelNames)]
    }),
  )
  const expressions: string[] = targets.flatMap(({ expr }) => expr ?? [])
  expect(expressions.length).toBeGreaterThan(10)
  for (const expression of expressions)
    for (const [, name, labels = ""] of expression.matchAll(/(coincell_\w+)(?:\{([^}]*)\})?/g)) {
      expect([...known.keys()]).toContain(name)
      for (const [, label] of labels.matchAll(/(\w+)=/g)) expect(known.get(name)).toContain(label)
    }
})

test("every query of the catalogue runs on tables of its columns", async () => {
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  for (const [table, columns] of Object.entries(COLUMNS)) {
    const list = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`)
    await connection.run(
      `CREATE TABLE ${table} (lab text, ${list.join(", ")}, changed timestamptz)`,
    )
  }
  const queries: string[] = [
    ...targets.flatMap(({ rawSql }) => rawSql ?? []),
    ...dashboards.flatMap(({ templating }) =>
      templating.list
        .map(({ query }: { query: string }) => query)
        .filter((query: string) => query.startsWith("SELECT")),
    ),
  ]
  expect(queries).toHaveLength(7)
  for (const query of queries) await connection.run(query.replaceAll("$lab", "'a', 'b'"))
  await expect(connection.run("SELECT nothing FROM tests")).rejects.toThrow()
  connection.closeSync()
  instance.closeSync()
})
