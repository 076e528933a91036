import { TesterError } from "../errors"
import { defineTables } from "./tables"

/** A table, row by row, of what a query gave. */
export interface Answer {
  columns: string[]
  /** Dates and timestamps as text; numbers as they are. */
  rows: unknown[][]
}

/** A host may join the files of days while a query runs; hardly twice. */
const ATTEMPTS = 3

/**
 * Asks a dataset in a folder, by DuckDB. There are the tables `records`, `cycles` and `tests`.
 * @throws TesterError when DuckDB does not understand the query, in its words; or when it is not installed
 */
export async function query(folder: string, sql: string): Promise<Answer> {
  for (let attempt = 1; ; attempt++)
    try {
      return await ask(folder, sql)
    } catch (error) {
      if (error instanceof TesterError) throw error
      const { message } = error as Error
      // A file that was joined with others is gone, and those who list it are listed anew.
      if (attempt < ATTEMPTS && /no such file|no files found/i.test(message)) continue
      throw new TesterError(`DuckDB cannot run this query: ${message}`)
    }
}

async function ask(folder: string, sql: string): Promise<Answer> {
  const { DuckDBInstance } = await duckdb()
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  try {
    await defineTables(connection, folder, sql)
    const reader = await connection.runAndReadAll(sql)
    return { columns: reader.columnNames(), rows: reader.getRowsJson() }
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
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
