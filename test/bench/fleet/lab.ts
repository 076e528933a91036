import { type ChildProcess, fork, spawn } from "node:child_process"
import { once } from "node:events"
import { createWriteStream } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { Lag, RunningBoard } from "./boards"

const COINCELL = fileURLToPath(new URL("../../../host/coincell.mjs", import.meta.url))
const BOARDS = fileURLToPath(new URL("boards.ts", import.meta.url))

export const LAB = "bench"

/** Boards in a process of their own. */
export class Boards {
  private constructor(
    readonly process: ChildProcess,
    readonly all: readonly RunningBoard[],
  ) {}

  static async start(
    boards: number,
    channels: number,
    seconds: number,
    engine: string,
  ): Promise<Boards> {
    const process = fork(BOARDS, [boards, channels, seconds, engine].map(String), {
      execArgv: ["--import", "tsx"],
    })
    const ended = once(process, "exit").then(() => {
      throw new Error("the boards' process ended")
    })
    const [all] = (await Promise.race([once(process, "message"), ended])) as [RunningBoard[]]
    return new Boards(process, all)
  }

  async lag(): Promise<Lag> {
    this.process.send("lag")
    const [lag] = (await once(this.process, "message")) as [Lag]
    return lag
  }
}

/** `coincell agent` as a person starts it, with what it says in `agent-N.log`. */
export class Agent {
  readonly lake: string
  private readonly child: ChildProcess

  constructor(
    readonly name: string,
    boards: readonly RunningBoard[],
    folder: string,
    brokerUrl: string,
  ) {
    this.lake = join(folder, "lake")
    const where = boards.flatMap(({ port }) => ["--port", `tcp:127.0.0.1:${port}`])
    const args = [
      ...["agent", "--lab", LAB, "--host", name, "--broker", brokerUrl],
      ...["--data", join(folder, name), "--lake", this.lake, ...where],
    ]
    this.child = spawn(process.execPath, [COINCELL, ...args], { stdio: ["ignore", "pipe", "pipe"] })
    const log = createWriteStream(join(folder, `${name}.log`))
    this.child.stdout?.pipe(log)
    this.child.stderr?.pipe(log)
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  /** As Ctrl-C does. */
  async stop(): Promise<void> {
    if (!this.isRunning) return
    const ended = once(this.child, "exit")
    this.child.kill("SIGINT")
    await ended
  }
}
