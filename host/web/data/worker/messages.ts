import { NotFoundError, TesterError } from "../../../errors"
import type { JobArgs, JobName } from "./jobs"

/** What a worker is told when it is made. */
export interface WorkerData {
  /** The store's. */
  folder: string
  /** Of `Int32Array.BYTES_PER_ELEMENT`: number of the request that nobody waits for any more. */
  cancelled: SharedArrayBuffer
}

/** One thing to do; the next comes once this was answered. */
export interface Request {
  number: number
  name: JobName
  args: JobArgs<JobName>
}

export type Reply = { number: number } & ({ value: unknown } | { error: SentError })

/** An error on its way between threads or processes, where classes are lost. */
export interface SentError {
  kind: "notFound" | "tester" | "bug"
  message: string
  stack: string | undefined
}

export function sentError(error: unknown): SentError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  const kind =
    error instanceof NotFoundError ? "notFound" : error instanceof TesterError ? "tester" : "bug"
  return { kind, message, stack }
}

export function receivedError({ kind, message, stack }: SentError): Error {
  if (kind === "notFound") return new NotFoundError(message)
  if (kind === "tester") return new TesterError(message)
  return Object.assign(new Error(message), { stack })
}
