import type { LiveChannel } from "../api"
import { CALIBRATION } from "./liveState"

/** How far a test is. Time is test time, which stands still while the test does. */
export interface Progress {
  /** 0 to 1; undefined when the protocol does not tell how long it takes. */
  share?: number
  /** Until it is done; 0 when it takes longer than was expected. */
  left_s?: number
}

export function progressOf({
  test,
  cycle,
  testTime_s,
}: Pick<LiveChannel, "test" | "cycle" | "testTime_s">): Progress {
  if (test?.expected_s !== undefined && test.expected_s > 0) {
    const share = Math.min(1, testTime_s / test.expected_s)
    return { share, left_s: Math.max(0, test.expected_s - testTime_s) }
  }
  // The cycle that runs does not count: what is shown is done.
  if (test?.cycles !== undefined && test.cycles > 0)
    return { share: Math.min(1, Math.max(0, cycle - 1) / test.cycles) }
  return {}
}

/** What a test is called where its cell's name would stand. */
export function testName({ test }: Pick<LiveChannel, "test">): string | undefined {
  if (test === undefined) return undefined
  if (test.cell !== undefined) return test.cell
  return test.number === CALIBRATION ? "calibration" : `test ${test.number}`
}
