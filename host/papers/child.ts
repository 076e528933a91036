import { spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { TesterError } from "../errors"
import type { EngineName } from "../transport/simulated"
import type { RunProgress } from "./runTest"

const COMMAND = fileURLToPath(new URL("../coincell.mjs", import.meta.url))

export interface ChildOptions {
  engine: EngineName
  data: string
  /** Ends it; what it stored is no finished run then. */
  signal: AbortSignal
  onProgress: (progress: RunProgress) => void
}

/**
 * Does one run in a process of its own, `coincell papers --run KEY --json`, which prints its progress line by line.
 * @throws what went wrong there
 */
export function runInChild(key: string, options: ChildOptions): Promise<void> {
  const { engine, data, signal, onProgress } = options
  const words = ["papers", "--run", key, "--engine", engine, "--data", data, "--json"]
  const child = spawn(process.execPath, [COMMAND, ...words], { stdio: ["ignore", "pipe", "pipe"] })
  const kill = () => child.kill()
  signal.addEventListener("abort", kill)
  let stderr = ""
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text
  })
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { progress } = JSON.parse(line) as { progress?: RunProgress }
    if (progress !== undefined) onProgress(progress)
  })
  return new Promise((resolve, reject) => {
    child.on("error", reject)
    child.on("close", (code) => {
      signal.removeEventListener("abort", kill)
      if (code === 0 || signal.aborted) resolve()
      else reject(failureOf(key, stderr, code))
    })
  })
}

/** The last line on stderr tells, as `--json` tells of errors. */
function failureOf(key: string, stderr: string, code: number | null): Error {
  const last = stderr.trim().split("\n").at(-1) ?? ""
  try {
    const { message, stack } = (JSON.parse(last) as { error: { message: string; stack?: string } })
      .error
    if (stack === undefined) return new TesterError(message)
    return Object.assign(new Error(message), { stack: `${key}: ${stack}` })
  } catch {
    return new Error(`${key} ended with code ${code}: ${stderr}`)
  }
}
