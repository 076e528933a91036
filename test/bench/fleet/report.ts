import type { Lag } from "./boards"
import type { Compared } from "./compare"
import { type Latencies, quantile } from "./latency"
import type { Traffic } from "./listener"
import { cpuShare, type Used } from "./usage"

export interface Results {
  engine: string
  channels: number
  window_s: number
  found_s: number
  published_s: number
  lag: Lag
  usage: Record<string, Used[]>
  last: Record<string, Used[]>
  before: Map<string, Traffic>
  after: Map<string, Traffic>
  latencies: Latencies
  compared: Compared
  sizes: Record<string, { files: number; bytes: number }>
}

const MOST_p99_s = 2
const MOST_MB = 300
/** Memory is flat when it ends no higher than this above where it stood after a third of the time. */
const FLAT = 1.1

/** Prints what was measured, and what of it misses its bar. */
export function report(results: Results): void {
  const { channels, window_s, latencies, compared, usage } = results
  console.log(
    `${channels} channels at 1 Hz (${results.engine}), ${(window_s / 60).toFixed(1)} min; all found within ` +
      `${results.found_s.toFixed(0)} s, all in the dataset ${results.published_s.toFixed(0)} s after the tests' end; ` +
      `the boards' process within ${results.lag.p99_ms.toFixed(0)} ms of the wall's clock (p99; ` +
      `${results.lag.most_ms.toFixed(0)} at most)`,
  )
  const { lake, broker } = compared
  console.log(`records logged    ${compared.logged}`)
  console.log(
    `in the dataset    ${lake.lost} lost, ${lake.doubledOrForeign} doubled or of no board`,
  )
  console.log(
    `by the broker     ${broker.lost} lost, ${broker.doubledOrForeign} of no board; ${compared.repeatedPages} pages came again`,
  )
  printLatency("a reading to the broker", latencies.readings_ms)
  printLatency("a record until a reading as new is there", latencies.samples_ms)
  printLatency("a record itself, with its page", latencies.records_ms)
  console.log(`records after which no reading came: ${latencies.unheard}`)
  for (const [name, used] of Object.entries(usage))
    console.log(
      `${name.padEnd(10)}        ${(100 * cpuShare(used)).toFixed(1)} % of a core; ${memories(used)} MB by tenths of the ` +
        `time, at most ${most(used).toFixed(0)}`,
    )
  printTraffic(results)
  for (const [name, { files, bytes }] of Object.entries(results.sizes))
    console.log(
      `${name.padEnd(8)} files    ${files}, ${(bytes / files / 1000).toFixed(1)} kB each, ` +
        `${(bytes / compared.logged).toFixed(2)} bytes a record`,
    )
  judge(results)
}

function printLatency(what: string, sorted_ms: Float64Array): void {
  const at = (share: number) => `${(quantile(sorted_ms, share) / 1000).toFixed(2)} s`
  console.log(
    `${what}: median ${at(0.5)}, p99 ${at(0.99)}, p99.9 ${at(0.999)}, at most ${at(1)}; of ${sorted_ms.length}`,
  )
}

function printTraffic({ before, after, window_s, channels }: Results): void {
  for (const [kind, { messages, bytes }] of after) {
    const was = before.get(kind) ?? { messages: 0, bytes: 0 }
    const rate = (messages - was.messages) / window_s
    const each = (bytes - was.bytes) / Math.max(1, messages - was.messages)
    console.log(
      `${kind.padEnd(8)} messages ${rate.toFixed(2)} s⁻¹ of ${each.toFixed(0)} bytes, ` +
        `${((bytes - was.bytes) / window_s / channels).toFixed(1)} bytes a channel and second`,
    )
  }
}

function judge({ compared, latencies, last }: Results): void {
  const missed: string[] = []
  const { lake, broker } = compared
  if (compared.logged === 0) missed.push("nothing was logged")
  if (lake.lost + lake.doubledOrForeign > 0) missed.push("the dataset is not the boards' logs")
  if (broker.lost + broker.doubledOrForeign > 0) missed.push("the broker had not the boards' logs")
  if (quantile(latencies.samples_ms, 0.99) > MOST_p99_s * 1000 || latencies.unheard > 0)
    missed.push(`more than ${MOST_p99_s} s to the broker`)
  for (const [name, used] of Object.entries(last)) {
    if (most(used) > MOST_MB) missed.push(`${name} takes more than ${MOST_MB} MB`)
    if (!isFlat(used)) missed.push(`the memory of ${name} grows`)
  }
  for (const what of missed) console.log(`MISSED: ${what}`)
  if (missed.length > 0) process.exitCode = 1
}

function most(used: readonly Used[]): number {
  return Math.max(...used.map(({ memory_MB }) => memory_MB))
}

function memories(used: readonly Used[]): string {
  return Array.from({ length: 10 }, (_, i) => tenth(used, i).toFixed(0)).join(" ")
}

/** Highest in the tenth number `i` of the time. */
function tenth(used: readonly Used[], i: number): number {
  const at = (part: number) => Math.floor((used.length * part) / 10)
  return most(used.slice(at(i), Math.max(at(i) + 1, at(i + 1))))
}

function isFlat(used: readonly Used[]): boolean {
  return tenth(used, 9) <= FLAT * tenth(used, 3)
}
