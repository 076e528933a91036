import type { Ngspice } from "./ngspice"

/** One figure, in the unit that people read it in. */
export interface Row {
  what: string
  value: number
  unit: string
  digits: number
  /** What it must reach; absent where it is only told. */
  least?: number
  most?: number
}

/** A question to the circuit, and its answers. */
export interface Study {
  title: string
  about: string
  run(spice: Ngspice): Promise<Row[]>
}

export function holds(row: Row): boolean {
  return row.value >= (row.least ?? -Infinity) && row.value <= (row.most ?? Infinity)
}

/** As a section of RESULTS.md. */
export function sectionOf(study: Study, rows: readonly Row[]): string {
  const lines = rows.map((row) => `| ${row.what} | ${figureOf(row)} | ${barOf(row)} |`)
  return `## ${study.title}\n\n${study.about}\n\n| | | must be |\n| --- | --- | --- |\n${lines.join("\n")}\n`
}

export function figureOf(row: Row): string {
  return `${row.value.toFixed(row.digits).replace("-", "−")} ${row.unit}`.trim()
}

function barOf(row: Row): string {
  const bars: string[] = []
  if (row.least !== undefined) bars.push(`≥ ${row.least}`)
  if (row.most !== undefined) bars.push(`≤ ${row.most}`)
  return bars.join(", ").replaceAll("-", "−")
}

export function leastOf<T>(items: readonly T[], key: (item: T) => number): T {
  return items.reduce((least, item) => (key(item) < key(least) ? item : least))
}
