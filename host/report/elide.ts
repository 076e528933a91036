/** Rows that a table prints, and what it leaves out. */
export interface Elided<Row> {
  rows: Row[]
  /** Between the first and the last ones only every so many-th cycle is shown; 1: all are. */
  every: number
}

/** Tables up to this length are printed whole. */
const WHOLE = 40
/** So many of the first and of the last ones are always shown. */
const ENDS = 10

/**
 * A long table's first and last rows, and between them the cycles whose number a round number divides.
 * Few enough to be read at a glance, and always the same ones, so that two tables compare.
 */
export function elide<Row extends { cycle: number }>(rows: readonly Row[]): Elided<Row> {
  if (rows.length <= WHOLE) return { rows: [...rows], every: 1 }
  const middle = rows.slice(ENDS, -ENDS)
  const every = roundUp(middle.length / (WHOLE - 2 * ENDS))
  const kept = middle.filter(({ cycle }) => cycle % every === 0)
  return { rows: [...rows.slice(0, ENDS), ...kept, ...rows.slice(-ENDS)], every }
}

/** The next of 1, 2, 5, 10, 20, 50 … */
function roundUp(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 5].find((step) => step * decade >= value) ?? 10) * decade
}
