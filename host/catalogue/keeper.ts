import type { Catalogue, Row, Table } from "./catalogue"
import { keyOf } from "./catalogue"

/** Puts rows into a catalogue that are new or others than before, and no others. */
export class Keeper {
  /** What is there, by table and key. */
  private readonly kept = new Map<string, string>()

  constructor(private readonly catalogue: Catalogue) {}

  /** @throws CatalogueError; what was not kept is tried again the next time */
  async keep(rows: Iterable<{ table: Table; row: Row }>): Promise<void> {
    for (const { table, row } of rows) {
      const key = `${table} ${keyOf(table, row)}`
      const text = JSON.stringify(row)
      if (this.kept.get(key) === text) continue
      await this.catalogue.put(table, row)
      this.kept.set(key, text)
    }
  }
}
