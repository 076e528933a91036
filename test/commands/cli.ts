import { afterEach, vi } from "vitest"
import { reportError } from "../../host/commands/common/exit"
import { createProgram } from "../../host/commands/program"

export interface Ended {
  stdout: string
  stderr: string
  code: number
}

afterEach(() => {
  process.exitCode = undefined
  vi.restoreAllMocks()
})

/** Runs a command in this process, and gives what it printed and its exit code. */
export async function cli(...args: string[]): Promise<Ended> {
  const ended: Ended = { stdout: "", stderr: "", code: 0 }
  const capture = (stream: "stdout" | "stderr") =>
    vi.spyOn(process[stream], "write").mockImplementation((chunk) => {
      ended[stream] += String(chunk)
      return true
    })
  const captures = [capture("stdout"), capture("stderr")]
  const isJson = args.includes("--json")
  process.exitCode = undefined
  try {
    await createProgram(isJson).parseAsync(args, { from: "user" })
    ended.code = Number(process.exitCode ?? 0)
  } catch (error) {
    ended.code = reportError(error, isJson)
  } finally {
    process.exitCode = undefined
    for (const one of captures) one.mockRestore()
  }
  return ended
}
