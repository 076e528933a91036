// How long does the per-cycle table of 6000 h at 1 Hz take, from the pages as the board wrote them?
import { fork } from "node:child_process"
import { once } from "node:events"
import { statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { writeLongLog } from "./longLog"

const RUNS = 3

interface Measured {
  took_s: number
  busy_s: number
  memory_MB: number
  records: number
  cycles: number
  lostPages: number
}

async function measure(path: string): Promise<Measured> {
  const script = fileURLToPath(new URL("longTable.ts", import.meta.url))
  const child = fork(script, [path], { execArgv: ["--import", "tsx"] })
  const [measured] = await once(child, "message")
  return measured as Measured
}

const path = writeLongLog(join(tmpdir(), "coincell-bench"))
const runs: Measured[] = []
for (let run = 0; run < RUNS; run++) runs.push(await measure(path))
const [{ records, cycles, lostPages }] = runs
console.log(
  `per-cycle table of ${records} records, ${cycles} whole cycles, ${lostPages} pages lost, ` +
    `from ${(statSync(path).size / 1e6).toFixed(0)} MB`,
)
console.log("run     time / s   CPU time / s   peak memory / MB    (at most 5 s, 500 MB)")
for (const [i, { took_s, busy_s, memory_MB }] of runs.entries())
  console.log(
    `${i + 1}${took_s.toFixed(2).padStart(14)}${busy_s.toFixed(2).padStart(15)}` +
      `${memory_MB.toFixed(0).padStart(19)}`,
  )
