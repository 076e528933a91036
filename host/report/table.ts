import type { CycleRow } from "../analysis/cycles"

/** The cycles of one cell, as `cycleTable` gives them. */
export interface CellCycles {
  name: string
  rows: CycleRow[]
}

interface Column {
  /** Quantity, half or unit, unit. */
  head: [string, string, string]
  cell: (row: CycleRow) => string
}

const ABSENT = "–"

/**
 * Groups of columns. Charges keep five digits, as the board's integral deserves; noise of 20 µV
 * averages out over a plateau, so hundredths of a millivolt still mean something.
 */
const GROUPS: Column[][] = [
  [{ head: ["", "", "cycle"], cell: (row) => `${row.cycle}${row.complete ? " " : "*"}` }],
  [
    { head: ["plated", "", "mAh"], cell: (row) => digits(row.plating?.charge_mAh) },
    { head: ["", "mAh", "cm⁻²"], cell: (row) => digits(row.plating?.arealCapacity_mAh_per_cm2) },
  ],
  [
    { head: ["stripped", "", "mAh"], cell: (row) => digits(row.stripping?.charge_mAh) },
    { head: ["", "mAh", "cm⁻²"], cell: (row) => digits(row.stripping?.arealCapacity_mAh_per_cm2) },
  ],
  [
    { head: ["η", "plate", "mV"], cell: (row) => mV(row.plating?.overpotential_V) },
    { head: ["", "strip", "mV"], cell: (row) => mV(row.stripping?.overpotential_V) },
    { head: ["2η", "", "mV"], cell: (row) => mV(row.hysteresis_V) },
  ],
  [
    { head: ["nucl.", "plate", "mV"], cell: (row) => mV(row.plating?.nucleation?.overpotential_V) },
    { head: ["", "strip", "mV"], cell: (row) => mV(row.stripping?.nucleation?.overpotential_V) },
  ],
  [{ head: ["tip", "plate", "mV"], cell: (row) => mV(row.plating?.nucleation?.tip_V) }],
  [
    { head: ["end", "plate", "mV"], cell: (row) => mV(row.plating?.end_V) },
    { head: ["", "strip", "mV"], cell: (row) => mV(row.stripping?.end_V) },
  ],
  [{ head: ["time", "", "h"], cell: (row) => fixed(row.duration_s / 3600, 3) }],
]
const COLUMNS = GROUPS.flat()
/** What stands before each column: more between groups than within. */
const GAPS = GROUPS.flatMap((group, g) => group.map((_, c) => (c > 0 ? " " : g > 0 ? "  " : "")))

const LEGEND = [
  "η: mean |V| over the middle half of a half-cycle; 2η = V̄₊ − V̄₋.",
  "nucl.: nucleation overpotential |V_tip| − |V_plateau|; tip: |V_tip|. –: the records do not tell.",
]

/**
 * A plain-text table of the cycles of several cells: one block per cell, the columns aligned
 * across all of them. An incomplete cycle carries an asterisk.
 */
export function formatCycleTable(cells: CellCycles[]): string {
  const heads = [0, 1, 2].map((line) => COLUMNS.map((column) => column.head[line]))
  const blocks = cells.map(({ name, rows }) => ({
    name,
    lines: rows.map((row) => COLUMNS.map((column) => column.cell(row))),
  }))
  const all = [...heads, ...blocks.flatMap((block) => block.lines)]
  const widths = COLUMNS.map((_, i) => Math.max(...all.map((line) => line[i].length)))
  const align = (line: string[]) =>
    line
      .map((text, i) => GAPS[i] + text.padStart(widths[i]))
      .join("")
      .trimEnd()

  const rule = "─".repeat(widths.reduce((sum, width, i) => sum + width + GAPS[i].length, 0))
  const isIncomplete = cells.some(({ rows }) => rows.some((row) => !row.complete))
  return [
    ...heads.map(align),
    ...blocks.flatMap(({ name, lines }) => [rule, name, ...lines.map(align)]),
    rule,
    ...LEGEND,
    ...(isIncomplete ? ["*: the cycle is incomplete."] : []),
    "",
  ].join("\n")
}

function digits(value: number | undefined): string {
  return value === undefined ? ABSENT : value.toPrecision(5)
}

function fixed(value: number | undefined, places: number): string {
  return value === undefined ? ABSENT : value.toFixed(places).replace("-", "−")
}

function mV(value_V: number | undefined): string {
  return fixed(value_V === undefined ? undefined : value_V * 1000, 2)
}
