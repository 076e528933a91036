import { expect, test } from "vitest"
import { readFirmware } from "../../../host/transport/simulated"
import { type FaultOptions, SOAK } from "../faultOptions"
import { type LegOptions, type Problem, runLeg } from "./leg"
import { calibrated } from "./year"

const SEED = 91
/** As much as happens in the long form in four days. */
const DAYS = 0.1
const FAULTS: FaultOptions = {
  ...SOAK,
  cuts_per_d: 40,
  off_s: [1, 60],
  resets_per_d: 40,
  stalls_per_d: 30,
  chips_per_d: { nack: 1, flaky: 1, wrongBytes: 1, stale: 1, mute: 1, zeros: 1, reset: 1 },
  cells_per_d: { opened: 2, shorted: 1, replaced: 1 },
  hosts_per_d: 100,
  persons_per_d: 400,
}

test(`hours of four channels with all faults on, compiled and in Node: nothing is lost, the same bytes, seed ${SEED}`, async () => {
  const before = await calibrated(SEED)
  const problems: Problem[] = []
  const leg = (firmware: LegOptions["firmware"]) =>
    runLeg(
      {
        seed: SEED,
        boardSeed: SEED,
        firmware,
        days: DAYS,
        faults: FAULTS,
        from_ms: 0,
        first_d: [],
        onProblem: (problem) => problems.push(problem),
      },
      { flash: before.flash.slice(), fram: before.fram.slice() },
    )
  const native = leg("native")
  expect(problems).toEqual([])
  expect(native.summary).toMatchObject({ panics: 0 })
  expect(Number(native.summary.restartsChecked)).toBeGreaterThan(10)
  expect(Number(native.summary.committedPagesFound)).toBeGreaterThan(10)
  expect(leg(readFirmware()).digest).toBe(native.digest)
})
