import type { ChildProcess } from "node:child_process"
import { mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Mosquitto } from "../../agent/mosquitto"
import { Postgres } from "../../catalogue/postgres"
import { freePort, kill, listening, startNode } from "./processes"

const BUCKET = fileURLToPath(new URL("bucket.mjs", import.meta.url))

/**
 * So that a broker keeps whatever it has acknowledged: on its disk at once, and without a limit to how much waits for a
 * listener.
 */
const KEEPING = [
  "allow_anonymous true",
  "autosave_interval 1",
  "autosave_on_changes true",
  "max_inflight_messages 0",
  "max_queued_messages 0",
]

/** Broker, database and bucket, each in processes of its own. */
export class Servers {
  private bucket: ChildProcess | undefined

  private constructor(
    private readonly folder: string,
    readonly broker: Mosquitto,
    readonly database: Postgres,
    private readonly bucketPort: number,
    private readonly hear: (text: string) => void,
  ) {}

  static async start(folder: string, hear: (text: string) => void): Promise<Servers> {
    const brokers = join(folder, "broker")
    const databases = join(folder, "database")
    for (const path of [brokers, databases, join(folder, "bucket")]) mkdirSync(path)
    const database = new Postgres(databases)
    const [broker, bucketPort] = await Promise.all([
      Mosquitto.start(brokers, KEEPING),
      freePort(),
      database.start(),
    ])
    const servers = new Servers(folder, broker, database, bucketPort, hear)
    await servers.startBucket()
    return servers
  }

  get ports() {
    return { broker: this.broker.port, database: this.database.port, bucket: this.bucketPort }
  }

  /** Of a broker that is not running: its sessions, and what is retained. */
  forgetSessions(): void {
    rmSync(join(this.folder, "broker", "mosquitto.db"), { force: true })
  }

  async startBucket(): Promise<void> {
    const args = [BUCKET, `${this.bucketPort}`, join(this.folder, "bucket")]
    this.bucket = startNode(args, {}, this.hear)
    await listening(this.bucketPort)
  }

  killBucket(): Promise<void> {
    return kill(this.bucket)
  }

  async close(): Promise<void> {
    await Promise.all([this.broker.kill(), this.database.kill(), this.killBucket()])
  }
}
