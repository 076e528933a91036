import { setImmediate } from "node:timers/promises"
import { TesterError } from "../errors"
import { type ExportedTest, metadataOf } from "../formats/exportedTest"
import { ParquetFile } from "../formats/parquetFile"
import { DATASET_COLUMNS } from "../formats/plainColumns"
import { type Bucket, LakeError } from "./bucket"
import { cyclesFile } from "./cyclesFile"
import { daysOf } from "./days"
import { cyclesKey, type Day, recordsKey, type TestPlace, testKey } from "./places"

/** A test that goes into a dataset. */
export interface LakeTest extends ExportedTest {
  /** No record will come any more: it ended, or another test is on its channel. */
  readonly isOver: boolean
  /** Another one when more of it may be closed, or pages were fetched again: the same means nothing is new. */
  readonly mark: string
}

/** How many records a day of a test has. */
export interface PublishedDay {
  day: string | null
  records: number
}

/** `test.json`: what is known of a test, and what of it is in the dataset. */
export interface TestRow {
  format: 1
  /** Days that are over, in order; of each, all records that are stored. */
  days: PublishedDay[]
  is_over: boolean
  mark: string
  [metadata: string]: unknown
}

export interface Published {
  /** Days that were written, and the records in them. */
  days: number
  records: number
}

/**
 * Brings into the dataset what of a test is closed: days that a later record ended, and the last one of a test that
 * is over. A day is written once, and again only when pages that were damaged have come since. What is there
 * already stays as it is, and a publishing that was killed goes on where it stood.
 * @throws LakeError when the dataset cannot be used
 */
export async function publishTest(
  lab: string,
  test: LakeTest,
  bucket: Bucket,
  signal?: AbortSignal,
): Promise<Published> {
  const place: TestPlace = { lab, board: test.board, channel: test.channel, test: test.id }
  const before = await rowOf(place, bucket)
  if (before?.mark === test.mark && before.is_over === test.isOver) return { days: 0, records: 0 }
  const days = await closedDays(test, signal)
  const isNew = ({ day, records }: PublishedDay) =>
    !before?.days.some((one) => one.day === day && one.records === records)
  const missing = new Set(days.filter(isNew).map(({ day }) => day ?? undefined))
  if (missing.size > 0) await writeDays(place, test, missing, bucket, signal)
  // A running test's cycles come with its days.
  if (missing.size > 0 || test.isOver) await bucket.put(cyclesKey(place), cyclesFile(test.records))
  // Last: what it lists is there.
  const row: TestRow = {
    format: 1,
    ...metadataOf(test),
    days,
    is_over: test.isOver,
    mark: test.mark,
  }
  await bucket.put(testKey(place), Buffer.from(`${JSON.stringify(row)}\n`))
  const written = days.filter(({ day }) => missing.has(day ?? undefined))
  return {
    days: written.length,
    records: written.reduce((sum, { records }) => sum + records, 0),
  }
}

async function rowOf(place: TestPlace, bucket: Bucket): Promise<TestRow | undefined> {
  const bytes = await bucket.read(testKey(place))
  if (bytes === undefined) return undefined
  const row = JSON.parse(Buffer.from(bytes).toString()) as TestRow
  if (row.format === 1) return row
  throw new TesterError(
    `${bucket.name} has ${testKey(place)} in another format, ${row.format}: is this program too old for that dataset?`,
  )
}

/** Records a day that is closed, counted without writing anything. */
async function closedDays(test: LakeTest, signal?: AbortSignal): Promise<PublishedDay[]> {
  const days: PublishedDay[] = []
  for (const { day = null, rows } of daysOf(test.records)) {
    const last = days.at(-1)
    if (last?.day === day) last.records += rows.records.length
    else {
      days.push({ day, records: rows.records.length })
      await setImmediate()
      signal?.throwIfAborted()
    }
  }
  if (!test.isOver) days.pop()
  return days
}

async function writeDays(
  place: TestPlace,
  test: LakeTest,
  wanted: ReadonlySet<Day>,
  bucket: Bucket,
  signal?: AbortSignal,
): Promise<void> {
  let open: { day: Day; file: ParquetFile; draft: string } | undefined
  const close = async () => {
    if (open === undefined) return
    const { day, file, draft } = open
    const whole = `${draft}.whole`
    await file.finish(whole)
    open = undefined
    await bucket.putDraft(recordsKey(place, day), whole)
  }
  try {
    for (const { day, rows } of daysOf(test.records)) {
      signal?.throwIfAborted()
      if (open !== undefined && open.day !== day) await close()
      if (!wanted.has(day)) continue
      if (open === undefined) {
        const draft = bucket.draft()
        open = { day, draft, file: new ParquetFile(draft, DATASET_COLUMNS, () => ({ ...place })) }
      }
      await open.file.add(rows)
    }
    await close()
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (code === undefined || syscall === undefined || error instanceof LakeError) throw error
    throw new LakeError(
      `No file can be made for ${bucket.name}: ${(error as Error).message}. Make room or rights there. The tests' own ` +
        "data are safe.",
    )
  } finally {
    open?.file.discard()
  }
}
