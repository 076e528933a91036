import { setImmediate } from "node:timers/promises"
import { type ExportedTest, metadataOf } from "../formats/exportedTest"
import type { Bucket } from "./bucket"
import { cyclesFile } from "./cyclesFile"
import { daysOf } from "./days"
import { cyclesKey, daysPrefix, monthOf, monthsPrefix, type TestPlace, testKey } from "./places"
import { writeRecords } from "./recordsFiles"
import { type PublishedDay, recordsKey, recordsKeys, rowOf, type TestRow } from "./testRow"

/** A test that goes into a dataset. */
export interface LakeTest extends ExportedTest {
  /** No record will come any more: it ended, or another test is on its channel. */
  readonly isOver: boolean
  /** Another one when more of it may be closed, or pages were fetched again: the same means nothing is new. */
  readonly mark: string
}

export interface Published {
  /** Days that are new, and the records in them. */
  days: number
  records: number
}

/**
 * Brings into the dataset what of a test is closed: days that a later record ended, and the last one of a test that
 * is over. The days of a month that is over become one file, for which the log is read again, and theirs go. What is
 * written stays, unless pages that were damaged have come since; a publishing that was killed goes on where it stood.
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
  if (before?.mark === test.mark && before.is_over === test.isOver && before.is_tidy)
    return { days: 0, records: 0 }
  const content = await closedOf(test, signal)
  const fresh = content.days.filter(
    ({ day, records }) => !before?.days.some((one) => one.day === day && one.records === records),
  )
  const there = new Set(before && recordsKeys(place, before))
  const wanted = new Set(recordsKeys(place, content).filter((key) => !there.has(key)))
  for (const { day } of fresh) wanted.add(recordsKey(place, content, day))
  if (wanted.size > 0) {
    const keyOf = (day: string | undefined) => recordsKey(place, content, day ?? null)
    await writeRecords(place, test.records, keyOf, wanted, bucket, signal)
  }
  // A running test's cycles come with its days.
  if (wanted.size > 0 || test.isOver) await bucket.put(cyclesKey(place), cyclesFile(test.records))
  const row = { ...metadataOf(test), ...content, is_over: test.isOver, mark: test.mark }
  await putRow(place, row, bucket)
  return {
    days: fresh.length,
    records: fresh.reduce((sum, { records }) => sum + records, 0),
  }
}

/** Last: what the row lists is there. What it no longer lists goes then, and no reader of rows misses it. */
async function putRow(
  place: TestPlace,
  about: Omit<TestRow, "format" | "is_tidy">,
  bucket: Bucket,
): Promise<void> {
  const put = (is_tidy: boolean) => {
    const row = { format: 2, ...about, is_tidy }
    return bucket.put(testKey(place), Buffer.from(`${JSON.stringify(row)}\n`))
  }
  const { days, months } = about as TestRow
  const listed = new Set(recordsKeys(place, { days, months }))
  const there = [
    ...(await bucket.keys(daysPrefix(place))),
    ...(await bucket.keys(monthsPrefix(place))),
  ]
  const spare = there.filter((key) => !listed.has(key))
  if (spare.length > 0) await put(false)
  for (const key of spare) await bucket.remove(key)
  await put(true)
}

/** What of a test is closed, counted without writing anything: days, and the months of which no day is to come. */
async function closedOf(
  test: LakeTest,
  signal?: AbortSignal,
): Promise<Pick<TestRow, "days" | "months">> {
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
  const open = test.isOver ? undefined : days.pop()
  const months = new Set(days.map(monthOfDay))
  if (open !== undefined) months.delete(monthOfDay(open))
  return { days, months: [...months] }
}

function monthOfDay({ day }: PublishedDay): string | null {
  return monthOf(day ?? undefined) ?? null
}
