// How long does the export of a test of 6000 h at one record a second take, and how much memory?
import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync, statSync } from "node:fs"
import { cpus, tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { exportTest, type Format } from "../../host/formats/export"
import type { ExportedTest } from "../../host/formats/exportedTest"
import { Store } from "../../host/store/store"
import { StoredTest } from "../../host/store/storedTest"
import { BOARD, CHANNEL, TEST, writeLongLog } from "./longLog"

const FORMATS: readonly Format[] = ["parquet", "csv", "bdf-parquet", "bdf"]
/** What each must not take longer than. */
const MOST_s: Partial<Record<Format, number>> = { parquet: 30 }

interface Measured {
  records: number
  seconds: number
  cpu_s: number
  memory_MB: number
  size_MB: number
}

/** The long test, read from the store. */
function longTest(folder: string): ExportedTest {
  const log = Store.open(folder).board(BOARD)
  const [run] = log.runs()
  const place = { board: BOARD, channel: CHANNEL, test: TEST }
  const about = {
    ...place,
    format: 1,
    board_name: "bench",
    log: 1,
    boot: 1,
    board_time_ms: 0,
  } as const
  const reader = new StoredTest(folder, about, log, run).reader()
  return {
    ...place,
    id: "bench",
    boardName: "bench",
    isSimulated: true,
    cell: { name: "bench", institution: "bench", area_cm2: 1.539 },
    cellFile: "cell.yaml",
    overwritten: [],
    records: reader,
    about: () => reader.about,
  }
}

/** In a process of its own, whose memory nothing else has touched. */
async function measure(folder: string, format: Format): Promise<Measured> {
  const out = mkdtempSync(join(tmpdir(), "coincell-export-"))
  const started = performance.now()
  const { records, file } = await exportTest(longTest(folder), format, out)
  const seconds = (performance.now() - started) / 1000
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const size_MB = statSync(file).size / 1e6
  rmSync(out, { recursive: true })
  const cpu_s = (userCPUTime + systemCPUTime) / 1e6
  return { records, seconds, cpu_s, memory_MB: maxRSS / 1024, size_MB }
}

const self = fileURLToPath(import.meta.url)
if (process.argv[1] === self && process.argv[2] === "measure") {
  const [folder, format] = process.argv.slice(3)
  console.log(JSON.stringify(await measure(folder, format as Format)))
} else {
  const folder = join(tmpdir(), "coincell-bench")
  writeLongLog(folder)
  const firmware = { version: "bench", board: "sim" }
  const log = Store.open(folder).board(BOARD)
  const writer = log.writer()
  writer.describe({ name: "bench", firmware, simulated: true })
  writer.close()
  log.adoptTests()
  console.log(`export of one test (${cpus()[0].model}, ${cpus().length} cores)`)
  console.log("format         records      s  must be below  CPU s  peak MB   file MB")
  for (const format of FORMATS) {
    const child = execFileSync(
      process.execPath,
      ["--import", "tsx", self, "measure", folder, format],
      { encoding: "utf8" },
    )
    const { records, seconds, cpu_s, memory_MB, size_MB } = JSON.parse(child) as Measured
    const fields = [
      format.padEnd(11),
      String(records).padStart(10),
      seconds.toFixed(1).padStart(6),
      String(MOST_s[format] ?? "").padStart(14),
      cpu_s.toFixed(1).padStart(6),
      memory_MB.toFixed(0).padStart(8),
      size_MB.toFixed(0).padStart(9),
    ]
    console.log(fields.join(" "))
  }
}
