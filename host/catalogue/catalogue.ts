/** The tables, and by which of their columns a row is told from others of its lab. */
export const TABLES = {
  boards: "board",
  tests: "test",
  cells: "cell",
  actions: "id",
} as const

export type Table = keyof typeof TABLES
/** By name, in SI units that the names tell; what is not known is null. */
export type Row = { lab: string; [column: string]: unknown }
/** Rows that have these values. */
export type Where = Readonly<Record<string, string | number>>

/**
 * What several hosts and people share of a lab: which boards and cells there are, what is tested by whom, who told
 * what to stop and why. Measured data are not in it; it can be made again from the hosts' stores, but for actions.
 */
export interface Catalogue {
  /** For messages. */
  readonly name: string
  /** Adds a row, or replaces the one with its key. @throws CatalogueError when it cannot be kept now */
  put(table: Table, row: Row): Promise<void>
  /** Rows in the order of their keys; of actions, as they came. @throws CatalogueError */
  rows(table: Table, where?: Where): Promise<Row[]>
  close(): Promise<void>
}

/** Within its table. */
export function keyOf(table: Table, row: Row): string {
  return JSON.stringify([row.lab, row[TABLES[table]]])
}
