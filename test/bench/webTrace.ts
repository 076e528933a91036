// How long does a server take for the first plot of a test of 6000 h at one record a second, for zooms into it and for
// its table of cycles, how much memory, and how long for a list of a thousand tests?
import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Store } from "../../host/store/store"
import { LoggingBoard } from "../web/storeOfPages"
import { serverOver } from "../web/testsServer"
import { BOARD, writeLongLog } from "./longLog"

const RUNS = 3
const BOARDS = 16
const TESTS_EACH = 63

interface Measured {
  what: string
  took_ms: number
  /** By all threads of the server's process, this bench included. */
  cpu_ms: number
  memory_MB: number
  bytes: number
}

/** Asks a server that has read nothing yet for one after another, in a process of its own. */
async function measure(folder: string, paths: [what: string, path: string][]): Promise<Measured[]> {
  const server = serverOver(folder)
  // Its worker is there as soon as it listens.
  await server.get("/api/tests/none")
  const measured: Measured[] = []
  for (const [what, path] of paths) {
    const { user, system } = process.cpuUsage()
    const began_ms = performance.now()
    const answer = await server.get(path)
    const bytes = (await answer.arrayBuffer()).byteLength
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
    const now = process.cpuUsage()
    measured.push({
      what,
      took_ms: performance.now() - began_ms,
      cpu_ms: (now.user + now.system - user - system) / 1000,
      memory_MB: process.memoryUsage.rss() / 1e6,
      bytes,
    })
  }
  await server.data.close()
  return measured
}

function longPaths(id: string): [string, string][] {
  const trace = `/api/tests/${id}/trace`
  const zooms = [3000, 300, 30, 3, 0.3].map((hours): [string, string] => [
    `zoom to ${hours} h`,
    `${trace}?from_s=${2345.6 * 3600}&to_s=${(2345.6 + hours) * 3600}`,
  ])
  return [
    ["first plot", trace],
    ["the same again", trace],
    ...zooms,
    ["five cycles overlaid", `/api/tests/${id}/overlay?cycles=1,10,100,1000,-1`],
    ["table of cycles", `/api/tests/${id}/cycles`],
    ["the same again", `/api/tests/${id}/cycles`],
  ]
}

/** @returns the test's id */
function longStore(folder: string): string {
  writeLongLog(folder)
  const store = Store.open(folder)
  const log = store.board(BOARD)
  const writer = log.writer()
  writer.describe({ name: "bench", firmware: { version: "bench", board: "sim" }, simulated: true })
  writer.close()
  log.adoptTests()
  return store.tests()[0].id
}

function storeOfMany(folder: string): void {
  if (existsSync(folder)) return
  mkdirSync(folder, { recursive: true })
  for (let i = 0; i < BOARDS; i++) {
    const id = `00a1b2c3d4e5${(0x1000 + i).toString(16)}`
    const board = new LoggingBoard(folder, id, `B${i}`, Date.UTC(2026, 0, 1 + i))
    for (let test = 1; test <= TESTS_EACH; test++) {
      board.begin(test % 4, test)
      board.cycle(test % 4, 1)
      board.end(test % 4)
    }
    board.download()
  }
}

function inChild(folder: string, paths: [string, string][]): Measured[] {
  const words = ["--import", "tsx", self, "measure", folder, JSON.stringify(paths)]
  return JSON.parse(execFileSync(process.execPath, words, { encoding: "utf8" })) as Measured[]
}

function print(runs: Measured[][]): void {
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]
  console.log("                            ms, median    fastest    CPU ms    memory MB        kB")
  runs[0].forEach(({ what, bytes }, i) => {
    const of = (key: "took_ms" | "cpu_ms" | "memory_MB") => runs.map((run) => run[i][key])
    const fields = [
      what.padEnd(24),
      median(of("took_ms")).toFixed(0).padStart(13),
      Math.min(...of("took_ms"))
        .toFixed(0)
        .padStart(10),
      median(of("cpu_ms")).toFixed(0).padStart(9),
      Math.max(...of("memory_MB"))
        .toFixed(0)
        .padStart(12),
      (bytes / 1000).toFixed(0).padStart(9),
    ]
    console.log(fields.join(" "))
  })
}

const self = fileURLToPath(import.meta.url)
if (process.argv[1] === self && process.argv[2] === "measure") {
  const [folder, paths] = process.argv.slice(3)
  console.log(JSON.stringify(await measure(folder, JSON.parse(paths))))
} else {
  const long = join(tmpdir(), "coincell-bench")
  const id = longStore(long)
  console.log(
    "web: a test of 21600000 records (at most: first plot 1000 ms, zoom 200 ms, memory 500 MB)",
  )
  print(Array.from({ length: RUNS }, () => inChild(long, longPaths(id))))
  const many = join(tmpdir(), "coincell-bench-many")
  storeOfMany(many)
  const lists: [string, string][] = [
    ["list", "/api/tests"],
    ["the same again", "/api/tests"],
  ]
  console.log(`web: a list of ${BOARDS * TESTS_EACH} tests of ${BOARDS} boards`)
  print(Array.from({ length: RUNS }, () => inChild(many, lists)))
}
