import { spawn } from "node:child_process"
import type { NoticeEvent } from "./event"

/** Longest that a command may take. */
const TIMEOUT_ms = 30_000
/** What is kept of what it says on stderr. */
const MOST_OUTPUT = 500

/**
 * Runs a shell command for an event: it gets the event as JSON on stdin, and each of its fields in an environment
 * variable, `COINCELL_EVENT`, `COINCELL_MESSAGE`, `COINCELL_TEST` … The command line itself stays as it was
 * written: nothing that an event holds can be taken for shell.
 * @throws Error when it cannot be run, fails, or takes too long
 */
export function runCommand(
  command: string,
  event: NoticeEvent,
  signal: AbortSignal,
  timeout_ms = TIMEOUT_ms,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, {
      shell: true,
      env: { ...process.env, ...environmentOf(event) },
      stdio: ["pipe", "ignore", "pipe"],
      signal,
      timeout: timeout_ms,
      killSignal: "SIGKILL",
    })
    let output = ""
    child.stderr.on("data", (data: Buffer) => {
      output = (output + data.toString()).slice(-MOST_OUTPUT)
    })
    child.on("error", reject)
    // Not "close": what the command leaves running may hold its pipes.
    child.on("exit", (code, killer) => {
      if (code === 0) resolve()
      else if (killer !== null) reject(new Error(`was ended after ${timeout_ms / 1000} s`))
      else reject(new Error(`ended with ${code}${output === "" ? "" : `: ${output.trim()}`}`))
    })
    // A command need not read what it gets.
    child.stdin.on("error", () => {})
    child.stdin.end(`${JSON.stringify(event)}\n`)
  })
}

/** `COINCELL_` and the field's name in capitals; what the event does not have is not set. */
export function environmentOf(event: NoticeEvent): Record<string, string> {
  const entries = Object.entries(event).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    // The system ends a variable at a zero byte.
    entries.map(([key, value]) => [
      `COINCELL_${key.toUpperCase()}`,
      String(value).replaceAll("\0", ""),
    ]),
  )
}
