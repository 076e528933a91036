import { crc32 } from "node:zlib"
import type { Circuit } from "../../firmware/core/circuit"
import { HEADER_BYTES, STEP_BYTES } from "../../firmware/core/program"
import { STEP_LOOP } from "../../firmware/core/step"
import { checkTakesTime } from "./circles"
import { writeHeader } from "./header"
import { parseProtocol } from "./parse"
import { cycleStarts, layOut } from "./places"
import type { Job } from "./quantities"
import { RecordRules } from "./recordRules"
import { checkSafety } from "./safety"
import type { CellMetadata } from "./schema"
import { type TableStep, writeStep } from "./table"
import { tableStep } from "./tableStep"

/** A protocol made ready for one cell on one board. */
export interface CompiledProtocol {
  /** The step table that the board runs (`firmware/PROGRAM_FORMAT.md`). */
  bytes: Uint8Array
  /** For each step of the table, its index in `method`. */
  methodIndex: number[]
}

/**
 * Checks a protocol against the board's limits and compiles it for a cell.
 * @param input a protocol, as read from a file
 * @throws ProtocolError naming the step and the key, and what would be accepted
 */
export function compileProtocol(
  input: unknown,
  cell: CellMetadata,
  circuit: Circuit,
): CompiledProtocol {
  const protocol = parseProtocol(input)
  checkSafety(protocol, circuit)
  const methodIndex = layOut(protocol)
  const job: Job = { protocol, cell, methodIndex }
  const rules = new RecordRules(job)
  const steps = methodIndex.map((at) => tableStep(at, job, rules))
  checkTakesTime(steps, methodIndex)
  steps
    .filter(({ type }) => type === STEP_LOOP)
    .forEach((loop, slot) => {
      loop.loopSlot = slot
    })
  for (const index of cycleStarts(job)) steps[index].beginsCycle = true
  const bytes = new Uint8Array(HEADER_BYTES + steps.length * STEP_BYTES)
  const mark = markOf(steps)
  writeHeader(bytes, job, rules.rules, mark)
  steps.forEach((step, index) => {
    writeStep(bytes, HEADER_BYTES + index * STEP_BYTES, step, mark)
  })
  return { bytes, methodIndex }
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
