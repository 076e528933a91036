import type { DuckDBConnection } from "@duckdb/node-api"
import { CYCLE_COLUMNS } from "./cyclesFile"
import { FolderBucket } from "./folderBucket"
import { placeOf } from "./places"
import { DAY_COLUMNS } from "./recordColumns"
import { parseRow, recordsKeys } from "./testRow"

/** Each table, and the folders that it is made of. */
const TABLES = {
  records: ["records/", "months/", "tests/"],
  cycles: ["cycles/"],
  tests: ["tests/"],
} as const

type TableName = keyof typeof TABLES

/** Columns that the names of the folders tell. */
const PARTITIONS = { lab: "VARCHAR", board: "VARCHAR", channel: "INTEGER", test: "VARCHAR" }
const TYPES = {
  real: "DOUBLE",
  index: "INTEGER",
  label: "INTEGER",
  text: "VARCHAR",
  flag: "BOOLEAN",
  date: "DATE",
}

const RECORD_TYPES: Record<string, string> = {
  ...Object.fromEntries(DAY_COLUMNS.map(({ head, quantity }) => [head, TYPES[quantity.kind]])),
  ...PARTITIONS,
  day: "DATE",
}
const CYCLE_TYPES: Record<string, string> = {
  ...Object.fromEntries(
    CYCLE_COLUMNS.map(({ name, type }) => [name, type === "INT32" ? "INTEGER" : type]),
  ),
  ...PARTITIONS,
}

/** The folders of a dataset that a query reads, as prefixes of keys: of tables that it does not name, nothing. */
export function prefixesOf(sql: string): string[] {
  return [...new Set(tablesOf(sql).flatMap((name) => TABLES[name]))]
}

/** A query that names no table may ask which there are. */
function tablesOf(sql: string): TableName[] {
  const all = Object.keys(TABLES) as TableName[]
  const named = all.filter((name) => new RegExp(`\\b${name}\\b`, "i").test(sql))
  return named.length > 0 ? named : all
}

/** Makes the tables that a query names known to a connection. */
export async function defineTables(
  connection: DuckDBConnection,
  folder: string,
  sql: string,
): Promise<void> {
  const tables = tablesOf(sql)
  if (tables.includes("records"))
    await define(connection, "records", await recordsOf(folder), RECORD_TYPES)
  if (tables.includes("cycles"))
    await define(connection, "cycles", await cyclesOf(connection, folder), CYCLE_TYPES)
  if (tables.includes("tests"))
    await define(connection, "tests", await testsOf(connection, folder), PARTITIONS)
}

/** A view; where there is nothing yet, an empty table of its columns. */
async function define(
  connection: DuckDBConnection,
  name: TableName,
  select: string | undefined,
  types: Record<string, string>,
): Promise<void> {
  const columns = Object.entries(types).map(([column, type]) => `"${column}" ${type}`)
  await connection.run(
    select === undefined
      ? `CREATE TABLE ${name} (${columns.join(", ")})`
      : `CREATE VIEW ${name} AS ${select}`,
  )
}

/** Of the files that the tests' rows list: no record is in two of them, whatever else lies there. */
async function recordsOf(folder: string): Promise<string | undefined> {
  const bucket = new FolderBucket(folder)
  const files: string[] = []
  for (const key of await bucket.keys("tests/")) {
    const place = placeOf(key)
    const bytes = place && (await bucket.read(key))
    if (bytes) files.push(...recordsKeys(place, parseRow(bytes, bucket.pathOf(key))))
  }
  const selects = [
    recordsIn(folder, files.filter(isDay), { day: "DATE" }),
    recordsIn(
      folder,
      files.filter((key) => !isDay(key)),
      { month: "VARCHAR" },
    ),
  ].filter((select) => select !== undefined)
  return selects.length === 0 ? undefined : selects.join(" UNION ALL ")
}

function recordsIn(
  folder: string,
  keys: readonly string[],
  more: Record<string, string>,
): string | undefined {
  if (keys.length === 0) return undefined
  const files = keys.map((key) => quoted(`${slashed(folder)}/${key}`)).join(", ")
  const columns = Object.keys(RECORD_TYPES).map((column) => `"${column}"`)
  return `SELECT ${columns.join(", ")} FROM read_parquet([${files}], ${hive({ ...PARTITIONS, ...more })})`
}

function isDay(key: string): boolean {
  return key.startsWith("records/")
}

async function cyclesOf(connection: DuckDBConnection, folder: string): Promise<string | undefined> {
  const files = await filesOf(connection, folder, "cycles", "cycles.parquet")
  return files && `SELECT * FROM read_parquet(${files}, ${hive(PARTITIONS)})`
}

async function testsOf(connection: DuckDBConnection, folder: string): Promise<string | undefined> {
  const files = await filesOf(connection, folder, "tests", "test.json")
  const options = "format = 'newline_delimited', union_by_name = true"
  return files && `SELECT * FROM read_json(${files}, ${options}, ${hive(PARTITIONS)})`
}

/** A pattern; undefined when there is no such file. */
async function filesOf(
  connection: DuckDBConnection,
  folder: string,
  table: TableName,
  end: string,
): Promise<string | undefined> {
  const files = quoted(`${slashed(folder)}/${table}/lab=*/board=*/channel=*/test=*/${end}`)
  const found = await connection.runAndReadAll(`SELECT count(*)::INTEGER FROM glob(${files})`)
  return found.getRowsJson()[0][0] === 0 ? undefined : files
}

function slashed(folder: string): string {
  return folder.replaceAll("\\", "/")
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "''")}'`
}

function hive(types: Record<string, string>): string {
  const list = Object.entries(types).map(([name, type]) => `'${name}': ${type}`)
  return `hive_partitioning = true, hive_types = {${list.join(", ")}}`
}
