import { decodePage, type LogRecord } from "../../host/log/decodePage"
import { PAGE_BYTES } from "../../host/log/page"
import { pagesOf } from "../../host/log/pages"

/** One test as its records tell it. */
export interface FoundTest {
  channel: number
  test: number
  boot: number
  records: LogRecord[]
}

/** What a log tells, read page by page. */
export interface Found {
  /** Each record in words, by `channel test boot`, in order. */
  records: Map<string, string[]>
  tests: FoundTest[]
}

const BOARD_CHANNEL = 15

/**
 * @param flash all of it
 * @param first the sequence number from which on it is read, so many pages
 * @throws Error when a page is lost or there twice, LogError when it is not to be understood
 */
export function found(flash: Uint8Array, first: number, count: number): Found {
  const ring = flash.length / PAGE_BYTES
  const log = new Uint8Array(count * PAGE_BYTES)
  for (let i = 0; i < count; i++) {
    const at = ((first + i) % ring) * PAGE_BYTES
    log.set(flash.subarray(at, at + PAGE_BYTES), i * PAGE_BYTES)
  }
  const { pages, lost, duplicates } = pagesOf(log)
  if (lost > 0 || duplicates > 0)
    throw new Error(`${lost} pages are missing, ${duplicates} there twice`)
  const records = new Map<string, string[]>()
  const tests: FoundTest[] = []
  const current = new Map<number, FoundTest>()
  for (const { sequence, channel, test, boot, beginsTest, bytes } of pages) {
    // What the ring held before.
    if (sequence < first) continue
    const key = `${channel} ${test} ${boot}`
    const list = records.get(key) ?? []
    records.set(key, list)
    const page = decodePage(bytes)
    for (const record of page.records) list.push(JSON.stringify(record))
    if (channel === BOARD_CHANNEL) continue
    let one = current.get(channel)
    if (one === undefined || beginsTest || one.test !== test) {
      one = { channel, test, boot, records: [] }
      current.set(channel, one)
      tests.push(one)
    }
    one.records.push(...page.records)
  }
  return { records, tests }
}
