import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import fc from "fast-check"
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet"
import { afterAll, expect, it } from "vitest"
import { BDF_COLUMNS } from "../../host/formats/bdfColumns"
import { ParquetFile, ROW_GROUP } from "../../host/formats/parquetFile"
import { text } from "../../host/formats/quantities"
import { type Column, writeTable } from "../../host/formats/tableFile"
import { Totals } from "../../host/formats/totals"
import type { Records } from "../../host/records"
import { anyTest, aStep, batchesOf } from "./batches"

const seed = 134
const folder = mkdtempSync(join(tmpdir(), "coincell-parquet-"))
const path = join(folder, "test.parquet")
afterAll(() => rmSync(folder, { recursive: true }))

/** An independent reader. */
async function read(columns: readonly Column[], batches: Records[]) {
  const file = new ParquetFile(`${path}.partial`, columns, () => ({ cell: "Li-1" }))
  await writeTable(file, batches, () => path)
  const buffer = await asyncBufferFromFile(path)
  return {
    rows: await parquetReadObjects({
      file: buffer,
      compressors: { GZIP: (bytes) => gunzipSync(bytes) },
    }),
    metadata: await parquetMetadataAsync(buffer),
  }
}

/** What should be read. */
function expected(columns: readonly Column[], batches: Records[]) {
  const totals = new Totals()
  return batches.flatMap((batch) => {
    const rows = totals.next(batch)
    const values = columns.map(({ quantity }) => quantity.of(rows))
    return Array.from({ length: batch.length }, (_, i) =>
      Object.fromEntries(
        columns.map(({ head }, c) => {
          const column = values[c]
          const value = column instanceof Float64Array ? column[i] : column
          return [head, Number.isNaN(value) ? undefined : value]
        }),
      ),
    )
  })
}

/** The board forgot clock and thermometer in some places. */
function forgetful(batches: Records[], places: number[]): Records[] {
  for (const place of places) {
    const { length, unixTime_s, temperature_degC } = batches[place % batches.length]
    unixTime_s[place % length] = Number.NaN
    temperature_degC.fill(Number.NaN)
  }
  return batches
}

const WITH_UNNAMED: Column[] = [
  ...BDF_COLUMNS,
  {
    head: "sometimes",
    quantity: text(({ records }) => (records.cycle % 2 === 0 ? undefined : "odd")),
  },
]

it(`gives back what was written, and nothing for what is not known (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(anyTest, fc.array(fc.nat(100), { maxLength: 3 }), async (batches, places) => {
      forgetful(batches, places)
      const { rows } = await read(WITH_UNNAMED, batches)
      expect(rows.map(withoutNull)).toEqual(expected(WITH_UNNAMED, batches).map(withoutNull))
    }),
    { seed, numRuns: 50 },
  )
})

function withoutNull(row: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => (value ?? undefined) !== undefined),
  )
}

it("tells least, greatest and absent values of each row group", async () => {
  const times_s = Array.from({ length: ROW_GROUP + 10 }, (_, i) => (i + 1) / 10)
  const batches = batchesOf([{ ...aStep, times_s }])
  batches[0].temperature_degC.fill(Number.NaN)
  const { metadata, rows } = await read(BDF_COLUMNS, batches)
  expect(rows).toHaveLength(ROW_GROUP + 10)
  expect(rows[ROW_GROUP]["Test Time / s"]).toBe(times_s[ROW_GROUP])
  expect(metadata.row_groups.map(({ num_rows }) => num_rows)).toEqual([BigInt(ROW_GROUP), 10n])
  const statistics = (group: number, head: string) =>
    metadata.row_groups[group].columns.find(
      ({ meta_data }) => meta_data?.path_in_schema[0] === head,
    )?.meta_data?.statistics
  expect(statistics(0, "Test Time / s")).toMatchObject({
    min_value: 0.1,
    max_value: ROW_GROUP / 10,
    null_count: 0n,
  })
  expect(statistics(1, "Test Time / s")?.min_value).toBe((ROW_GROUP + 1) / 10)
  expect(statistics(0, "Ambient Temperature / degC")).toMatchObject({
    null_count: BigInt(ROW_GROUP),
    min_value: undefined,
  })
  expect(statistics(0, "Step Type")).toMatchObject({ min_value: "CC_CHG", max_value: "CC_CHG" })
})

it("carries the metadata, and columns alone for a test without records", async () => {
  const { metadata, rows } = await read(BDF_COLUMNS, [])
  expect(rows).toEqual([])
  expect(metadata.schema).toHaveLength(BDF_COLUMNS.length + 1)
  expect(metadata.key_value_metadata).toEqual([{ key: "coincell", value: '{"cell":"Li-1"}' }])
})
