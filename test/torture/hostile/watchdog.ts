import { Worker } from "node:worker_threads"

/** Longest that one input may take: a thousand times what the slowest takes. */
export const MOST_ms = 20_000
const MOST_BYTES = 1 << 18

const CODE = `
const { workerData } = require("node:worker_threads")
const { writeFileSync } = require("node:fs")
const { shared, most_ms, path } = workerData
const head = new Int32Array(shared, 0, 2)
let seen = -1
let since = Date.now()
setInterval(() => {
  const count = Atomics.load(head, 0)
  if (count !== seen || count === 0) { seen = count; since = Date.now(); return }
  if (Date.now() - since < most_ms) return
  writeFileSync(path, new Uint8Array(shared, 8, head[1]))
  process._rawDebug("broken: an input takes longer than " + most_ms / 1000 + " s; it is in " + path)
  process.kill(process.pid, "SIGKILL")
}, 500)
`

/** Ends the process when an input takes for ever, and leaves that input in a file: nothing else could tell of it. */
export class Watchdog {
  private readonly shared = new SharedArrayBuffer(8 + MOST_BYTES)
  private readonly head = new Int32Array(this.shared, 0, 2)
  private readonly bytes = new Uint8Array(this.shared, 8)
  private readonly worker: Worker

  /** @param path where the input goes */
  constructor(path: string, most_ms = MOST_ms) {
    const workerData = { shared: this.shared, most_ms, path }
    this.worker = new Worker(CODE, { eval: true, workerData })
    this.worker.unref()
  }

  /** This input comes next. */
  before(input: Uint8Array): void {
    this.head[1] = Math.min(input.length, MOST_BYTES)
    this.bytes.set(input.subarray(0, MOST_BYTES))
    Atomics.add(this.head, 0, 1)
  }

  async stop(): Promise<void> {
    await this.worker.terminate()
  }
}
