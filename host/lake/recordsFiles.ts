import { ParquetFile } from "../formats/parquetFile"
import type { Records } from "../records"
import { type Bucket, LakeError } from "./bucket"
import { daysOf } from "./days"
import { type Day, dayKey, type TestPlace } from "./places"
import { DAY_COLUMNS, endsApart, monthColumns } from "./recordColumns"

/**
 * Writes files of records of one test, one after the other as the test went on, each there whole or not at all.
 * @param keyOf the file of a day: days of one file follow one another
 * @param wanted keys of the files to write; records of others are passed over
 * @throws LakeError when the dataset cannot be written
 */
export async function writeRecords(
  place: TestPlace,
  records: Iterable<Records>,
  keyOf: (day: Day) => string,
  wanted: ReadonlySet<string>,
  bucket: Bucket,
  signal?: AbortSignal,
): Promise<void> {
  let open: { key: string; file: ParquetFile; draft: string } | undefined
  let today: Day
  const close = async () => {
    if (open === undefined) return
    const { key, file, draft } = open
    const whole = `${draft}.whole`
    await file.finish(whole)
    open = undefined
    await bucket.putDraft(key, whole)
  }
  try {
    for (const days of daysOf(records)) {
      signal?.throwIfAborted()
      const key = keyOf(days.day)
      if (open !== undefined && open.key !== key) await close()
      if (!wanted.has(key)) continue
      today = days.day
      if (open === undefined) {
        const columns = key === dayKey(place, today) ? DAY_COLUMNS : monthColumns(() => today)
        const draft = bucket.draft()
        open = { key, draft, file: new ParquetFile(draft, columns, () => ({ ...place })) }
      }
      for (const { rows } of endsApart(days)) await open.file.add(rows)
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
