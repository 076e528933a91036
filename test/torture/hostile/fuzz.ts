import { tmpdir } from "node:os"
import { join } from "node:path"
import { Random } from "../../../sim/random"
import { keptInputs } from "./corpus"
import type { Coverage } from "./coverage"
import { mutate } from "./mutate"
import type { Target } from "./target"
import { Watchdog } from "./watchdog"

/** Inputs between two looks at the coverage. */
const BATCH = 64
/** Inputs that others are made from: the oldest of those that came by chance give way. */
const MOST_KEPT = 2_000
const DEFAULT_MOST = 4_096

export interface Budget {
  inputs: number
  /** Of `performance.now()`. */
  until_ms?: number
}

/** What a search came to. */
export interface Tried {
  inputs: number
  /** Inputs that reached parts of the code that none before did, and the first such part. */
  found: { input: Buffer; part: string }[]
  failures: Failure[]
}

/** An input that breaks a promise, made as short as can be. */
export interface Failure {
  input: Buffer
  message: string
}

/**
 * Gives a target its seeds, its corpus, and changed ones of both; with coverage, what reaches new code is
 * changed further.
 */
export async function fuzz(
  target: Target,
  seed: number,
  { inputs, until_ms = Number.POSITIVE_INFINITY }: Budget,
  coverage?: Coverage,
): Promise<Tried> {
  const random = new Random(seed, target.name)
  const begun = [...target.seeds, ...keptInputs(target.name).values()]
  const pool = [...begun]
  const { words = [], most = DEFAULT_MOST } = target
  const watchdog = new Watchdog(join(tmpdir(), `hostile-${target.name}-hang`))
  const tried: Tried = { inputs: 0, found: [], failures: [] }
  const known = new Set<string>()
  const attempt = async (input: Buffer) => {
    watchdog.before(input)
    const message = await failureOf(target, input)
    if (message === undefined || known.has(kindOf(message))) return
    known.add(kindOf(message))
    tried.failures.push({ input: await shrunk(target, input, message), message })
  }
  try {
    for (const input of begun) await attempt(input)
    await coverage?.news()
    while (tried.inputs < inputs && performance.now() < until_ms) {
      const batch = Array.from({ length: Math.min(BATCH, inputs - tried.inputs) }, () => {
        const from = pool[Math.floor(random.uniform(0, pool.length))]
        return mutate(from, { others: pool, words, most }, random)
      })
      for (const input of batch) await attempt(input)
      tried.inputs += batch.length
      if (coverage === undefined) continue
      const [part] = await coverage.news()
      if (part === undefined) continue
      const input = await whoReaches(part, target, batch, coverage)
      tried.found.push({ input, part })
      pool.push(input)
      if (pool.length > MOST_KEPT) pool.splice(begun.length, 1)
    }
  } finally {
    await watchdog.stop()
  }
  return tried
}

/** V8 counts only what ran since the last look, so which of a batch it was shows when each runs again. */
async function whoReaches(
  part: string,
  target: Target,
  batch: readonly Buffer[],
  coverage: Coverage,
): Promise<Buffer> {
  for (const input of batch) {
    await coverage.forget(part)
    await failureOf(target, input)
    if ((await coverage.news()).includes(part)) return input
  }
  return batch[batch.length - 1]
}

/** What an input breaks; undefined when all holds. */
export async function failureOf(target: Target, input: Buffer): Promise<string | undefined> {
  try {
    await target.run(Buffer.from(input))
    return undefined
  } catch (error) {
    return (error as Error).stack ?? String(error)
  }
}

/** Failures that are the same but for numbers and names: the message's beginning, and where it was thrown. */
function kindOf(message: string): string {
  const [first, ...stack] = message.split("\n")
  const place = stack.find((line) => /\/(host|firmware|sim|test)\//.test(line)) ?? ""
  return first.replace(/[\d"'`].*/, "").slice(0, 60) + place.replace(/.*\//, "")
}

/** Leaves out what is not needed to fail in the same way. */
async function shrunk(target: Target, input: Buffer, message: string): Promise<Buffer> {
  const kind = kindOf(message)
  let least = input
  for (let size = input.length >> 1; size >= 1; size >>= 1)
    for (let at = 0; at < least.length; ) {
      const shorter = Buffer.concat([least.subarray(0, at), least.subarray(at + size)])
      const failure = await failureOf(target, shorter)
      if (failure !== undefined && kindOf(failure) === kind) least = shorter
      else at += size
    }
  return least
}
