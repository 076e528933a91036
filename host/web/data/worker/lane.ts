import { Worker } from "node:worker_threads"
import type { JobArgs, JobName, JobResult } from "./jobs"
import { type Reply, type Request, receivedError, type WorkerData } from "./messages"

const BOOT = new URL("boot.mjs", import.meta.url)
const WORKER = new URL("worker.ts", import.meta.url).href
/** Most of what a worker makes is of no use soon: with less room for that it takes 40 MB less, and hardly more time. */
const resourceLimits = { maxYoungGenerationSizeMb: 12 }

interface Asked extends Request {
  resolve: (value: never) => void
  reject: (error: unknown) => void
}

/**
 * A worker that reads a store so that the server need not wait, and those who wait for it: one request after another.
 * If it crashes, who waits hears of it, and the next gets a new one.
 */
export class Lane {
  private worker: Worker | undefined
  private readonly waiting: Asked[] = []
  private current: Asked | undefined
  private readonly cancelled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  private asked = 0
  private idle: NodeJS.Timeout | undefined

  /**
   * @param folder the store's
   * @param idle_ms after so long without a request the worker ends, and gives back its memory
   */
  constructor(
    private readonly folder: string,
    private readonly idle_ms?: number,
  ) {}

  /**
   * Asks for something.
   * @param signal ends it, when nobody waits for the answer any more
   * @throws what the job throws: TesterError and NotFoundError as such; the signal's reason
   */
  ask<Name extends JobName>(
    name: Name,
    args: JobArgs<Name>,
    signal: AbortSignal,
  ): Promise<JobResult<Name>> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const number = ++this.asked
      const abort = () => this.abandon(asked, signal.reason)
      const done = () => signal.removeEventListener("abort", abort)
      const asked: Asked = {
        number,
        name,
        args,
        resolve: (value) => {
          done()
          resolve(value)
        },
        reject: (error) => {
          done()
          reject(error)
        },
      }
      signal.addEventListener("abort", abort)
      this.waiting.push(asked)
      this.next()
    })
  }

  /** Ends the worker; who waits still hears of an error. */
  async close(): Promise<void> {
    const { worker } = this
    clearTimeout(this.idle)
    const error = new Error("The server is ending.")
    for (const asked of this.waiting.splice(0)) asked.reject(error)
    this.current?.reject(error)
    await worker?.terminate()
  }

  private next(): void {
    if (this.current !== undefined) return
    clearTimeout(this.idle)
    this.current = this.waiting.shift()
    if (this.current === undefined) {
      if (this.idle_ms !== undefined)
        this.idle = setTimeout(() => this.rest(), this.idle_ms).unref()
      return
    }
    const { number, name, args } = this.current
    this.worker ??= this.made()
    this.worker.postMessage({ number, name, args } satisfies Request)
  }

  private abandon(asked: Asked, reason: unknown): void {
    const at = this.waiting.indexOf(asked)
    if (at >= 0) this.waiting.splice(at, 1)
    else Atomics.store(this.cancelled, 0, asked.number)
    asked.reject(reason)
  }

  private rest(): void {
    const { worker } = this
    this.worker = undefined
    worker?.terminate()
  }

  private made(): Worker {
    const { folder, cancelled } = this
    const workerData: WorkerData = { folder, cancelled: cancelled.buffer as SharedArrayBuffer }
    const worker = new Worker(BOOT, {
      argv: [WORKER],
      execArgv: [],
      workerData,
      resourceLimits,
    })
    worker.unref()
    worker.on("message", (reply: Reply) => {
      const { current } = this
      this.current = undefined
      if ("error" in reply) current?.reject(receivedError(reply.error))
      else current?.resolve(reply.value as never)
      this.next()
    })
    let crash: unknown
    worker.on("error", (error) => {
      crash = error
    })
    worker.on("exit", (code) => {
      if (this.worker !== worker) return
      this.worker = undefined
      const { current } = this
      this.current = undefined
      current?.reject(
        crash ?? new Error(`The worker that reads stored tests ended with code ${code}.`),
      )
      this.next()
    })
    return worker
  }
}
