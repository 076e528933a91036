// The per-cycle table of a long log from its raw pages, in a process that does nothing else.
import { openSync, readSync } from "node:fs"
import { BOARD_CHANNEL } from "../../firmware/core/logFormat"
import { cycleRows } from "../../host/analysis/cycles"
import { BoardClock } from "../../host/log/clock"
import { PAGE_BYTES } from "../../host/log/page"
import { TestReader } from "../../host/log/testReader"
import { CHANNEL, ENTRY_BYTES } from "./longLog"

const CHUNK_BYTES = 4096 * ENTRY_BYTES

function* pagesOf(path: string, channel: number): Generator<Uint8Array> {
  const file = openSync(path, "r")
  const chunk = Buffer.alloc(CHUNK_BYTES)
  for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk))
    for (let at = 4; at < read; at += ENTRY_BYTES)
      if ((chunk[at + 1] & 15) === channel) yield chunk.subarray(at, at + PAGE_BYTES)
}

const path = process.argv[2]
const began_ms = performance.now()
const reader = new TestReader(pagesOf(path, CHANNEL), BoardClock.of(pagesOf(path, BOARD_CHANNEL)))
let records = 0
function* counted() {
  for (const batch of reader) {
    records += batch.length
    yield batch
  }
}
let cycles = 0
for (const row of cycleRows(counted(), { area_cm2: 1.539 })) if (row.complete) cycles++
process.send?.({
  took_s: (performance.now() - began_ms) / 1000,
  busy_s: process.cpuUsage().user / 1e6,
  // In kB.
  memory_MB: process.resourceUsage().maxRSS / 1024,
  records,
  cycles,
  lostPages: reader.about.lostPages,
})
