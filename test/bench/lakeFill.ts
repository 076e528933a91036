// Fills a dataset with tests of plain formulas, by what `coincell publish` does.
import { linkSync, mkdirSync } from "node:fs"
import { dirname } from "node:path"
import { FolderBucket } from "../../host/lake/folderBucket"
import { cyclesKey, type TestPlace, testKey } from "../../host/lake/places"
import { publishTest } from "../../host/lake/publishTest"
import { type TestRow, recordsKeys, rowOf } from "../../host/lake/testRow"
import { aboutTest, scaleTest } from "./lakeTests"

const LAB = "bench"

export interface Fill {
  tests: number
  /** Of each test. */
  records: number
  /** So many tests have the same files, by hard links: they save disk and time, and queries read each of them. */
  names: number
}

/** Writes what is not there yet of every `parts`th group of tests that share files. */
export async function fillLake(
  folder: string,
  { tests, records, names }: Fill,
  part = 0,
  parts = 1,
): Promise<void> {
  const bucket = new FolderBucket(folder)
  for (let first = part * names; first < tests; first += parts * names) {
    const last = Math.min(tests, first + names) - 1
    if ((await rowOf(placeOf(last), bucket)) !== undefined) continue
    await publishTest(LAB, scaleTest(first, records), bucket)
    const row = await rowOf(placeOf(first), bucket)
    if (row === undefined) throw new Error(`Test ${first} was not published.`)
    for (let number = first + 1; number <= last; number++) await name(bucket, first, number, row)
  }
}

/** Gives a test's files to another one, too; only the metadata within them still tell the first one's name. */
async function name(bucket: FolderBucket, first: number, number: number, row: TestRow) {
  const from = placeOf(first)
  const to = placeOf(number)
  const keys = [...recordsKeys(from, row), cyclesKey(from)]
  const named = [...recordsKeys(to, row), cyclesKey(to)]
  for (const [i, key] of keys.entries()) {
    const path = bucket.pathOf(named[i])
    mkdirSync(dirname(path), { recursive: true })
    linkSync(bucket.pathOf(key), path)
  }
  const { id, board, boardName, channel } = aboutTest(number)
  const source = { ...(row.source as object), id, board, board_name: boardName, channel }
  await bucket.put(testKey(to), Buffer.from(`${JSON.stringify({ ...row, source })}\n`))
}

function placeOf(number: number): TestPlace {
  const { board, channel, id } = aboutTest(number)
  return { lab: LAB, board, channel, test: id }
}
