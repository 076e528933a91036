import type { DuckDBConnection } from "@duckdb/node-api"
import { TesterError } from "../errors"
import { DATASET_COLUMNS } from "../formats/plainColumns"
import { CYCLE_COLUMNS } from "./cyclesFile"

/** A table, row by row, of what a query gave. */
export interface Answer {
  columns: string[]
  /** Dates and timestamps as text; numbers as they are. */
  rows: unknown[][]
}

/** Columns that the names of the folders tell. */
const PARTITIONS = { lab: "VARCHAR", board: "VARCHAR", channel: "INTEGER", test: "VARCHAR" }
const TYPES = {
  real: "DOUBLE",
  index: "INTEGER",
  label: "INTEGER",
  text: "VARCHAR",
  flag: "BOOLEAN",
}

/**
 * Asks a dataset in a folder, by DuckDB. There are the tables `records`, `cycles` and `tests`.
 * @throws TesterError when DuckDB does not understand the query, in its words; or when it is not installed
 */
export async function query(folder: string, sql: string): Promise<Answer> {
  const { DuckDBInstance } = await duckdb()
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  try {
    await defineTables(connection, folder)
    const reader = await connection.runAndReadAll(sql)
    return { columns: reader.columnNames(), rows: reader.getRowsJson() }
  } catch (error) {
    throw new TesterError(`DuckDB cannot run this query: ${(error as Error).message}`)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** Makes the dataset's tables known to a connection. */
export async function defineTables(connection: DuckDBConnection, folder: string): Promise<void> {
  const records = Object.fromEntries(
    DATASET_COLUMNS.map(({ head, quantity }) => [head, TYPES[quantity.kind]]),
  )
  const cycles = Object.fromEntries(CYCLE_COLUMNS.map(({ name, type }) => [name, sqlType(type)]))
  await define(connection, "records", {
    files: filesOf(folder, "records", "day=*/records.parquet"),
    read: (files) => `read_parquet(${files}, ${hive({ ...PARTITIONS, day: "DATE" })})`,
    columns: { ...records, ...PARTITIONS, day: "DATE" },
  })
  await define(connection, "cycles", {
    files: filesOf(folder, "cycles", "cycles.parquet"),
    read: (files) => `read_parquet(${files}, ${hive(PARTITIONS)})`,
    columns: { ...cycles, ...PARTITIONS },
  })
  await define(connection, "tests", {
    files: filesOf(folder, "tests", "test.json"),
    read: (files) =>
      `read_json(${files}, format = 'newline_delimited', union_by_name = true, ${hive(PARTITIONS)})`,
    columns: PARTITIONS,
  })
}

interface Table {
  files: string
  read: (files: string) => string
  columns: Record<string, string>
}

/** A view of the table's files; where there are none yet, an empty table of its columns. */
async function define(
  connection: DuckDBConnection,
  name: string,
  { files, read, columns }: Table,
): Promise<void> {
  const found = await connection.runAndReadAll(`SELECT count(*) FROM glob(${files})`)
  const isEmpty = Number(found.getRowsJson()[0][0]) === 0
  const list = Object.entries(columns).map(([column, type]) => `"${column}" ${type}`)
  await connection.run(
    isEmpty
      ? `CREATE TABLE ${name} (${list.join(", ")})`
      : `CREATE VIEW ${name} AS SELECT * FROM ${read(files)}`,
  )
}

function filesOf(folder: string, table: string, end: string): string {
  const path = `${folder.replaceAll("\\", "/")}/${table}/lab=*/board=*/channel=*/test=*/${end}`
  return `'${path.replaceAll("'", "''")}'`
}

function hive(types: Record<string, string>): string {
  const list = Object.entries(types).map(([name, type]) => `'${name}': ${type}`)
  return `hive_partitioning = true, hive_types = {${list.join(", ")}}`
}

function sqlType(type: string): string {
  return type === "INT32" ? "INTEGER" : type
}

async function duckdb() {
  try {
    return await import("@duckdb/node-api")
  } catch {
    throw new TesterError(
      "'query' needs DuckDB, which is not installed here: run 'npm install @duckdb/node-api@1.5.5-r.5'.",
    )
  }
}
