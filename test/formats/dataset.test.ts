import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api"
import { afterAll, beforeAll, expect, it } from "vitest"
import { exportTest } from "../../host/formats/export"
import type { ExportedTest } from "../../host/formats/exportedTest"
import { aStep, batchesOf, START_UNIX_S, type Step, testOf } from "./batches"

const folder = mkdtempSync(join(tmpdir(), "coincell-dataset-"))
const BOARDS = ["00000000c0ffee01", "1234567890123456"]
let duckdb: DuckDBConnection

/** Two cycles, whose charge differs from test to test. */
function steps(current_A: number): Step[] {
  return [1, 2].flatMap((cycle) => [
    { ...aStep, cycle, current_A },
    { ...aStep, cycle, current_A: -Math.round(0.9e9 * current_A) / 1e9, voltage_V: -0.02 },
    { ...aStep, cycle, stepType: "rest", current_A: 0, voltage_V: 0, times_s: [60] },
  ])
}

/** Two channels of each board; the second board began a day later. */
const tests: ExportedTest[] = BOARDS.flatMap((board, b) =>
  [0, 1].map((channel) => {
    const batches = batchesOf(steps(1e-3 * (1 + channel + 2 * b)))
    for (const { unixTime_s } of batches)
      for (const i of unixTime_s.keys()) unixTime_s[i] += b * 86_400
    return testOf(batches, { id: `AB1${b}-${channel}-7`, board, boardName: `AB1${b}`, channel })
  }),
)

beforeAll(async () => {
  for (const test of tests) {
    await exportTest(test, "parquet", folder)
    await exportTest(test, "csv", join(folder, "csv"))
  }
  duckdb = await (await DuckDBInstance.create()).connect()
  await duckdb.run(`create view records as
    select * from read_parquet('${folder}/**/*.parquet', hive_partitioning = true)`)
  await duckdb.run(`create view lines as
    select *, parse_filename(filename, true) as test from read_csv('${folder}/csv/*.csv', filename = true)`)
})

afterAll(() => {
  duckdb?.closeSync()
  rmSync(folder, { recursive: true })
})

const ask = async (sql: string) => (await duckdb.runAndReadAll(sql)).getRowsJS()

it("is one table of all tests, with board, channel and test as columns", async () => {
  expect(
    await ask("select board, channel, test, count(*) from records group by all order by test"),
  ).toEqual(tests.map(({ board, channel, id }) => [board, BigInt(channel), id, 14n]))
  const types = await ask("select column_name, column_type from (describe records)")
  expect(Object.fromEntries(types as [string, string][])).toMatchObject({
    time_s: "DOUBLE",
    unix_time_s: "DOUBLE",
    cycle: "INTEGER",
    step_type: "VARCHAR",
    is_uncalibrated: "BOOLEAN",
    board: "VARCHAR",
    channel: "BIGINT",
    test: "VARCHAR",
  })
})

it("tells the charge of each cycle", async () => {
  const perCycle = await ask(`select test, cycle, max(cycle_charging_capacity_Ah),
    max(cycle_discharging_capacity_Ah) from records group by all order by test, cycle`)
  expect(perCycle).toEqual(
    tests.flatMap(({ id }, i) =>
      [1, 2].map((cycle) => [
        id,
        cycle,
        expect.closeTo(1e-3 * (i + 1), 12),
        expect.closeTo(0.9e-3 * (i + 1), 12),
      ]),
    ),
  )
})

it("holds what the CSV files hold", async () => {
  const columns = `time_s, unix_time_s, cycle, step_count, step_index, step_type, step_time_s, voltage_V,
    current_A, temperature_degC, step_charge_Ah, step_energy_Wh, cycle_charging_capacity_Ah,
    cycle_discharging_capacity_Ah, is_uncalibrated, test`
  const [[missing]] = await ask(`select count(*) from
    (select ${columns} from records except select ${columns} from lines)`)
  expect(missing).toBe(0n)
  expect(await ask("select count(*) from records")).toEqual(await ask("select count(*) from lines"))
})

it("is read only where a query asks: by partition, and by time", async () => {
  expect(
    await ask(`select count(*) from records where board = '${BOARDS[1]}' and channel = 1`),
  ).toEqual([[14n]])
  const dayAfter = START_UNIX_S + 86_400
  const [[plan]] = (
    await ask(
      `explain analyze select count(*) from records where channel = 1 and unix_time_s < ${dayAfter}`,
    )
  ).map((row) => [row.join("\n")])
  expect(plan).toMatch(/Scanning Files: 2\/4/)
  expect(
    await ask(`select test, count(*) from records where unix_time_s >= ${dayAfter} group by test
    order by test`),
  ).toEqual([
    ["AB11-0-7", 14n],
    ["AB11-1-7", 14n],
  ])
})

it("has a table of the tests and their cells beside it", async () => {
  expect(
    await ask(`select source.id, cell.area_cm2, lost_pages
      from read_json('${folder}/board=*/channel=*/test=*/_test.json') order by source.id`),
  ).toEqual(tests.map(({ id }) => [id, 1.539, 0n]))
})

it("can be read by a board whose id is all digits alone", async () => {
  const alone = `read_parquet('${folder}/board=${BOARDS[1]}/**/*.parquet', hive_partitioning = true)`
  expect(await ask(`select count(*) from ${alone} where board = '${BOARDS[1]}'`)).toEqual([[28n]])
})
