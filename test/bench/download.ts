// How fast a log comes over the simulated serial port, against what a board can send.
import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { openBoard } from "../../host/session"

/** A script sends a packet every 20 ms, with 224 bytes of the log in each. */
const BOARD_bytes_per_s = 50 * 224
const REQUIRED = 0.8
const DOWNLOAD_s = 10

const folder = mkdtempSync(join(tmpdir(), "coincell-"))
const path = join(folder, "board")
const sim = await startSim(path)
try {
  const { link, board, close } = await openBoard({ port: path })
  // The flash is read whether or not anything was written there.
  const pages = Math.ceil((BOARD_bytes_per_s * DOWNLOAD_s) / 256)
  const start_ms = link.now_ms
  const log = await board.readLog(0, pages)
  const rate = log.length / ((link.now_ms - start_ms) / 1000)
  await close()
  const share = rate / BOARD_bytes_per_s
  console.log(
    `download over the serial port: ${Math.round(rate)} bytes/s, ${(100 * share).toFixed(1)} % of what a ` +
      `board can send (required: ${100 * REQUIRED} %)`,
  )
  if (share < REQUIRED) process.exitCode = 1
} finally {
  sim.kill()
  rmSync(folder, { recursive: true, force: true })
}

/** A board in a process of its own, as a real one is. */
async function startSim(pty: string): Promise<ChildProcess> {
  const coincell = fileURLToPath(new URL("../../host/coincell.mjs", import.meta.url))
  const options = ["sim", "--no-calibration", "--tcp", "0", "--pty", pty]
  const child = spawn(process.execPath, [coincell, ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on("data", (text) => {
      if (String(text).includes(pty)) resolve()
    })
    child.once("exit", () => reject(new Error("the simulated board ended")))
  })
  return child
}
