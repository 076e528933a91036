import { execFileSync } from "node:child_process"
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { fileURLToPath } from "node:url"

/** What the script does when a bus call gives this in place of its status. */
export const MISDEEDS = {
  exception: 1001,
  "endless loop": 1002,
  "memory full": 1003,
  "calls without end": 1004,
} as const

/** Another version of the firmware: so it says. */
export const OTHER_VERSION = "9.9.9"

/** Between the firmware and its bus; the firmware itself is what is shipped. */
const MISBEHAVE = `
const hog: Buffer[] = []
function recurse(depth: number): number {
  return recurse(depth + 1) + 1
}
function misbehave(status: number): number {
  if (status === 1001) throw new Error("planted")
  while (status === 1002) header[2] = 0
  while (status === 1003) hog.push(Buffer.alloc(1000))
  if (status === 1004) return recurse(0)
  return status
}
`

/** Compiles the firmware for the simulated board, with a script's faults in its hands on the port. */
export function buildFaultyFirmware(): Uint8Array {
  const root = fileURLToPath(new URL("../..", import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), "coincell-firmware-"))
  try {
    const from = join(root, "firmware")
    const isLeftOut = (path: string) => ["node_modules", ".devicescript"].includes(basename(path))
    cpSync(from, join(folder, "firmware"), {
      recursive: true,
      filter: (path) => !isLeftOut(path),
    })
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"))
    cpSync(join(root, "devicescript.json"), join(folder, "devicescript.json"))
    writeFileSync(join(folder, "package.json"), JSON.stringify({ version: OTHER_VERSION }))
    const port = join(folder, "firmware/boards/sim.ts")
    const source = readFileSync(port, "utf8")
      .replace("const send = socketWrite as unknown as Send", (shipped) =>
        shipped.replace("send", "quietly"),
      )
      .replace(
        "\nfunction transact(",
        `${MISBEHAVE}
function send(transaction: Prepared): number {
  const status = quietly(transaction)
  return status > 1000 ? misbehave(status) : status
}

function transact(`,
      )
      .replace(
        "return begin(address, write, read, 0)",
        "return misbehave(begin(address, write, read, 0))",
      )
    writeFileSync(port, source)
    execFileSync(process.execPath, [join(folder, "firmware/build.mjs"), "sim"], { stdio: "pipe" })
    return readFileSync(join(folder, "firmware/.devicescript/sim/bytecode.devs"))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
