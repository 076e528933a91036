import { DATASET_COLUMNS } from "../formats/plainColumns"
import type { Quantity } from "../formats/quantities"
import type { Column } from "../formats/tableFile"
import type { Rows } from "../formats/totals"
import { type DayRows, part } from "./days"
import type { Day } from "./places"

/** The columns of `records.parquet` in the folder of a day, which tells the day. */
export const DAY_COLUMNS: readonly Column[] = [
  ...DATASET_COLUMNS,
  flag("is_first_of_step", ({ length, hasFirst }) => length === 1 && hasFirst),
  flag("is_last_of_step", ({ length, hasLast }) => length === 1 && hasLast),
]

/** The same for the folder of a month, with the day as a column. @param day of the rows that are being written */
export function monthColumns(day: () => Day): readonly Column[] {
  const of = () => {
    const date = day()
    return date === undefined ? undefined : Date.parse(date) / 86_400_000
  }
  return [...DAY_COLUMNS, { head: "day", quantity: { kind: "date", places: 0, of } }]
}

/** Rows so that the first and the last record of a step stand alone: what holds of them holds of no other. */
export function* endsApart({ day, rows }: DayRows): Generator<DayRows> {
  const { length, hasFirst, hasLast } = rows.records
  const first = hasFirst && length > 1 ? 1 : 0
  const last = hasLast && length > 1 ? length - 1 : length
  if (first > 0) yield { day, rows: part(rows, 0, first) }
  if (first < last) yield { day, rows: part(rows, first, last) }
  if (last < length) yield { day, rows: part(rows, last, length) }
}

function flag(head: string, of: (records: Rows["records"]) => boolean): Column {
  const quantity: Quantity = { kind: "flag", places: 0, of: ({ records }) => of(records) }
  return { head, quantity }
}
