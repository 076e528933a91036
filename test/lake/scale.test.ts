import {
  closeSync,
  mkdtempSync,
  openSync,
  readSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parquetMetadata } from "hyparquet"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { cycleTable } from "../../host/analysis/cycles"
import { cycleCharges } from "../../host/analysis/iterateCycles"
import { retentions } from "../../host/analysis/retention"
import { columnsOfCycle } from "../../host/lake/cyclesFile"
import { FolderBucket } from "../../host/lake/folderBucket"
import { publishTest } from "../../host/lake/publishTest"
import { query } from "../../host/lake/query"
import type { Records } from "../../host/records"
import { fillLake } from "../bench/lakeFill"
import { RETENTION_BY_CYCLES, RETENTION_BY_RECORDS } from "../bench/lakeQueries"
import { aboutTest, scaleTest } from "../bench/lakeTests"

const TESTS = 10
/** Of each: four cycles and a half. */
const RECORDS = 70_000

const folder = mkdtempSync(join(tmpdir(), "coincell-scale-"))
beforeAll(async () => {
  await fillLake(folder, { tests: TESTS - 1, records: RECORDS, names: 1 })
  const lossy = scaleTest(TESTS - 1, RECORDS)
  await publishTest("bench", { ...lossy, records: recordsOf(TESTS - 1) }, new FolderBucket(folder))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Of the last test a discharge is lost: that cycle's charge is not known. */
function recordsOf(number: number): Records[] {
  const { records } = scaleTest(number, RECORDS)
  return number < TESTS - 1 ? records : records.filter(({ stepCount }) => stepCount !== 4 * 4 - 1)
}

/** What the analysis makes of the same records, without dataset or SQL. */
const expected = Array.from({ length: TESTS }, (_, number) => {
  const known = retentions(cycleCharges(recordsOf(number)), 1)?.filter(
    (one) => one.retention !== undefined,
  )
  const { cycle, retention } = known?.at(-1) ?? {}
  const { board, channel, id } = aboutTest(number)
  return { place: ["bench", board, channel, id], cycle, retention }
})

describe("capacity retention of every test", () => {
  it.each([
    ["records", RETENTION_BY_RECORDS],
    ["cycles", RETENTION_BY_CYCLES],
  ])("by %s is what the analysis says", async (_, sql) => {
    const { rows } = await query(folder, sql)
    expect(rows.map((row) => row.slice(0, 5))).toEqual(
      expected.map(({ place, cycle }) => [...place, cycle]),
    )
    for (const [i, row] of rows.entries()) expect(row[5]).toBeCloseTo(expected[i].retention ?? 0, 9)
    expect(expected.map(({ cycle }) => cycle)).toEqual([...Array(TESTS - 1).fill(4), 3])
    // They differ, and by more than that.
    expect(new Set(expected.map(({ retention }) => retention?.toFixed(6))).size).toBeGreaterThan(
      TESTS / 2,
    )
  })

  it("reads no column that it does not need: the others may be broken", async () => {
    const before = await query(folder, RETENTION_BY_RECORDS)
    const needed = ["cycle", "is_last_of_step", "cycle_discharging_capacity_Ah"]
    let broken_bytes = 0
    let all_bytes = 0
    for (const path of recordsFiles()) {
      broken_bytes += breakColumns(path, needed)
      all_bytes += statSync(path).size
    }
    expect(broken_bytes).toBeGreaterThan(0.8 * all_bytes)
    expect(await query(folder, RETENTION_BY_RECORDS)).toEqual(before)
    // Whoever needs one of them is told.
    await expect(query(folder, "SELECT sum(voltage_V) FROM records")).rejects.toThrow("DuckDB")
  })
})

it("has the table of cycles of every test, as the analysis of its records gives it", async () => {
  const { columns, rows } = await query(
    folder,
    "SELECT * FROM cycles ORDER BY board, channel, cycle",
  )
  const got = rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])))
  const wanted = Array.from({ length: TESTS }, (_, number) => {
    const { board, channel, id } = aboutTest(number)
    return cycleTable(recordsOf(number)).map((row) => ({
      ...columnsOfCycle(row),
      ...{ lab: "bench", board, channel, test: id },
    }))
  }).flat()
  expect(wanted.length).toBeGreaterThan(3 * TESTS)
  expect(got).toEqual(wanted)
})

function recordsFiles(): string[] {
  return readdirSync(join(folder, "months"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Overwrites the pages of all other columns. @returns how many bytes */
function breakColumns(path: string, needed: readonly string[]): number {
  const { size } = statSync(path)
  const file = openSync(path, "r+")
  const bytes = Buffer.alloc(size)
  readSync(file, bytes, 0, size, 0)
  let broken = 0
  for (const { columns } of parquetMetadata(bytes.buffer as ArrayBuffer).row_groups)
    for (const { meta_data } of columns) {
      if (meta_data === undefined || needed.includes(meta_data.path_in_schema[0])) continue
      const { data_page_offset, dictionary_page_offset, total_compressed_size } = meta_data
      const length = Number(total_compressed_size)
      broken += writeSync(
        file,
        Buffer.alloc(length, 0xff),
        0,
        length,
        Number(dictionary_page_offset ?? data_page_offset),
      )
    }
  closeSync(file)
  return broken
}
