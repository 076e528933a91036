import { TesterError } from "../errors"
import type { Bucket } from "./bucket"
import { dayKey, monthKey, monthOf, type TestPlace, testKey } from "./places"

/** How many records a day of a test has. */
export interface PublishedDay {
  day: string | null
  records: number
}

/** `test.json`: what is known of a test, and what of it is in the dataset. It says which files count. */
export interface TestRow {
  format: 2
  /** Days that are over, in order; of each, all records that are stored. */
  days: PublishedDay[]
  /** Those of their months whose days are joined into one file, in order. */
  months: (string | null)[]
  /** False while files of joined days may still lie beside the joined ones. */
  is_tidy: boolean
  is_over: boolean
  mark: string
  [metadata: string]: unknown
}

/** @throws TesterError when the row was written by a later program */
export async function rowOf(place: TestPlace, bucket: Bucket): Promise<TestRow | undefined> {
  const key = testKey(place)
  const bytes = await bucket.read(key)
  return bytes === undefined ? undefined : parseRow(bytes, `${bucket.name}/${key}`)
}

/** @param name of the file, for people @throws TesterError when it was written by a later program */
export function parseRow(bytes: Uint8Array, name: string): TestRow {
  const row = JSON.parse(Buffer.from(bytes).toString())
  if (row.format === 2) return row
  // Before months were joined.
  if (row.format === 1) return { ...row, format: 2, months: [], is_tidy: false }
  throw new TesterError(
    `${name} is in another format, ${row.format}: is this program too old for that dataset?`,
  )
}

/** In which file the records of a day are. */
export function recordsKey(
  place: TestPlace,
  { months }: { months?: readonly (string | null)[] },
  day: string | null,
): string {
  const month = monthOf(day ?? undefined)
  return months?.includes(month ?? null) ? monthKey(place, month) : dayKey(place, day ?? undefined)
}

/** The files that have the records of a test: each record is in one of them, once. */
export function recordsKeys(
  place: TestPlace,
  row: Pick<TestRow, "days"> & { months?: TestRow["months"] },
): string[] {
  return [...new Set(row.days.map(({ day }) => recordsKey(place, row, day)))]
}
