import type { Cell } from "../cell"
import { TesterError } from "../errors"
import { type ParsedProtocol, protocolSchema } from "./schema"
import type { Step } from "./steps"
import { lowered, type Entry, type Lowering } from "./unicyclerSteps"

/** Whose files these are like. */
const VERSION = "0.4.0"

/**
 * A protocol as aurora-unicycler 0.4 has it: areal currents in mA, charge cutoffs at constant current as
 * times (t = Q/I), CC-CV as two steps, loops to tags.
 * @throws TesterError listing all that unicycler has no word for, and where it stands
 */
export function toUnicycler(protocol: ParsedProtocol, cell: Cell): Entry {
  const losses: string[] = []
  const lowering: Lowering = {
    cell,
    capacity_mAh: cell.capacity_mAh ?? protocol.sample?.capacity_mAh,
    lose: (path, problem) => losses.push(`${path}: ${problem}`),
  }
  frameLosses(protocol, lowering)
  const file = {
    unicycler: { version: VERSION },
    sample: { name: cell.name, capacity_mAh: lowering.capacity_mAh ?? null },
    record: recordOf(protocol, lowering),
    safety: safetyOf(protocol, lowering),
    method: methodOf(protocol, lowering),
  }
  if (losses.length === 0) return file
  throw new TesterError(
    `unicycler 0.4 cannot say all of this protocol:\n${losses.map((loss) => `  ${loss}`).join("\n")}`,
  )
}

const FRAME_KEYS = [
  "resume",
  "resume_max_voltage_change_V",
  "self_test_at_rest",
  "allow_uncalibrated",
  "raw",
] as const

/** What a file that says nothing of them means. */
const DEFAULTS = protocolSchema.parse({
  safety: { max_voltage_V: 1, min_voltage_V: 0, max_current_mA: 1 },
  method: [{ step: "open_circuit_voltage" }],
})

function frameLosses(protocol: ParsedProtocol, { lose }: Lowering): void {
  for (const key of FRAME_KEYS)
    if (JSON.stringify(protocol[key]) !== JSON.stringify(DEFAULTS[key]))
      lose(key, "is not in unicycler: leave it out.")
  for (const [key, value] of Object.entries(protocol.stop))
    if (value !== (DEFAULTS.stop as Entry)[key])
      lose(`stop.${key}`, "is not in unicycler: leave it out.")
}

/** A unicycler file read by us has a burst of 10 s at each step's start, so only another one is lost. */
const BURST_s = 10

function recordOf({ record, safety }: ParsedProtocol, { lose }: Lowering): Entry {
  const largest_mA = Math.max(safety.max_current_mA, -(safety.min_current_mA ?? 0))
  if (record === undefined) return { time_s: 10, voltage_V: 0.001, current_mA: largest_mA / 100 }
  const { burst_s, ...rule } = record
  if (burst_s !== BURST_s) lose("record.burst_s", "is not in unicycler: leave it out.")
  if (rule.time_s === undefined) lose("record.time_s", "is needed by unicycler.")
  return rule
}

function safetyOf({ safety }: ParsedProtocol, { lose }: Lowering): Entry {
  const { max_temperature_degC, min_temperature_degC, max_capacity_mAh: _, ...limits } = safety
  if (max_temperature_degC !== undefined)
    lose("safety.max_temperature_degC", "is not in unicycler.")
  if (min_temperature_degC !== undefined)
    lose("safety.min_temperature_degC", "is not in unicycler.")
  return { ...limits, min_current_mA: limits.min_current_mA ?? -limits.max_current_mA }
}

/** Loops by number become loops to tags: numbers shift, and unicycler refuses some of them. */
function methodOf({ method }: ParsedProtocol, lowering: Lowering): Entry[] {
  const targets = new Set(
    method.flatMap((step) =>
      step.step === "loop" && typeof step.loop_to === "number" ? [step.loop_to - 1] : [],
    ),
  )
  return method.flatMap((step, at) => {
    const entries =
      step.step === "loop"
        ? [{ ...step, loop_to: tagOf(step.loop_to, method) }]
        : lowered(step, `method[${at}]`, lowering)
    const isUntagged = targets.has(at) && step.step !== "tag"
    return isUntagged ? [{ step: "tag", tag: tagOf(at + 1, method) }, ...entries] : entries
  })
}

function tagOf(place: string | number, method: readonly Step[]): string {
  if (typeof place === "string") return place
  const entry = method[place - 1]
  return entry?.step === "tag" ? entry.tag : `step ${place}`
}
