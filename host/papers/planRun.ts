import { createHash } from "node:crypto"
import { type PlannedTest, planTest } from "../start"
import { readFirmware, simulatedCellMark } from "../transport/simulated"
import type { Run } from "./paper"

/**
 * Checks a run's protocol for its cell, as `start` does: what it is given are the two files that a person would
 * write.
 * @throws TesterError naming the run and all that is wrong
 */
export function planRun({ key, protocol, cell }: Run, channel: number): PlannedTest {
  return planTest(
    channel,
    { fileName: `${key}.json`, text: `${JSON.stringify(protocol, null, 2)}\n` },
    { fileName: `${key}.cell.yaml`, text: `${JSON.stringify(cell, null, 2)}\n` },
  )
}

/** Cell time that a run is expected to take, s; where the cell decides, the least that is known. */
export function estimate_s(run: Run): number {
  const { expected_s, most_s, least_s } = planRun(run, 0).plan.duration
  return expected_s ?? (Number.isFinite(most_s) ? most_s : least_s)
}

/** A mark of all that a run's records follow from. Both engines leave the same. */
export function fingerprint(run: Run): string {
  const { plan } = planRun(run, 0)
  const hash = createHash("sha256")
  hash.update(JSON.stringify([run.key, run.protocol, run.cell]))
  hash.update(plan.compiled.bytes)
  hash.update(simulatedCellMark(run.simulatedCell))
  hash.update(readFirmware())
  return hash.digest("hex")
}
