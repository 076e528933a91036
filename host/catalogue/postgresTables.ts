import type { Pool, PoolClient } from "pg"
import { TABLES, type Table } from "./catalogue"
import { COLUMNS } from "./columns"

/** A column of a view, and its SQL type. */
type Column = readonly [name: string, type: string]

/** A number that stands for nothing but this: who makes tables waits for others that do. */
const LOCK = 0xc01_ce11

/**
 * Makes the tables and views that are missing. A view that an older version made gets the columns that it lacks, at its
 * end, and keeps who may read it; one that a newer version made is left alone, so hosts need not be of one version.
 * Whoever finds all in place needs no right to make anything.
 */
export async function prepare(pool: Pool): Promise<void> {
  const client = await pool.connect()
  let problem: Error | undefined
  try {
    if ((await incomplete(client)).length === 0) return
    await client.query(`BEGIN; SELECT pg_advisory_xact_lock(${LOCK})`)
    for (const table of await incomplete(client)) await complete(client, table)
    await client.query("COMMIT")
  } catch (error) {
    problem = error as Error
    throw error
  } finally {
    // A connection that failed is closed, and its transaction is void.
    client.release(problem)
  }
}

async function incomplete(client: PoolClient): Promise<Table[]> {
  const found: Table[] = []
  for (const table of Object.keys(TABLES) as Table[]) {
    const names = new Set((await viewColumns(client, table)).map(([name]) => name))
    if (wanted(table).some(([name]) => !names.has(name))) found.push(table)
  }
  return found
}

async function complete(client: PoolClient, table: Table): Promise<void> {
  const there = await viewColumns(client, table)
  const names = new Set(there.map(([name]) => name))
  const all = [...there, ...wanted(table).filter(([name]) => !names.has(name))]
  await client.query(
    `CREATE TABLE IF NOT EXISTS coincell_${table} (
      lab text NOT NULL, key text NOT NULL, row jsonb NOT NULL, changed timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (lab, key));
    CREATE OR REPLACE VIEW ${table} AS SELECT ${all.map(expression).join(", ")} FROM coincell_${table};`,
  )
}

/** Of the table itself; what else there is to know stands in its rows. */
const OWN: readonly Column[] = [
  ["lab", "text"],
  ["changed", "timestamptz"],
]

function wanted(table: Table): Column[] {
  const [lab, changed] = OWN
  return [lab, ...Object.entries(COLUMNS[table]), changed]
}

function expression([name, type]: Column): string {
  if (OWN.some(([own]) => own === name)) return name
  return `(row->>'${name}')::${type} AS "${name}"`
}

/** In their order; none when there is no such view. */
async function viewColumns(client: PoolClient, table: Table): Promise<Column[]> {
  const { rows } = await client.query(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attnum > 0 ORDER BY attnum`,
    [table],
  )
  return rows.map(({ name, type }) => [name, type])
}
