import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

const COINCELL = fileURLToPath(new URL("../../../host/coincell.mjs", import.meta.url))

/** `coincell serve` as a person starts it, in a process of its own. */
export class ServeProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** As it was printed. */
    readonly link: string,
  ) {}

  static async start(...options: string[]): Promise<ServeProcess> {
    const child = spawn(process.execPath, [COINCELL, "serve", "--listen", "0", ...options], {
      stdio: ["ignore", "pipe", "pipe"],
    })
    let said = ""
    const link = await new Promise<string>((resolve, reject) => {
      const read = (text: Buffer) => {
        said += text.toString()
        const found = /Open (http:\S+)/.exec(said)?.[1]
        if (found !== undefined) resolve(found)
      }
      child.stdout?.on("data", read)
      child.stderr?.on("data", read)
      child.once("exit", () => reject(new Error(`the server ended: ${said}`)))
    })
    return new ServeProcess(child, link)
  }

  /** Pulls the plug of the simulated board that the server runs, or puts it in again. */
  togglePower(): void {
    const boards = childrenOf(this.child.pid ?? 0).filter(isSimulatedBoard)
    if (boards.length !== 1) throw new Error(`the server runs ${boards.length} boards`)
    process.kill(boards[0], "SIGUSR1")
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return
    const ended = once(this.child, "exit")
    this.child.kill()
    await ended
  }
}

function isSimulatedBoard(pid: number): boolean {
  return /\bsim\b/.test(procFile(pid, "cmdline"))
}

/** Processes that another has started: Linux tells the parent in /proc/PID/stat, second after the name. */
function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => Number(procFile(pid, "stat").split(") ")[1]?.split(" ")[1]) === parent)
}

function procFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8")
  } catch {
    // It has ended meanwhile.
    return ""
  }
}
