import { type CellType, MENDS } from "../../cell"
import { alignedTable, type TextBlock } from "../alignedTable"
import { elide } from "../elide"
import { endText, remarks } from "../remarks"
import { type CycleResult, cell } from "./column"
import type { CycleReport, Missing } from "./cycleReport"

/** A test's report under the name that a reader knows it by. */
export interface NamedReport {
  name: string
  report: CycleReport
}

const LEGENDS: Record<CellType | "none", string[]> = {
  "Li||Li": [
    "η: mean |V| over the middle half of a half-cycle; 2η = V̄₊ − V̄₋.",
    "nucl.: nucleation overpotential |V_tip| − |V_plateau|; tip: |V_tip|. –: the records do not tell.",
  ],
  "Li||Cu": [
    "CE: stripped ÷ plated charge of the cycle; it means something only where stripping ends at a cutoff.",
    "η: mean |V| over the middle half of a half-cycle. nucl.: nucleation overpotential |V_tip| − |V_plateau|;",
    "tip: |V_tip|. –: the records do not tell.",
  ],
  half: chargeLegend(),
  full: chargeLegend(),
  none: [
    "charge, discharge: by positive and by negative current. mean V: energy ÷ charge. –: the records do not tell.",
  ],
}

function chargeLegend(): string[] {
  return [
    "CE: discharge ÷ charge of the same cycle. ret.: discharge capacity ÷ that of the cycle named below.",
    "mean V: energy ÷ charge. –: the records do not tell.",
  ]
}

const MOST_LISTED = 12

const NEEDS: Record<Missing, string> = {
  type: `Columns that suit the cell need its ${MENDS.type}`,
  positive_terminal:
    "Efficiency needs positive_terminal, working or counter: it tells which current plates",
  area_cm2: `mAh cm⁻² needs ${MENDS.area_cm2}`,
  active_mass_mg: `mAh g⁻¹ needs ${MENDS.active_mass_mg}`,
}

/**
 * Reports of several tests as text: one table for tests that are told of in the same columns and follow each
 * other, then what is to be known of each besides.
 * @param isWhole long tables are not cut short
 */
export function reportsText(reports: readonly NamedReport[], isWhole = false): string {
  const tables = together(reports).map((group) => tableText(group, isWhole).join("\n"))
  const notes = reports.map(({ name, report }) => [name, ...notesOf(report).map(indent)].join("\n"))
  return `${[...tables, ...notes].join("\n\n")}\n`
}

/** One table of tests whose columns are the same, and its legend. */
export function tableText(group: readonly NamedReport[], isWhole = false): string[] {
  const [{ report }] = group
  const columns = [{ head: ["", "", "cycle"] }, ...report.columns]
  let every = 1
  const blocks = group.map(({ name, report }): TextBlock => {
    const shown = isWhole ? { rows: report.results, every: 1 } : elide(report.results)
    every = Math.max(every, shown.every)
    return { title: name, rows: shown.rows.map((row) => cells(row, report)) }
  })
  const all = group.flatMap(({ report }) => report.results)
  return [
    ...alignedTable(columns, blocks),
    ...legend(report),
    ...(all.some(({ row }) => !row.complete) ? ["*: the cycle is incomplete."] : []),
    ...(all.some(({ efficiency }) => efficiency?.isAbove100)
      ? ["!: above 100 %: a short, a side reaction, or lithium from an earlier cycle."]
      : []),
    ...(every > 1
      ? [`Between the first and the last ten only some cycles are shown: --all shows all.`]
      : []),
  ]
}

function legend({ type, missing }: CycleReport): string[] {
  return LEGENDS[type === undefined || missing.includes("positive_terminal") ? "none" : type]
}

/** What is to be known of one test besides its table. */
export function notesOf(report: CycleReport): string[] {
  return [
    ...notesOnCycles(report),
    ...remarks(report.about, report.count, report.overwritten),
    endText(report.about),
  ]
}

/** What is to be known of the table's numbers alone. */
export function notesOnCycles(report: CycleReport): string[] {
  return [
    ...missingText(report),
    ...wayText(report),
    ...efficiencyText(report),
    ...(report.reference === undefined
      ? []
      : [`Retention: of cycle ${report.reference}'s discharge capacity.`]),
  ]
}

function cells(result: CycleResult, { columns, by }: CycleReport): string[] {
  const { cycle, row } = result
  return [`${cycle}${row.complete ? " " : "*"}`, ...columns.map((one) => cell(one, result, by))]
}

function missingText({ missing }: CycleReport): string[] {
  return missing.map((key) => `${NEEDS[key]}, in its cell.yaml.`)
}

function wayText({ platingSign }: CycleReport): string[] {
  return platingSign === -1
    ? ["The working electrode is at the positive terminal: negative current plates."]
    : []
}

function efficiencyText({ efficiency, columns, results, type }: CycleReport): string[] {
  if (!columns.some(({ key }) => key === "coulombicEfficiency") || results.length === 0) return []
  if (efficiency === undefined)
    return ["No mean Coulombic efficiency: not every cycle of those shown has one."]
  const { from, to, mean, ratioOfSums, above100 } = efficiency
  const [out, into] = type === "Li||Cu" ? ["stripped", "plated"] : ["discharged", "charged"]
  const window = from === to ? `cycle ${from}` : `cycles ${from}–${to}`
  return [
    `Coulombic efficiency of ${window}: mean ${(100 * mean).toFixed(3)} %; Σ ${out} ÷ Σ ${into} ` +
      `${(100 * ratioOfSums).toFixed(3)} %.`,
    ...(above100.length > 0
      ? [`Above 100 %, and counted as they are: cycle ${listed(above100)}.`]
      : []),
  ]
}

/** Numbers, of which a line has room for some. */
function listed(numbers: readonly number[]): string {
  const rest = numbers.length - MOST_LISTED
  const shown = numbers.slice(0, MOST_LISTED).join(", ")
  return rest > 0 ? `${shown} and ${rest} more` : shown
}

/** Neighbours with the same columns. */
function together(reports: readonly NamedReport[]): NamedReport[][] {
  const groups: NamedReport[][] = []
  const keys = ({ report }: NamedReport) =>
    [legend(report), ...report.columns.map(({ key }) => key)].join()
  for (const one of reports) {
    const last = groups.at(-1)
    if (last !== undefined && keys(last[0]) === keys(one)) last.push(one)
    else groups.push([one])
  }
  return groups
}

function indent(line: string): string {
  return `  ${line}`
}
