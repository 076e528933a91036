import { statSync } from "node:fs"
import { setImmediate } from "node:timers/promises"
import { exportedTest } from "../commands/export"
import { TesterError } from "../errors"
import type { BoardLog } from "../store/boardLog"
import { repairsPath } from "../store/repairs"
import type { Store } from "../store/store"
import type { StoredTest } from "../store/storedTest"
import { type Bucket, LakeError } from "./bucket"
import { type LakeTest, type Published, publishTest } from "./publishTest"

export interface PublishOptions {
  signal?: AbortSignal
  /** Hears of each test of which something was written. */
  onPublished?: (test: string, published: Published) => void
  /** Hears of tests that cannot be published, such as one whose `cell.yaml` is broken: the others are. */
  onProblem?: (test: string, error: TesterError) => void
}

/**
 * Brings into a dataset what is closed of all tests of a store. Several hosts may do so into one.
 * @throws LakeError when the dataset cannot be used
 */
export async function publishStore(
  lab: string,
  store: Store,
  bucket: Bucket,
  options: PublishOptions = {},
): Promise<Published> {
  const sum: Published = { days: 0, records: 0 }
  for (const log of store.boards())
    for (const test of log.tests()) {
      if (test.run === undefined) continue
      // Boards are looked at meanwhile.
      await setImmediate()
      try {
        const published = await publishTest(lab, lakeTest(test, log), bucket, options.signal)
        sum.days += published.days
        sum.records += published.records
        if (published.days > 0) options.onPublished?.(test.id, published)
      } catch (error) {
        if (!(error instanceof TesterError) || error instanceof LakeError) throw error
        options.onProblem?.(test.id, error)
      }
    }
  return sum
}

function lakeTest(test: StoredTest, log: BoardLog): LakeTest {
  const { last, ...summary } = test.summary()
  const isOver = summary.isOver || isFollowed(test, log)
  // Of a running test more is closed only when a day is: it is not read through for each page.
  const extent = isOver ? `${test.run?.pages} pages` : `to ${dayOf(last?.unixTime_s)}`
  return {
    ...exportedTest(test),
    isOver,
    mark: `${extent}, ${repairsOf(test, log)} repaired bytes`,
  }
}

function dayOf(unix_s: number | undefined): string {
  return unix_s === undefined ? "no day" : new Date(unix_s * 1000).toISOString().slice(0, 10)
}

function repairsOf({ run }: StoredTest, log: BoardLog): number {
  if (run === undefined) return 0
  return statSync(repairsPath(log.logFolder(run.log)), { throwIfNoEntry: false })?.size ?? 0
}

/** Another test has been on its channel since: its end is among the pages that nobody fetched in time. */
function isFollowed({ run, channel }: StoredTest, log: BoardLog): boolean {
  return log
    .runs()
    .some(
      (other) =>
        run !== undefined &&
        other.channel === channel &&
        (other.log > run.log || (other.log === run.log && other.first > run.first)),
    )
}
