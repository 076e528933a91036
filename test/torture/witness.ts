import { decodePage } from "../../host/log/decodePage"
import { pagesOf } from "../../host/log/pages"
import { decodeTests } from "../../host/log/read"
import type { LoggedTest } from "../../host/log/read"
import type { Memories } from "./life"

/** What a log tells, read as a host reads it. */
export interface Found {
  /** Each record in words, by `channel test boot`, in order. */
  records: Map<string, string[]>
  tests: LoggedTest[]
}

/** @throws LogError when a page is lost, there twice, or not to be understood */
export function found({ flash }: Memories): Found {
  const tests = decodeTests(flash)
  const records = new Map<string, string[]>()
  for (const { channel, test, boot, bytes } of pagesOf(flash).pages) {
    const key = `${channel} ${test} ${boot}`
    const list = records.get(key) ?? []
    records.set(key, list)
    for (const record of decodePage(bytes).records) list.push(JSON.stringify(record))
  }
  return { records, tests }
}
