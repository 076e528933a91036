import { Pool } from "pg"
import { type Catalogue, type Row, TABLES, type Table } from "./catalogue"
import { CatalogueError } from "./catalogueError"
import { COLUMNS } from "./columns"

/** No answer within this is none. */
const TIMEOUT_ms = 10_000

/**
 * A catalogue in a PostgreSQL database, which many hosts and people share. Rows lie as JSON in tables `coincell_…`; views
 * of the tables' own names have a column for each thing that there is to know.
 */
export class PostgresCatalogue implements Catalogue {
  readonly name: string
  private readonly pool: Pool
  private ready: Promise<void> | undefined

  /** @param url `postgres://USER:PASSWORD@HOST/DATABASE` */
  constructor(url: string) {
    const { host, pathname } = new URL(url)
    this.name = `postgres://${host}${pathname}`
    this.pool = new Pool({
      connectionString: url,
      max: 2,
      connectionTimeoutMillis: TIMEOUT_ms,
      query_timeout: TIMEOUT_ms,
      application_name: "coincell",
    })
    // A connection that breaks while nobody uses it is made anew when somebody does.
    this.pool.on("error", () => {})
  }

  async put(table: Table, row: Row): Promise<void> {
    await this.ask(
      `INSERT INTO coincell_${table} (lab, key, row) VALUES ($1, $2, $3)
       ON CONFLICT (lab, key) DO UPDATE SET row = excluded.row, changed = now()`,
      [row.lab, String(row[TABLES[table]]), JSON.stringify(row)],
    )
  }

  async rows(table: Table): Promise<Row[]> {
    const found = await this.ask(`SELECT row FROM coincell_${table} ORDER BY lab, key`, [])
    return found.map(({ row }) => row as Row)
  }

  async close(): Promise<void> {
    await this.pool.end()
  }

  private async ask(sql: string, values: unknown[]): Promise<Record<string, unknown>[]> {
    try {
      await this.prepare()
      return (await this.pool.query(sql, values)).rows
    } catch (error) {
      throw new CatalogueError(this.name, problemOf(error as Error & { code?: string }))
    }
  }

  /** Makes the tables that are missing: several hosts may do so at once. */
  private prepare(): Promise<void> {
    this.ready ??= this.pool.query(schema()).then(() => {})
    this.ready.catch(() => {
      this.ready = undefined
    })
    return this.ready
  }
}

/** A number that stands for nothing but this: who makes tables waits for others that do. */
const LOCK = 0xc01_ce11

/** Statements that are sent together are one transaction. */
function schema(): string {
  const each = (Object.keys(TABLES) as Table[]).map((table) => {
    const columns = Object.entries(COLUMNS[table]).map(
      ([name, type]) => `(row->>'${name}')::${type} AS "${name}"`,
    )
    return `CREATE TABLE IF NOT EXISTS coincell_${table} (
      lab text NOT NULL, key text NOT NULL, row jsonb NOT NULL, changed timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (lab, key));
    CREATE OR REPLACE VIEW ${table} AS SELECT lab, ${columns.join(", ")}, changed FROM coincell_${table};`
  })
  return `SELECT pg_advisory_xact_lock(${LOCK}); ${each.join("\n")}`
}

function problemOf({ code, message, errors }: Error & { code?: string; errors?: Error[] }): string {
  if (code === "ECONNREFUSED")
    return "nobody listens there. Is the server running, and the port right?"
  if (code === "28P01" || code === "28000") return "it refuses the name or password."
  if (code === "3D000") return `${message}: make it with createdb.`
  if (code === "42501") return `${message}: grant that to this user.`
  return `${message || errors?.[0]?.message || code}.`
}
