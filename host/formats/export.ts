import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { TesterError } from "../errors"
import type { TestAbout } from "../log/testAbout"
import { BDF_COLUMNS } from "./bdfColumns"
import { bdfCellOf, bdfMetadata, bdfStem } from "./bdfMetadata"
import { CELLPY_COLUMNS } from "./cellpyColumns"
import { CsvFile } from "./csvFile"
import { type ExportedTest, metadataOf, startOf } from "./exportedTest"
import { NEWARE_COLUMNS } from "./newareColumns"
import { ParquetFile } from "./parquetFile"
import { writeWhole } from "./partialFile"
import { DATASET_COLUMNS, PLAIN_COLUMNS } from "./plainColumns"
import { type TableFile, type WriteOptions, writeTable } from "./tableFile"

/** Format names, and what each is. */
export const FORMATS = {
  bdf: "Battery Data Format 1.3, CSV",
  "bdf-parquet": "Battery Data Format 1.3, Parquet",
  parquet: "a Parquet dataset by board, channel and test, for DuckDB, Spark or Trino",
  csv: "CSV with SI units in the heads",
  neware: "CSV as Neware's BTSDA writes it",
  cellpy: "CSV with the columns of cellpy",
} as const

export type Format = keyof typeof FORMATS

/** What an export came to. */
export interface Exported {
  test: string
  format: Format
  /** The data, and what is known of the test besides. */
  file: string
  metadataFile: string
  records: number
  /** Where the test stood still, and what the log has lost. */
  about: Pick<TestAbout, "end" | "gaps" | "lostPages" | "duplicatePages">
}

/** How a format lays out a test, once its records have been read. */
interface Layout {
  file: TableFile
  /** Paths within the folder, and the sidecar's content. */
  place(): { file: string; metadataFile: string; metadata: unknown }
}

/**
 * Writes one test into a folder, with a sidecar of metadata. Files appear whole or not at all; exported again, the
 * same records give the same bytes. Memory does not grow with the test, which may still be running.
 * @throws TesterError when the format needs more of the cell, or the folder cannot be written
 */
export async function exportTest(
  test: ExportedTest,
  format: Format,
  folder: string,
  options: WriteOptions = {},
): Promise<Exported> {
  try {
    return await write(test, format, folder, options)
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (code === undefined || syscall === undefined || error instanceof TesterError) throw error
    throw new TesterError(
      `${folder} cannot be written: ${(error as Error).message}. Make room or rights there, or choose another ` +
        "folder by --out. The test's own data are safe.",
    )
  }
}

async function write(
  test: ExportedTest,
  format: Format,
  folder: string,
  options: WriteOptions,
): Promise<Exported> {
  const partial = join(folder, `${test.id}.${format}.partial`)
  const layout = layoutOf(test, format, folder, partial)
  let file = ""
  let metadataFile = ""
  const place = () => {
    const names = layout.place()
    file = join(folder, names.file)
    metadataFile = join(folder, names.metadataFile)
    // Before the data are there: it says whose the name is.
    writeWhole(metadataFile, `${JSON.stringify(names.metadata, null, 2)}\n`)
    return file
  }
  const records = await writeTable(layout.file, test.records, place, options)
  const { end, gaps, lostPages, duplicatePages } = test.about()
  return {
    test: test.id,
    format,
    file,
    metadataFile,
    records,
    about: { end, gaps, lostPages, duplicatePages },
  }
}

function layoutOf(test: ExportedTest, format: Format, folder: string, partial: string): Layout {
  const metadata = () => metadataOf(test)
  switch (format) {
    case "bdf":
      return bdf(test, folder, "csv", () => new CsvFile(partial, BDF_COLUMNS))
    case "bdf-parquet":
      return bdf(test, folder, "parquet", () => new ParquetFile(partial, BDF_COLUMNS, metadata))
    case "parquet":
      return {
        file: new ParquetFile(partial, DATASET_COLUMNS, metadata),
        place: () => ({ ...datasetPlace(test), metadata: metadata() }),
      }
    case "csv":
      return csv(test, new CsvFile(partial, PLAIN_COLUMNS), test.id)
    case "neware":
      return csv(test, new CsvFile(partial, NEWARE_COLUMNS), `${test.id}.neware`)
    case "cellpy":
      return csv(test, new CsvFile(partial, CELLPY_COLUMNS), `${test.id}.cellpy`)
  }
}

function csv(test: ExportedTest, file: TableFile, stem: string): Layout {
  const names = { file: `${stem}.csv`, metadataFile: `${stem}.metadata.json` }
  return { file, place: () => ({ ...names, metadata: metadataOf(test) }) }
}

/**
 * Partitioned as Hive does: readers of the folder see board, channel and test as columns, and pass over the folders
 * that a query does not ask for. They also pass over names that begin with an underscore, so that the metadata of
 * all tests are a table of their own, `board=X/channel=N/test=T/_test.json`.
 */
function datasetPlace({ board, channel, id }: ExportedTest) {
  const folder = join(`board=${board}`, `channel=${channel}`, `test=${id}`)
  return { file: join(folder, "part-0.parquet"), metadataFile: join(folder, "_test.json") }
}

function bdf(
  test: ExportedTest,
  folder: string,
  extension: "csv" | "parquet",
  create: () => TableFile,
): Layout {
  const cell = bdfCellOf(test)
  return {
    file: create(),
    place: () => {
      const stem = freeStem(test, folder, (serial) => bdfStem(cell, startOf(test), serial))
      return {
        file: `${stem}.${extension}`,
        metadataFile: `${stem}.metadata.json`,
        metadata: bdfMetadata(test, cell),
      }
    },
  }
}

/** The first name of that day that is free or this test's own, by the sidecar. */
function freeStem(test: ExportedTest, folder: string, stemOf: (serial: number) => string): string {
  for (let serial = 1; ; serial++) {
    const stem = stemOf(serial)
    const sidecar = join(folder, `${stem}.metadata.json`)
    if (!existsSync(sidecar)) return stem
    if (JSON.parse(readFileSync(sidecar, "utf8"))?.extras?.source?.id === test.id) return stem
  }
}
