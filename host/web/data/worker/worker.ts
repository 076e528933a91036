import { parentPort, workerData } from "node:worker_threads"
import { Store } from "../../../store/store"
import { type JobArgs, type JobName, Jobs } from "./jobs"
import { type Reply, type Request, sentError, type WorkerData } from "./messages"

/** Does what a `Lane` asks for, one thing at a time. */

const { folder, cancelled } = workerData as WorkerData
const port = parentPort
if (port === null) throw new Error("worker.ts is for worker threads")

const flag = new Int32Array(cancelled)
let current = 0
const jobs = new Jobs(Store.open(folder), () => {
  if (Atomics.load(flag, 0) === current) throw new Error("Nobody waits for this any more.")
})

port.on("message", async ({ number, name, args }: Request) => {
  current = number
  let reply: Reply
  try {
    const job = jobs[name] as (...args: JobArgs<JobName>) => unknown
    reply = { number, value: await job.apply(jobs, args) }
  } catch (error) {
    reply = { number, error: sentError(error) }
  }
  port.postMessage(reply)
})
