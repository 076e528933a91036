// What does `coincell serve` cost with 64 channels that somebody watches, at the speed of real boards?
import { type ChildProcess, fork, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { fileURLToPath } from "node:url"

const BOARDS = 16
const CHANNELS = 4
const SETTLE_s = 20
const MEASURE_s = 60
const MOST_SHARE = 0.25

const COINCELL = fileURLToPath(new URL("../../host/coincell.mjs", import.meta.url))

/** Where a server is, once it says so. */
function address(server: ChildProcess): Promise<string> {
  let said = ""
  return new Promise((resolve, reject) => {
    server.stdout?.on("data", (text) => {
      said += String(text)
      const found = /Open (http:\S+)\/\?token=/.exec(said)?.[1]
      if (found !== undefined) resolve(found)
    })
    server.once("exit", () => reject(new Error("the server ended")))
  })
}

/** CPU time and memory of the server, by its own metrics. */
async function used(base: string): Promise<{ cpu_s: number; memory_MB: number }> {
  const text = await (await fetch(`${base}/metrics`)).text()
  const number = (name: string) => Number(new RegExp(`^${name} (\\S+)`, "m").exec(text)?.[1])
  return {
    cpu_s: number("process_cpu_seconds_total"),
    memory_MB: number("process_resident_memory_bytes") / 1e6,
  }
}

/** What a page that is open reads. */
async function watch(base: string, read: { channels: number; bytes: number }): Promise<void> {
  const { body } = await fetch(`${base}/api/live`)
  for await (const bytes of body ?? []) {
    read.bytes += bytes.length
    read.channels += Buffer.from(bytes).toString().split('"board":').length - 1
  }
}

const folder = mkdtempSync(join(tmpdir(), "coincell-"))
const script = fileURLToPath(new URL("webBoards.ts", import.meta.url))
const boards = fork(script, [String(BOARDS), String(CHANNELS)], { execArgv: ["--import", "tsx"] })
const [ports] = (await once(boards, "message")) as [number[]]
const where = ports.flatMap((port) => ["--port", `tcp:127.0.0.1:${port}`])
const server = spawn(
  process.execPath,
  [COINCELL, "serve", "--listen", "0", "--data", folder, ...where],
  {
    stdio: ["ignore", "pipe", "ignore"],
  },
)
const ended = once(server, "exit")
try {
  const base = await address(server)
  const read = { channels: 0, bytes: 0 }
  watch(base, read).catch(() => {})
  await setTimeout(SETTLE_s * 1000)
  const before = await used(base)
  const begun = { ...read }
  await setTimeout(MEASURE_s * 1000)
  const after = await used(base)
  const share = (after.cpu_s - before.cpu_s) / MEASURE_s
  const updates = (read.channels - begun.channels) / MEASURE_s
  const rate_kB_per_s = (read.bytes - begun.bytes) / MEASURE_s / 1000
  console.log(
    `coincell serve, ${BOARDS * CHANNELS} channels, one page: ${(100 * share).toFixed(1)} % of a core ` +
      `(at most ${100 * MOST_SHARE} %), ${after.memory_MB.toFixed(0)} MB, ${updates.toFixed(0)} channels and ` +
      `${rate_kB_per_s.toFixed(0)} kB a second to the page`,
  )
  if (share > MOST_SHARE) process.exitCode = 1
} finally {
  server.kill()
  boards.kill()
  await ended
  rmSync(folder, { recursive: true, force: true })
}
