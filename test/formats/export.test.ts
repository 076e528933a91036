import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeEach, expect, it } from "vitest"
import { TesterError } from "../../host/errors"
import { exportTest, FORMATS, type Format } from "../../host/formats/export"
import type { Records } from "../../host/records"
import { aCell, aStep, batchesOf, START_UNIX_S, testOf } from "./batches"

const parent = mkdtempSync(join(tmpdir(), "coincell-export-"))
let folder = ""
let folders = 0
beforeEach(() => {
  folder = join(parent, String(folders++))
})
afterAll(() => rmSync(parent, { recursive: true }))

const formats = Object.keys(FORMATS) as Format[]

/** All files in the folder, by their paths. */
function contents(): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(files.map((file) => [file, readFileSync(file, "latin1")]))
}

it.each(formats)("writes %s twice with the same bytes", async (format) => {
  const test = testOf(batchesOf([aStep, { ...aStep, current_A: -1e-3 }]))
  const { file, metadataFile, records } = await exportTest(test, format, folder)
  expect(records).toBe(6)
  const first = contents()
  expect(Object.keys(first).sort()).toEqual([file, metadataFile].sort())
  await exportTest(test, format, folder)
  expect(contents()).toEqual(first)
})

it("names two tests of one cell on one day one after the other", async () => {
  const batches = batchesOf([aStep])
  const stem = (serial: string) => join(folder, `Lab__Li-1__20251201_${serial}.bdf`)
  const other = testOf(batches, { id: "AB12-2-8" })
  expect((await exportTest(testOf(batches), "bdf", folder)).file).toBe(`${stem("001")}.csv`)
  expect((await exportTest(other, "bdf", folder)).file).toBe(`${stem("002")}.csv`)
  expect((await exportTest(testOf(batches), "bdf-parquet", folder)).file).toBe(
    `${stem("001")}.parquet`,
  )
})

it("leaves nothing of an export that fails, and what was there before as it was", async () => {
  function* failing(): Generator<Records> {
    yield* batchesOf([aStep])
    throw new Error("the log cannot be read")
  }
  for (const format of formats) {
    await exportTest(testOf(batchesOf([aStep])), format, folder)
    const before = contents()
    await expect(exportTest(testOf(failing()), format, folder)).rejects.toThrow("cannot be read")
    expect(contents()).toEqual(before)
  }
})

it("ends when it is told to, and takes no more than it needs at a time", async () => {
  const controller = new AbortController()
  let taken = 0
  function* endless(): Generator<Records> {
    const times_s = Array.from({ length: 50_000 }, (_, i) => i + 1)
    const [batch] = batchesOf([{ ...aStep, times_s }])
    for (;;) {
      taken += batch.length
      yield batch
    }
  }
  const onRecords = (records: number) => {
    expect(taken).toBe(records)
    if (records >= 300_000) controller.abort()
  }
  await expect(
    exportTest(testOf(endless()), "parquet", folder, { signal: controller.signal, onRecords }),
  ).rejects.toThrow(/abort/i)
  expect(contents()).toEqual({})
})

it("tells of gaps, lost pages and a test that still runs, in the result and in the sidecar", async () => {
  const gap = {
    kind: "restart" as const,
    sampleIndex: 3,
    time_s: 3600,
    unixTime_s: START_UNIX_S + 3600,
    resumed: { time_s: 3600, unixTime_s: START_UNIX_S + 7200 },
    restart: undefined,
  }
  const overwritten = [{ first: 16, next: 48 }]
  const test = testOf(batchesOf([aStep]), { overwritten })
  const about = { ...test.about(), gaps: [gap], lostPages: 2, end: undefined }
  const result = await exportTest({ ...test, about: () => about }, "csv", folder)
  expect(result.about).toEqual({ gaps: [gap], lostPages: 2, duplicatePages: 0, end: undefined })
  expect(JSON.parse(readFileSync(result.metadataFile, "utf8"))).toMatchObject({
    source: { is_running: true },
    gaps: [{ kind: "restart", resumed: { unixTime_s: START_UNIX_S + 7200 } }],
    lost_pages: 2,
    overwritten_board_pages: overwritten,
  })
})

it("needs no cell for what nothing is normalised in, and says what BDF needs", async () => {
  const test = testOf(batchesOf([aStep]), { cell: undefined })
  for (const format of ["csv", "neware", "cellpy", "parquet"] as const)
    await exportTest(test, format, folder)
  const { area_cm2: _, ...cell } = aCell
  await expect(exportTest({ ...test, cell }, "bdf", folder)).rejects.toThrow(
    /BDF needs area_cm2 .*cell\.yaml/,
  )
})

it("says that a folder cannot be written", async () => {
  const file = join(parent, "file")
  writeFileSync(file, "")
  const exporting = exportTest(testOf([]), "csv", join(file, "folder"))
  await expect(exporting).rejects.toThrow(TesterError)
  await expect(exporting).rejects.toThrow(/cannot be written.*--out/s)
  expect(existsSync(join(file, "folder"))).toBe(false)
})
