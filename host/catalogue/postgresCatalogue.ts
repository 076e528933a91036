import type { Pool } from "pg"
import { type Catalogue, type Row, TABLES, type Table, type Where } from "./catalogue"
import { CatalogueError } from "./catalogueError"
import { prepare } from "./postgresTables"

/** No answer within this is none. */
const TIMEOUT_ms = 10_000

/**
 * A catalogue in a PostgreSQL database, which many hosts and people share. Rows lie as JSON in tables `coincell_…`; views
 * of the tables' own names have a column for each thing that there is to know.
 */
export class PostgresCatalogue implements Catalogue {
  readonly name: string
  private pool: Promise<Pool> | undefined
  private ready: Promise<void> | undefined

  /** @param url `postgres://USER:PASSWORD@HOST/DATABASE` @throws CatalogueError when it is none */
  constructor(
    private readonly url: string,
    private readonly timeout_ms = TIMEOUT_ms,
  ) {
    if (!URL.canParse(url))
      throw new CatalogueError(
        "that was given",
        "write its address as postgres://USER:PASSWORD@HOST/DATABASE.",
      )
    const { host, pathname } = new URL(url)
    this.name = `postgres://${host}${pathname}`
  }

  async put(table: Table, row: Row): Promise<void> {
    await this.ask(
      `INSERT INTO coincell_${table} (lab, key, row) VALUES ($1, $2, $3)
       ON CONFLICT (lab, key) DO UPDATE SET row = excluded.row, changed = now()`,
      [row.lab, String(row[TABLES[table]]), JSON.stringify(row)],
    )
  }

  async rows(table: Table, where: Where = {}): Promise<Row[]> {
    const order = table === "actions" ? "row->>'time', lab, key" : "lab, key"
    const found = await this.ask(
      `SELECT row FROM coincell_${table} WHERE row @> $1 ORDER BY ${order}`,
      [JSON.stringify(where)],
    )
    return found.map(({ row }) => row as Row)
  }

  async close(): Promise<void> {
    await (await this.pool)?.end()
  }

  private async ask(sql: string, values: unknown[]): Promise<Record<string, unknown>[]> {
    try {
      const pool = await this.connect()
      await this.prepare(pool)
      return (await pool.query(sql, values)).rows
    } catch (error) {
      throw new CatalogueError(this.name, problemOf(error as Error & { code?: string }))
    }
  }

  /** Who has no such catalogue need not load what speaks to it. */
  private connect(): Promise<Pool> {
    this.pool ??= import("pg").then(({ default: { Pool } }) => {
      const pool = new Pool({
        connectionString: this.url,
        max: 2,
        connectionTimeoutMillis: this.timeout_ms,
        query_timeout: this.timeout_ms,
        application_name: "coincell",
      })
      // A connection that breaks while nobody uses it is made anew when somebody does.
      return pool.on("error", () => {})
    })
    return this.pool
  }

  private prepare(pool: Pool): Promise<void> {
    this.ready ??= prepare(pool)
    this.ready.catch(() => {
      this.ready = undefined
    })
    return this.ready
  }
}

function problemOf({ code, message, errors }: Error & { code?: string; errors?: Error[] }): string {
  if (code === "ECONNREFUSED")
    return "nobody listens there. Is the server running, and the port right?"
  if (code === "28P01" || code === "28000") return "it refuses the name or password."
  if (code === "3D000") return `${message}: make it with createdb.`
  if (code === "42501") return `${message}: grant that to this user.`
  return `${message || errors?.[0]?.message || code}.`
}
