import { type ChildProcess, spawn } from "node:child_process"
import { randomInt } from "node:crypto"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { ConflictError, TesterError } from "../errors"

const COINCELL = fileURLToPath(new URL("../coincell.mjs", import.meta.url))
/** Board ids follow from seeds. */
const MOST_SEED = 999_999_999
/** What is kept of what it says on stderr. */
const MOST_OUTPUT = 2_000

/** A simulated board in a process of its own, which ends with this one. */
export class SimulatedBoardProcess {
  private child: ChildProcess | undefined

  /**
   * Starts a board, one that nobody has seen before.
   * @param speed board seconds in a second
   * @param onEnd called when it has ended
   * @returns its address, as `--port` takes it
   * @throws ConflictError when one runs already; TesterError when it does not start, with what it said
   */
  async start(speed: number, onEnd: () => void): Promise<string> {
    if (this.child !== undefined)
      throw new ConflictError("This server runs a simulated board already: it is among the boards.")
    const options = ["--engine", "native", "--tcp", "0", "--speed", String(speed)]
    const seed = ["--seed", String(randomInt(1, MOST_SEED))]
    const child = spawn(process.execPath, [COINCELL, "sim", ...options, ...seed], {
      stdio: ["ignore", "pipe", "pipe"],
    })
    this.child = child
    child.once("exit", () => {
      this.child = undefined
      onEnd()
    })
    return addressOf(child)
  }

  close(): void {
    this.child?.kill()
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error("the simulated board has no pipes")
  let said = ""
  stderr.on("data", (data: Buffer) => {
    said = (said + data.toString()).slice(-MOST_OUTPUT)
  })
  return new Promise((resolve, reject) => {
    createInterface({ input: stdout }).on("line", (line) => {
      const address = /--port (tcp:\S+)/.exec(line)?.[1]
      if (address !== undefined) resolve(address)
    })
    child.once("error", reject)
    child.once("exit", () =>
      reject(new TesterError(`The simulated board did not start. It said: ${said.trim()}`)),
    )
  })
}
