import { existsSync } from "node:fs"
import { join } from "node:path"
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api"
import { TesterError } from "../../errors"

/** Of DuckDB: a Raspberry Pi has other work. */
const LIMITS = { threads: "2", memory_limit: "512MB" }

/** A dataset in a folder, asked by DuckDB, file by file: what a question does not need is not opened. */
export class Lake {
  private instance: Promise<DuckDBInstance> | undefined

  /** @param name of the dataset, for people */
  constructor(
    readonly folder: string,
    readonly name: string,
  ) {}

  /** Paths as DuckDB takes them, as a list; undefined when none of the files is there. */
  files(keys: readonly string[]): string | undefined {
    const there = keys.map((key) => this.path(key)).filter((path) => existsSync(path))
    return there.length === 0 ? undefined : `[${there.map(quoted).join(", ")}]`
  }

  /** Every file of a kind, as a pattern; undefined when there is none. */
  async pattern(key: string): Promise<string | undefined> {
    const pattern = quoted(this.path(key))
    const { rows } = await this.ask(`SELECT count(*)::INTEGER FROM glob(${pattern})`)
    return rows[0][0] === 0 ? undefined : pattern
  }

  /** @throws TesterError in DuckDB's words */
  async ask(sql: string): Promise<{ names: string[]; rows: unknown[][] }> {
    return this.connected(async (connection) => {
      const reader = await connection.runAndReadAll(sql)
      return { names: reader.columnNames(), rows: reader.getRowsJS() }
    })
  }

  async close(): Promise<void> {
    const instance = await this.instance?.catch(() => undefined)
    instance?.closeSync()
    this.instance = undefined
  }

  private async connected<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    this.instance ??= open()
    const instance = await this.instance
    const connection = await instance.connect()
    try {
      return await work(connection)
    } catch (error) {
      throw new TesterError(
        `The dataset ${this.name} cannot be read: ${(error as Error).message}. If a file in it is broken, delete ` +
          "it and its test's test.json: 'coincell publish' writes them again.",
      )
    } finally {
      connection.closeSync()
    }
  }

  private path(key: string): string {
    return join(this.folder, ...key.split("/")).replaceAll("\\", "/")
  }
}

async function open(): Promise<DuckDBInstance> {
  const { DuckDBInstance } = await duckdb()
  return DuckDBInstance.create(":memory:", LIMITS)
}

async function duckdb() {
  try {
    return await import("@duckdb/node-api")
  } catch {
    throw new TesterError(
      "A dataset needs DuckDB, which is not installed here: run 'npm install @duckdb/node-api@1.5.5-r.5'.",
    )
  }
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "''")}'`
}
