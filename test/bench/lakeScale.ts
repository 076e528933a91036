// How long does a query over all records of a dataset take, and what does it read? COINCELL_LAKE_SCALE=1 makes 10⁹
// records, a thousand tests of a million, in COINCELL_LAKE_FOLDER, and uses them again; COINCELL_LAKE_NAMES=5 gives
// each five tests the same files, by hard links, which makes it five times as quick and small.
import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, statSync } from "node:fs"
import { availableParallelism, loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { FolderBucket } from "../../host/lake/folderBucket"
import { fillLake } from "./lakeFill"
import { RETENTION_BY_CYCLES, RETENTION_BY_RECORDS } from "./lakeQueries"

const {
  COINCELL_LAKE_SCALE: scale = "0.01",
  COINCELL_LAKE_NAMES: names = "1",
  COINCELL_LAKE_FOLDER: folder = join(tmpdir(), "coincell-bench", `lake-${scale}`),
} = process.env
const FILL = { tests: Math.ceil(1000 * Number(scale)), records: 1_000_000, names: Number(names) }
const QUERIES = {
  "retention of every test, by records": RETENTION_BY_RECORDS,
  "the same by rows of cycles": RETENTION_BY_CYCLES,
  "table of cycles of every test": "SELECT * FROM cycles ORDER BY lab, board, channel, test, cycle",
  "every voltage, for comparison": "SELECT max(voltage_V) FROM records",
}

interface Asked {
  rows: number
  seconds: number
  /** Of all cores: tells of the query even while others use them. */
  cpu_s: number
  read_MB: number
}

/** What the process took, told as it ends. */
const TELL = `data:text/javascript,${encodeURIComponent(`
import { readFileSync } from "node:fs"
process.on("exit", () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage()
  const read = Number(/rchar: (.*)/.exec(readFileSync("/proc/self/io", "utf8"))[1])
  console.error("took " + JSON.stringify({ cpu_s: (userCPUTime + systemCPUTime) / 1e6, read_MB: read / 1e6 }))
})`)}`

/** Asks as a person does. */
function ask(sql: string): Asked {
  const cli = fileURLToPath(new URL("../../host/coincell.mjs", import.meta.url))
  const command = ["--import", TELL, cli, "query", "--json", "--lake", folder, sql]
  const began = performance.now()
  const child = spawnSync(process.execPath, command, { encoding: "utf8", maxBuffer: 1e9 })
  const seconds = (performance.now() - began) / 1000
  if (child.status !== 0) throw new Error(child.stderr)
  const took = JSON.parse(/^took (.*)$/m.exec(child.stderr)?.[1] ?? "")
  return { rows: JSON.parse(child.stdout).length, seconds, ...took }
}

async function fillAll(): Promise<void> {
  const parts = availableParallelism()
  const children = Array.from({ length: parts }, (_, part) =>
    spawn(process.execPath, ["--import", "tsx", self, "fill", `${part}`, `${parts}`], {
      stdio: "inherit",
    }),
  )
  for (const [code] of await Promise.all(children.map((child) => once(child, "exit"))))
    if (code !== 0) throw new Error("The dataset could not be filled.")
}

async function size_MB(): Promise<number> {
  const bucket = new FolderBucket(folder)
  const sizes = (await bucket.keys("")).map((key) => statSync(bucket.pathOf(key)).size)
  return sizes.reduce((sum, size) => sum + size, 0) / 1e6
}

const self = fileURLToPath(import.meta.url)
if (process.argv[1] === self && process.argv[2] === "fill")
  await fillLake(folder, FILL, Number(process.argv[3]), Number(process.argv[4]))
else {
  mkdirSync(folder, { recursive: true })
  const began = performance.now()
  await fillAll()
  const filled_s = (performance.now() - began) / 1000
  const total_MB = await size_MB()
  const records = (FILL.tests * FILL.records).toLocaleString("en")
  console.log(
    `dataset of ${FILL.tests} tests, ${records} records, ${total_MB.toFixed(0)} MB; filled or found in ` +
      `${filled_s.toFixed(0)} s; load ${loadavg()[0].toFixed(1)}`,
  )
  console.log(
    "coincell query                          rows       s   CPU s   MB read   of the dataset",
  )
  for (const [name, sql] of Object.entries(QUERIES)) {
    // Once for the disk, and once more for the query.
    ask(sql)
    const { rows, seconds, cpu_s, read_MB } = ask(sql)
    const fields = [
      name.padEnd(36),
      String(rows).padStart(7),
      seconds.toFixed(1).padStart(7),
      cpu_s.toFixed(1).padStart(7),
      read_MB.toFixed(0).padStart(9),
      `${((100 * read_MB) / total_MB).toFixed(2)} %`.padStart(16),
    ]
    console.log(fields.join(" "))
  }
}
