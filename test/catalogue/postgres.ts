import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { Client } from "pg"

const BIN = postgresBin()
export const hasPostgres = BIN !== undefined
if (BIN === undefined)
  console.warn(
    "Tests of PostgreSQL are skipped: they need its server (sudo apt install postgresql).",
  )

/** Where Debian keeps the server's programs. */
function postgresBin(): string | undefined {
  const root = "/usr/lib/postgresql"
  const [version] = existsSync(root) ? readdirSync(root) : []
  return version === undefined ? undefined : join(root, version, "bin")
}

/** A server of its own, on a free port, which refuses to run as root. */
export class Postgres {
  private process: ChildProcess | undefined
  port = 0

  /** @param folder for its data */
  constructor(private readonly folder: string) {}

  get url(): string {
    return `postgres://lab@127.0.0.1:${this.port}/postgres`
  }

  async start(): Promise<void> {
    const { folder } = this
    const bin = BIN ?? ""
    const data = join(folder, "postgres")
    const user = process.getuid?.() === 0 ? userNamed("postgres") : {}
    chmodSync(folder, 0o777)
    if (!existsSync(data)) {
      const args = ["-D", data, "-U", "lab", "--no-sync"]
      execFileSync(join(bin, "initdb"), args, { stdio: "ignore", cwd: folder, ...user })
      this.port = await freePort()
    }
    const settings = ["-c", "listen_addresses=127.0.0.1", "-c", `unix_socket_directories=${data}`]
    const args = ["-D", data, "-p", `${this.port}`, ...settings]
    while (!(await this.answers())) {
      // After a kill it does not start until the last of its children is gone.
      if (this.process === undefined || hasEnded(this.process))
        this.process = spawn(join(bin, "postgres"), args, { stdio: "ignore", cwd: folder, ...user })
      await setTimeout(50)
    }
  }

  async stop(): Promise<void> {
    await this.end("SIGINT")
  }

  /** Kills it and all its children at once. */
  async kill(): Promise<void> {
    const pid = this.process?.pid
    await this.end("SIGKILL", pid === undefined ? [] : childrenOf(pid))
  }

  /** Ends it, and leaves nothing. */
  async remove(): Promise<void> {
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }

  private async end(signal: NodeJS.Signals, children: readonly number[] = []): Promise<void> {
    const { process: server } = this
    if (server === undefined || hasEnded(server)) return
    const gone = once(server, "exit")
    server.kill(signal)
    for (const child of children) killIfThere(child)
    await gone
  }

  private async answers(): Promise<boolean> {
    const client = new Client({ connectionString: this.url })
    try {
      await client.connect()
      return true
    } catch {
      return false
    } finally {
      await client.end().catch(() => {})
    }
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

function childrenOf(pid: number): number[] {
  const path = `/proc/${pid}/task/${pid}/children`
  if (!existsSync(path)) return []
  return readFileSync(path, "utf8").split(" ").filter(Boolean).map(Number)
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL")
  } catch {
    // It is gone already.
  }
}

function userNamed(name: string): { uid: number; gid: number } {
  const id = (what: string) => Number(execFileSync("id", [what, name]).toString())
  return { uid: id("-u"), gid: id("-g") }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as { port: number }
  server.close()
  return port
}
