import { appendFileSync, readFileSync } from "node:fs"
import { dirname, resolve } from "node:path"
import { makeFolder } from "../store/files"
import { type Catalogue, keyOf, type Row, TABLES, type Table } from "./catalogue"
import { CatalogueError } from "./catalogueError"

/**
 * A catalogue in a file: a line of JSON for each change, of which the last of a row counts. Several processes of one
 * computer may add to it.
 */
export class FileCatalogue implements Catalogue {
  readonly name: string

  constructor(path: string) {
    this.name = resolve(path)
  }

  async put(table: Table, row: Row): Promise<void> {
    try {
      makeFolder(dirname(this.name))
      // In one write, so that lines of several processes do not mix; begun anew after one that was cut.
      appendFileSync(this.name, `\n${JSON.stringify({ table, row })}`, { flush: true })
    } catch (error) {
      throw new CatalogueError(this.name, `${(error as Error).message}. Make room or rights there.`)
    }
  }

  async rows(table: Table): Promise<Row[]> {
    const rows = new Map<string, Row>()
    for (const line of this.lines()) {
      const change = changeOf(line)
      if (change?.table === table) rows.set(keyOf(table, change.row), change.row)
    }
    return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  }

  async close(): Promise<void> {}

  private lines(): string[] {
    try {
      return readFileSync(this.name, "utf8").split("\n")
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return []
      throw new CatalogueError(this.name, `${(error as Error).message}.`)
    }
  }
}

/** A line that was cut when the power went is passed over. */
function changeOf(line: string): { table: Table; row: Row } | undefined {
  try {
    const { table, row } = JSON.parse(line)
    return table in TABLES && typeof row?.lab === "string" ? { table, row } : undefined
  } catch {
    return undefined
  }
}
