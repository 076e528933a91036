import { appendFileSync, readFileSync, statSync } from "node:fs"
import { join, resolve } from "node:path"
import { makeFolder, writeFile } from "../store/files"
import { type Catalogue, keyOf, type Row, type Table, type Where } from "./catalogue"
import { CatalogueError } from "./catalogueError"

/** A table smaller than this is not written anew, bytes; nor one that is less than four times what it needs. */
const SMALL_BYTES = 1 << 20
const GROWTH = 4

/**
 * A catalogue in a folder: a file `TABLE.jsonl` for each table, with a line of JSON for each change, of which the last of
 * a row counts. Several processes of one computer may add to it.
 */
export class FileCatalogue implements Catalogue {
  readonly name: string
  /** At how many bytes a table is to be written anew. */
  private readonly limits = new Map<Table, number>()

  constructor(folder: string) {
    this.name = resolve(folder)
  }

  /** Where a table's lines are. */
  path(table: Table): string {
    return join(this.name, `${table}.jsonl`)
  }

  /** It is on the disk when this returns, without waiting for the promise. */
  async put(table: Table, row: Row): Promise<void> {
    try {
      makeFolder(this.name)
      // In one write, so that lines of several processes do not mix; begun anew after one that was cut.
      appendFileSync(this.path(table), `\n${JSON.stringify(row)}`, { flush: true })
      this.shorten(table)
    } catch (error) {
      throw new CatalogueError(this.name, `${(error as Error).message}. Make room or rights there.`)
    }
  }

  async rows(table: Table, where: Where = {}): Promise<Row[]> {
    const rows = new Map<string, Row>()
    for (const row of rowsIn(this.text(table))) rows.set(keyOf(table, row), row)
    const isMeant = (row: Row) =>
      Object.entries(where).every(([name, value]) => row[name] === value)
    return [...rows]
      .sort(([a, { time: aTime }], [b, { time: bTime }]) =>
        table !== "actions" ? order(a, b) : order(`${aTime} ${a}`, `${bTime} ${b}`),
      )
      .flatMap(([, row]) => (isMeant(row) ? row : []))
  }

  async close(): Promise<void> {}

  /**
   * Leaves one line for each row. Actions are never written anew: they are few, and nothing else tells of them. Of the
   * others a line that another process adds in this very moment may be lost, until that row changes again.
   */
  private shorten(table: Table): void {
    if (table === "actions") return
    const { size } = statSync(this.path(table))
    if (size < (this.limits.get(table) ?? SMALL_BYTES)) return
    const rows = new Map(rowsIn(this.text(table)).map((row) => [keyOf(table, row), row]))
    const text = [...rows.values()].map((row) => `\n${JSON.stringify(row)}`).join("")
    if (size > GROWTH * text.length) writeFile(this.path(table), text)
    this.limits.set(table, Math.max(SMALL_BYTES, GROWTH * text.length))
  }

  private text(table: Table): string {
    try {
      return readFileSync(this.path(table), "utf8")
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return ""
      throw new CatalogueError(this.name, `${(error as Error).message}.`)
    }
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function rowsIn(text: string): Row[] {
  return text.split("\n").flatMap((line) => rowOf(line) ?? [])
}

/** Undefined for a line that was cut when the power went. */
export function rowOf(line: string): Row | undefined {
  try {
    const row = JSON.parse(line)
    return typeof row?.lab === "string" ? row : undefined
  } catch {
    return undefined
  }
}
