import { crc32 } from "node:zlib"
import type { Circuit } from "../../firmware/core/circuit"
import { HEADER_BYTES, STEP_BYTES } from "../../firmware/core/program"
import { STEP_LOOP } from "../../firmware/core/step"
import type { Cell } from "../cell"
import type { ProtocolError } from "../errors"
import { checkTakesTime } from "./circles"
import { writeHeader } from "./header"
import { parseProtocol } from "./parse"
import { cycleStarts, layOut } from "./places"
import { Problems } from "./problems"
import type { Job } from "./quantities"
import { RecordRules } from "./recordRules"
import { checkSafety } from "./safety"
import { type TableStep, writeStep } from "./table"
import { tableStep } from "./tableStep"

/** A protocol made ready for one cell on one board. */
export interface CompiledProtocol {
  /** The step table that the board runs (`firmware/PROGRAM_FORMAT.md`). */
  bytes: Uint8Array
  /** For each step of the table, its index in `method`. */
  methodIndex: number[]
}

/** What came of compiling. */
export interface Compilation {
  /** All that is wrong; nothing else is there unless the form is right. */
  problems: readonly ProtocolError[]
  /** Unless something is wrong. */
  compiled?: CompiledProtocol
  job?: Job
  steps: TableStep[]
  rules?: RecordRules
}

/**
 * Checks a protocol against the board's limits and compiles it for a cell.
 * @param input a protocol, as read from a file
 * @throws ProtocolError naming the first step and key that are wrong, and what would be accepted
 */
export function compileProtocol(input: unknown, cell: Cell, circuit: Circuit): CompiledProtocol {
  const { compiled, problems } = tryToCompile(input, cell, circuit)
  if (compiled === undefined) throw problems[0]
  return compiled
}

/** As `compileProtocol`, and lists all that is wrong. */
export function tryToCompile(input: unknown, cell: Cell, circuit: Circuit): Compilation {
  const protocol = parseProtocol(input)
  if (Array.isArray(protocol)) return { problems: protocol, steps: [] }
  const problems = new Problems()
  checkSafety(protocol, circuit, problems)
  const methodIndex = layOut(protocol, problems)
  const job: Job = { protocol, cell, methodIndex, problems }
  const rules = new RecordRules(job)
  const steps = methodIndex.map((at) => tableStep(at, job, rules))
  if (problems.all.length === 0)
    problems.attempt(() => checkTakesTime(steps, methodIndex), undefined)
  const isSound = problems.all.length === 0
  if (isSound) finishSteps(steps, job)
  const mark = isSound ? markOf(steps) : 0
  const bytes = new Uint8Array(HEADER_BYTES + steps.length * STEP_BYTES)
  writeHeader(bytes, job, rules.rules, mark)
  if (problems.all.length > 0) return { problems: problems.all, job, steps, rules }
  steps.forEach((step, index) => {
    writeStep(bytes, HEADER_BYTES + index * STEP_BYTES, step, mark)
  })
  return { problems: [], compiled: { bytes, methodIndex }, job, steps, rules }
}

/** Numbers the loops, and says where cycles begin. */
function finishSteps(steps: readonly TableStep[], job: Job): void {
  steps
    .filter(({ type }) => type === STEP_LOOP)
    .forEach((loop, slot) => {
      loop.loopSlot = slot
    })
  for (const index of cycleStarts(job)) steps[index].beginsCycle = true
}

/** A number that programs of other steps do not have. */
function markOf(steps: readonly TableStep[]): number {
  const checksums = steps.flatMap((step) => {
    const bytes = new Uint8Array(STEP_BYTES)
    writeStep(bytes, 0, step, 0)
    return [...bytes.subarray(STEP_BYTES - 4)]
  })
  return crc32(Uint8Array.from(checksums)) & 0xffff
}
