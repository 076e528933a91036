import { MAX_STEPS } from "../../firmware/core/program"
import { GOTO_END, LOOP_SLOTS } from "../../firmware/core/step"
import { ProtocolError } from "../errors"
import type { Problems } from "./problems"
import type { Job } from "./quantities"
import type { ParsedProtocol } from "./schema"

/**
 * Gives each step of `method` but its tags a place in the table.
 * @returns for each step of the table, its index in `method`
 */
export function layOut({ method }: ParsedProtocol, { all }: Problems): number[] {
  const tags = new Set<string>()
  const methodIndex: number[] = []
  let loops = 0
  method.forEach((step, i) => {
    if (step.step === "tag") {
      if (tags.has(step.tag) || step.tag === "end")
        all.push(
          new ProtocolError(
            `method[${i}].tag`,
            step.tag === "end" ? "'end' is where a test ends." : `'${step.tag}' stands twice.`,
          ),
        )
      tags.add(step.tag)
      return
    }
    methodIndex.push(i)
    if (step.step === "loop" && ++loops === LOOP_SLOTS + 1)
      all.push(
        new ProtocolError(`method[${i}]`, `is one loop too many: a board keeps ${LOOP_SLOTS}.`),
      )
  })
  const count = methodIndex.length
  if (count === 0 || count > MAX_STEPS)
    all.push(new ProtocolError("method", `has ${count} steps; a board runs 1 to ${MAX_STEPS}.`))
  return methodIndex
}

/** Index in `method` of what a loop or a `goto` names, or -1. */
function entryOf(place: string | number, { method }: ParsedProtocol): number {
  if (typeof place === "number") return place <= method.length ? place - 1 : -1
  return method.findIndex((step) => step.step === "tag" && step.tag === place)
}

/** Index in the table of an entry of `method`, or of what follows it; its length at the end. */
function indexFrom(entry: number, { methodIndex }: Job): number {
  const index = methodIndex.findIndex((at) => at >= entry)
  return index < 0 ? methodIndex.length : index
}

/** The `goto` of a condition as the table writes it. */
export function gotoIndex(place: string | number, path: string, job: Job): number {
  if (place === "end") return GOTO_END
  const entry = entryOf(place, job.protocol)
  if (entry < 0)
    throw new ProtocolError(path, `'${place}' is no tag or entry of the method, nor "end".`)
  const index = indexFrom(entry, job)
  return index === job.methodIndex.length ? GOTO_END : index
}

/** Index in the table of the step that a loop goes back to. */
export function loopTarget(at: number, job: Job): number {
  const target = indexFrom(loopEntry(at, job), job)
  const takesTime = job.methodIndex
    .slice(target)
    .some((entry) => entry < at && isTimed(entry, job.protocol))
  if (takesTime) return target
  throw new ProtocolError(
    `method[${at}].loop_to`,
    "goes back over nothing that takes time: there must be a step between.",
  )
}

/** Index in `method` of what a loop names. */
export function loopEntry(at: number, { protocol }: Job): number {
  const loop = protocol.method[at]
  if (loop.step !== "loop") throw new ProtocolError(`method[${at}]`, "is no loop.")
  const entry = entryOf(loop.loop_to, protocol)
  if (entry >= 0 && entry < at) return entry
  throw new ProtocolError(
    `method[${at}].loop_to`,
    `'${loop.loop_to}' is no tag or entry before the loop.`,
  )
}

/** Whether an entry of `method` takes time. */
export function isTimed(entry: number, { method }: ParsedProtocol): boolean {
  const { step } = method[entry]
  return step !== "tag" && step !== "loop" && step !== "jump"
}

/**
 * Where cycles begin: with the first timed step of all, with that of each loop that no other encloses, and
 * when such a loop goes back.
 * @returns indices in the table
 */
export function cycleStarts(job: Job): Set<number> {
  const { protocol, methodIndex } = job
  const loops = methodIndex.filter((at) => protocol.method[at].step === "loop")
  const outermost = loops.filter(
    (at) => !loops.some((other) => other > at && loopEntry(other, job) <= at),
  )
  const starts = [0, ...outermost.map((at) => loopTarget(at, job))]
  const firstTimed = (from: number) =>
    methodIndex.findIndex((at, index) => index >= from && isTimed(at, protocol))
  const goingBack = outermost.map((at) => methodIndex.indexOf(at))
  return new Set([...starts.map(firstTimed), ...goingBack])
}
