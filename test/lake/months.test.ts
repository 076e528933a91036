import { DuckDBInstance } from "@duckdb/node-api"
import { expect, it } from "vitest"
import { publishTest } from "../../host/lake/publishTest"
import { query } from "../../host/lake/query"
import type { Records } from "../../host/records"
import { batchesOf } from "../formats/batches"
import { FailingBucket, filesIn, hourly, lakeTest, newLake } from "./datasets"

/** A week from 28 December 2025 on, in nine steps of 20 h, a record an hour. */
const batches = batchesOf(hourly(9)).map((batch) => ({
  ...batch,
  unixTime_s: batch.unixTime_s.map((time_s) => time_s + 27 * 86_400),
}))
const RECORDS = 180

/** As far as so many of its steps are downloaded; with all, it is over. */
function at(steps: number, records: Records[] = batches) {
  return lakeTest(records.slice(0, steps), { isOver: steps === records.length, mark: `${steps}` })
}

async function ask(folder: string, sql: string): Promise<unknown[][]> {
  return (await query(folder, sql)).rows
}

/** Records that are there, and how many of them once. */
async function counted(folder: string): Promise<unknown[]> {
  const sql = "SELECT count(*)::INTEGER, count(DISTINCT (step_count, time_s))::INTEGER FROM records"
  return (await ask(folder, sql))[0]
}

function keysIn(folder: string): string[] {
  const keys = [...filesIn(folder).keys()].map((path) => path.slice(folder.length + 1))
  return keys.filter((key) => !key.startsWith("_drafts")).sort()
}

it("joins the days of a month once it is over, and of the last one when the test is", async () => {
  const { folder, bucket } = newLake()
  const ofRecords = () => {
    const keys = keysIn(folder).filter((key) => /^(records|months)/.test(key))
    return keys.map((key) => key.replace(/lab=.*test=AB12-0-7/, "…"))
  }
  await publishTest("lab-1", at(3), bucket)
  expect(ofRecords()).toEqual([
    "records/…/day=2025-12-28/records.parquet",
    "records/…/day=2025-12-29/records.parquet",
  ])
  const before = await ask(folder, "SELECT * FROM records ORDER BY time_s")
  await publishTest("lab-1", at(6), bucket)
  expect(ofRecords()).toEqual([
    "months/…/month=2025-12/records.parquet",
    "records/…/day=2026-01-01/records.parquet",
  ])
  const after = await ask(folder, "SELECT * FROM records ORDER BY time_s")
  expect(after.slice(0, before.length)).toEqual(before)
  await publishTest("lab-1", at(9), bucket)
  expect(ofRecords()).toEqual([
    "months/…/month=2025-12/records.parquet",
    "months/…/month=2026-01/records.parquet",
  ])
  expect(await counted(folder)).toEqual([RECORDS, RECORDS])
  const byDay = "SELECT count(*)::INTEGER FROM records WHERE day = '2025-12-30'"
  expect(await ask(folder, byDay)).toEqual([[24]])
})

it("gives whoever reads the folders plainly each record once, with the same columns", async () => {
  const { folder, bucket } = newLake()
  await publishTest("lab-1", at(6), bucket)
  const read = (table: string) => `SELECT * FROM read_parquet('${folder}/${table}/*/*/*/*/*/*')`
  const connection = await (await DuckDBInstance.create()).connect()
  const reader = await connection.runAndReadAll(
    `SELECT count(*)::INTEGER, count(DISTINCT time_s)::INTEGER, min(day)::VARCHAR, max(day)::VARCHAR,
      typeof(any_value(day)), bool_and(unix_time_s >= epoch(day) AND unix_time_s < epoch(day) + 86400)
    FROM (${read("records")} UNION ALL BY NAME SELECT * EXCLUDE (month) FROM (${read("months")}))`,
  )
  const records = (await counted(folder))[0]
  expect(reader.getRowsJson()).toEqual([
    [records, records, "2025-12-28", "2026-01-01", "DATE", true],
  ])
})

it("marks the first and the last record of each step that has them", async () => {
  const { folder, bucket } = newLake()
  const broken = batches.slice(0, 4).map((batch, i) => ({ ...batch, hasLast: i !== 2 }))
  await publishTest("lab-1", { ...at(4, broken), isOver: true }, bucket)
  const sql =
    "SELECT step_count, min(step_time_s), max(step_time_s) FROM records WHERE is_first_of_step OR is_last_of_step " +
    "GROUP BY step_count ORDER BY step_count"
  expect(await ask(folder, sql)).toEqual([
    [1, 3600, 72000],
    [2, 3600, 72000],
    [3, 3600, 3600],
    // Its beginning is the end of the one before, which is lost.
    [4, null, null],
  ])
})

it("goes on after it was ended at any write or removal, and no query saw a record twice", async () => {
  const downloaded = [3, 6, 9].map((steps) => at(steps))
  const { folder: whole, bucket } = newLake()
  const counts = [[0, 0]]
  for (const test of downloaded) {
    await publishTest("lab-1", test, bucket)
    counts.push((await counted(whole)) as number[])
  }
  expect(counts.at(-1)).toEqual([RECORDS, RECORDS])
  const files = (folder: string) => {
    const all = [...filesIn(folder)].map(([path, bytes]) => [path.slice(folder.length), bytes])
    return all.filter(([path]) => !path.includes("_drafts")).sort()
  }
  let ends = 0
  for (const [i, test] of downloaded.entries())
    for (let isEnded = true, writes = 0; isEnded; writes++) {
      const { folder, bucket } = newLake()
      for (const before of downloaded.slice(0, i)) await publishTest("lab-1", before, bucket)
      isEnded = await publishTest("lab-1", test, new FailingBucket(folder, writes)).then(
        () => false,
        ({ message }) => message === "no more",
      )
      if (isEnded) ends++
      expect([counts[i], counts[i + 1]]).toContainEqual(await counted(folder))
      for (const later of downloaded.slice(i)) await publishTest("lab-1", later, bucket)
      expect(files(folder)).toEqual(files(whole))
    }
  // Three days, cycles, row; a month, a day, cycles, row, two removals, row; …
  expect(ends).toBeGreaterThan(12)
})

it("writes a month again when records have come that were damaged before", async () => {
  const { folder, bucket } = newLake()
  const damaged = batches.filter((_, i) => i !== 1)
  await publishTest("lab-1", lakeTest(damaged, { mark: "damaged" }), bucket)
  expect(await counted(folder)).toEqual([RECORDS - 20, RECORDS - 20])
  const january = () => [...filesIn(folder)].find(([path]) => path.includes("month=2026-01"))
  const before = january()
  await publishTest("lab-1", lakeTest(batches, { mark: "repaired" }), bucket)
  expect(await counted(folder)).toEqual([RECORDS, RECORDS])
  // Of January nothing was missing.
  expect(january()?.[1] === before?.[1]).toBe(true)
})

it("joins the days of a dataset that was begun before months were joined", async () => {
  const { folder, bucket } = newLake()
  await publishTest("lab-1", at(3), bucket)
  const [key] = await bucket.keys("tests/")
  const row = JSON.parse(Buffer.from((await bucket.read(key)) ?? []).toString())
  const { months, is_tidy, ...old } = { ...row, format: 1, is_over: true }
  await bucket.put(key, Buffer.from(JSON.stringify(old)))
  expect(await counted(folder)).toEqual([47, 47])
  await publishTest("lab-1", { ...at(3), isOver: true }, bucket)
  expect(await bucket.keys("records/")).toEqual([])
  expect(await counted(folder)).toEqual([60, 60])
})
