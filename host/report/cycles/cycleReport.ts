import {
  type CycleEfficiency,
  dischargeOverCharge,
  efficiencyOver,
  strippedOverPlated,
  type WindowEfficiency,
} from "../../analysis/coulombicEfficiency"
import { type CycleRow, cycleRows } from "../../analysis/cycles"
import { type Cell, type CellType, platingSign } from "../../cell"
import type { TestAbout } from "../../log/testAbout"
import type { Records } from "../../records"
import type { PageRange, RecordCount } from "../remarks"
import { FULL_COLUMNS, PLAIN_COLUMNS } from "./chargeDischarge"
import type { CycleColumn, CycleResult, Normalisers } from "./column"
import { COPPER_COLUMNS, SYMMETRIC_COLUMNS } from "./lithium"

/** First and last cycle, both counted. */
export interface CycleRange {
  from: number
  to: number
}

export interface CycleReportOptions {
  /** Which cycles to tell of; all unless given. */
  cycles?: CycleRange
  /** The cycle to which the others' capacity is compared; the first complete one unless given. */
  reference?: number
  overwritten?: readonly PageRange[]
}

/** What a test's records say, cycle by cycle, as its cell's type wants it. */
export interface CycleReport {
  type: CellType | undefined
  columns: CycleColumn[]
  /** Keys of the cell's file that would give more columns. */
  missing: Missing[]
  /** The sign of the current that plates; undefined for a cell that is charged and discharged. */
  platingSign: 1 | -1 | undefined
  by: Normalisers
  results: CycleResult[]
  /** Over the cycles told of, if each of them has an efficiency. */
  efficiency: WindowEfficiency | undefined
  /** The cycle that retention compares to; undefined when that is not complete, or nothing is compared. */
  reference: number | undefined
  count: RecordCount
  about: TestAbout
  /** Pages within the test that the board overwrote before any host fetched them. */
  overwritten: readonly PageRange[]
}

export type Missing = keyof Normalisers | "type" | "positive_terminal"

/** What a report must know of a cell. */
export type ReportedCell = Partial<
  Pick<Cell, "type" | "positive_terminal" | "area_cm2" | "active_mass_mg">
>

const COLUMNS: Record<CellType, readonly CycleColumn[]> = {
  "Li||Li": SYMMETRIC_COLUMNS,
  "Li||Cu": COPPER_COLUMNS,
  half: FULL_COLUMNS,
  full: FULL_COLUMNS,
}

/**
 * Works out all cycles of a test in a single pass over its records.
 * @param reader `about` is whole once its records were read, as a `TestReader`'s is
 */
export function cycleReport(
  reader: Iterable<Records> & { readonly about: TestAbout },
  cell: ReportedCell = {},
  options: CycleReportOptions = {},
): CycleReport {
  const { type, area_cm2, active_mass_mg } = cell
  const count = { all: 0, uncalibrated: 0 }
  const rows = [...cycleRows(counted(reader, count))]
  const { results: every, reference } = resultsOf(rows, cell, options.reference)
  const range = options.cycles ?? { from: 1, to: Number.POSITIVE_INFINITY }
  const results = every.filter(({ cycle }) => cycle >= range.from && cycle <= range.to)
  const by = { area_cm2, active_mass_mg }
  const columns = reportColumns(cell)
  const missing: Missing[] = [
    ...(type === undefined ? (["type"] as const) : []),
    ...(isWayUnknown(cell) ? (["positive_terminal"] as const) : []),
    ...columnsOf(cell).flatMap((one) => (columns.includes(one) ? [] : (one.needs ?? []))),
  ]
  return {
    type,
    columns,
    missing: [...new Set(missing)],
    platingSign: platingSign(cell),
    by,
    results,
    efficiency: windowOf(results),
    reference: reference?.cycle,
    count,
    about: reader.about,
    overwritten: options.overwritten ?? [],
  }
}

/** What there is to tell of each cycle, as the cell's type wants it. @param asked the cycle that others are compared to */
export function resultsOf(
  rows: CycleRow[],
  cell: ReportedCell,
  asked?: number,
): { results: CycleResult[]; reference: CycleRow | undefined } {
  const sign = platingSign(cell)
  const efficiencies = efficienciesOf(cell, rows)
  const reference = referenceOf(cell.type, rows, asked)
  const results = rows.map((row, i) => ({
    cycle: row.cycle,
    row: sign === -1 ? turned(row) : row,
    efficiency: efficiencies?.[i],
    retention: retention(row, reference),
  }))
  return { results, reference }
}

/** Numbers of a cycle that what is known of the cell allows. */
export function reportColumns(cell: ReportedCell): CycleColumn[] {
  return columnsOf(cell).filter(({ needs }) => needs === undefined || cell[needs] !== undefined)
}

function* counted(records: Iterable<Records>, count: RecordCount): Generator<Records> {
  for (const batch of records) {
    count.all += batch.length
    if (batch.isUncalibrated) count.uncalibrated += batch.length
    yield batch
  }
}

/** Lithium on copper, and nobody says which current plates it. */
function isWayUnknown(cell: ReportedCell): boolean {
  return cell.type === "Li||Cu" && platingSign(cell) === undefined
}

function columnsOf(cell: ReportedCell): readonly CycleColumn[] {
  return cell.type === undefined || isWayUnknown(cell) ? PLAIN_COLUMNS : COLUMNS[cell.type]
}

/** The row of a cell that negative current plates. */
function turned(row: CycleRow): CycleRow {
  return { ...row, plating: row.stripping, stripping: row.plating }
}

function efficienciesOf(cell: ReportedCell, rows: CycleRow[]): CycleEfficiency[] | undefined {
  switch (cell.type) {
    case "Li||Cu": {
      const sign = platingSign(cell)
      return sign && strippedOverPlated(rows, sign)
    }
    case "half":
    case "full":
      return dischargeOverCharge(rows)
    default:
      return undefined
  }
}

/** The row that capacities are compared to. */
function referenceOf(
  type: CellType | undefined,
  rows: CycleRow[],
  asked: number | undefined,
): CycleRow | undefined {
  if (type !== "half" && type !== "full") return undefined
  return rows.find(
    (row) => row.stripping !== undefined && row.isChargeKnown && (asked ?? row.cycle) === row.cycle,
  )
}

function retention(row: CycleRow, reference: CycleRow | undefined): number | undefined {
  if (reference === undefined || !row.isChargeKnown || row.stripping === undefined) return undefined
  return row.negative_mAh / reference.negative_mAh
}

/** Over all but the last ones that have no efficiency yet. */
function windowOf(results: CycleResult[]): WindowEfficiency | undefined {
  const efficiencies = results.flatMap(({ efficiency }) => efficiency ?? [])
  const last = efficiencies.filter((one) => one.efficiency !== undefined).at(-1)
  if (last === undefined) return undefined
  return efficiencyOver(efficiencies, efficiencies[0].cycle, last.cycle)
}
