// What does the page cost in a browser that shows 64 channels all day, at the speed of real boards?
import { fork } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import type { CDPSession } from "playwright-core"
import { hasChromium, launch } from "../web/browser/chromium"
import { ServeProcess } from "../web/browser/server"

const BOARDS = 16
const CHANNELS = 4
const SETTLE_s = 30
const MEASURE_s = 60
const MOST_MB = 50
const MOST_SHARE = 0.1

/** CPU time of the page's process, and what its script holds once what nobody uses is gone. */
async function used(
  page: CDPSession,
  all: CDPSession,
): Promise<{ cpu_s: number; heap_MB: number }> {
  await page.send("HeapProfiler.collectGarbage")
  const { usedSize } = await page.send("Runtime.getHeapUsage")
  const { processInfo } = await all.send("SystemInfo.getProcessInfo")
  const renderers = processInfo.filter(({ type }) => type === "renderer")
  const cpu_s = renderers.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
  return { cpu_s, heap_MB: usedSize / 1e6 }
}

async function measure(link: string): Promise<void> {
  const browser = await launch()
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
    const devtools = await page.context().newCDPSession(page)
    const all = await browser.newBrowserCDPSession()
    await page.goto(link)
    await page.locator(".boards").waitFor()
    await setTimeout(SETTLE_s * 1000)
    const before = await used(devtools, all)
    await setTimeout(MEASURE_s * 1000)
    const after = await used(devtools, all)
    const shown = await page.getByText("running", { exact: true }).count()
    const share = (after.cpu_s - before.cpu_s) / MEASURE_s
    console.log(
      `the page, ${BOARDS * CHANNELS} channels (${shown} seen running): ${(100 * share).toFixed(1)} % of a core ` +
        `(at most ${100 * MOST_SHARE} %), ${after.heap_MB.toFixed(1)} MB of script (at most ${MOST_MB} MB), ` +
        `${((after.heap_MB - before.heap_MB) * 1000).toFixed(0)} kB more than a minute before`,
    )
    if (share > MOST_SHARE || after.heap_MB > MOST_MB) process.exitCode = 1
  } finally {
    await browser.close()
  }
}

if (hasChromium) {
  const folder = mkdtempSync(join(tmpdir(), "coincell-"))
  const script = fileURLToPath(new URL("webBoards.ts", import.meta.url))
  const boards = fork(script, [String(BOARDS), String(CHANNELS)], { execArgv: ["--import", "tsx"] })
  const [ports] = (await once(boards, "message")) as [number[]]
  const where = ports.flatMap((port) => ["--port", `tcp:127.0.0.1:${port}`])
  const server = await ServeProcess.start("--data", folder, ...where)
  try {
    await measure(server.link)
  } finally {
    await server.stop()
    boards.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}
