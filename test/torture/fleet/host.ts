import type { ChildProcess } from "node:child_process"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Gate } from "./gate"
import { LAB } from "./operator"
import { SERVERS, type Server } from "./plan"
import { kill, startNode } from "./processes"

const FULL_DISK = fileURLToPath(new URL("fullDisk.mjs", import.meta.url))
const BUCKET_KEY = "S3RVER"

/** What a host's agent is told of the fleet. */
export interface HostOptions {
  name: string
  folder: string
  /** The tool, in one file. */
  program: string
  /** Addresses of its boards. */
  ports: readonly string[]
  /** Where the servers listen. */
  servers: Record<Server, number>
  keepEvery_s: number
  hear: (text: string) => void
}

/** A computer of the lab: an agent, its disk, and its way to each server. */
export class Host {
  readonly data: string
  readonly temporary: string
  private readonly full: string
  private agent: ChildProcess | undefined

  private constructor(
    private readonly options: HostOptions,
    readonly ways: Record<Server, Gate>,
  ) {
    const { folder } = options
    this.data = join(folder, "data")
    this.temporary = join(folder, "tmp")
    this.full = join(folder, "full")
    mkdirSync(this.temporary, { recursive: true })
  }

  static async of(options: HostOptions): Promise<Host> {
    const gates = await Promise.all(SERVERS.map((server) => Gate.open(options.servers[server])))
    const [broker, database, bucket] = gates
    return new Host(options, { broker, database, bucket })
  }

  get name(): string {
    return this.options.name
  }

  get isRunning(): boolean {
    const { agent } = this
    return agent !== undefined && agent.exitCode === null && agent.signalCode === null
  }

  start(): void {
    const { program, ports, name, keepEvery_s, hear } = this.options
    const { broker, database, bucket } = this.ways
    const args = ["--import", FULL_DISK, program, "agent", "--lab", LAB, "--host", name]
    args.push("--data", this.data, "--accept-orders", "--keep-every", `${keepEvery_s}`)
    args.push("--broker", `mqtt://127.0.0.1:${broker.port}`, "--lake", "s3://lab/cells")
    args.push("--catalog", `postgres://lab@127.0.0.1:${database.port}/postgres`)
    for (const port of ports) args.push("--port", port)
    const env = {
      FULL_DISK: this.full,
      TMPDIR: this.temporary,
      AWS_ACCESS_KEY_ID: BUCKET_KEY,
      AWS_SECRET_ACCESS_KEY: BUCKET_KEY,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${bucket.port}`,
    }
    this.agent = startNode(args, env, hear)
  }

  kill(signal?: NodeJS.Signals): Promise<void> {
    // Ended while it stands still, it would never end.
    this.agent?.kill("SIGCONT")
    return kill(this.agent, signal)
  }

  signal(signal: NodeJS.Signals): void {
    this.agent?.kill(signal)
  }

  /** While it is full, nothing more goes onto the agent's disk. */
  fillDisk(isFull: boolean): void {
    if (isFull) writeFileSync(this.full, "")
    else rmSync(this.full, { force: true })
  }

  async close(): Promise<void> {
    await this.kill()
    for (const gate of Object.values(this.ways)) gate.close()
  }
}

/** For whoever reads the bucket by a way of its own. */
export function bucketEnvironment(port: number): NodeJS.ProcessEnv {
  return {
    AWS_ACCESS_KEY_ID: BUCKET_KEY,
    AWS_SECRET_ACCESS_KEY: BUCKET_KEY,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
  }
}
