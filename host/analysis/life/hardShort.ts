import type { Records } from "../../records"
import { currentSign } from "../halfCycles"
import { iterateSteps } from "../steps"
import { coveredWindow, timeWeightedMedian } from "../weighted"
import type { ShortSign } from "./shortSign"

/** Whose median a voltage is compared to. */
const BEFORE_s = 60
/** Of that median. */
const SHORTED = 0.5
/** Of the record before: a nucleation spike that decays may halve within 60 s, but not so fast. */
const ABRUPT = 0.6
/** A median below this is too near to the noise, 20 µV, and to what zeroing leaves to have a half. */
const LOWEST_V = 1e-3

/**
 * Hard shorts: in a step at constant current, |V| below half the median of the 60 s before, and below 0.6 of the
 * record before. The first of each step; a cell that stays shorted shows none in the steps after, for there is no
 * fall. Only voltages along the current are judged, as the board does: while the voltage opposes the current the
 * cell gives energy and may fall through 0 V by itself. So a short of a full cell in discharge is not seen here,
 * and none in a step's first 60 s.
 *
 * A rectangular voltage can itself be a soft short, which no fall tells: Menkin et al. 2023, 10.1039/d3fd00101f.
 */
export function* hardShorts(records: Iterable<Records>): Generator<ShortSign> {
  for (const step of iterateSteps(records)) {
    const at = step.stepType === "constant_current" ? shorted(step) : undefined
    if (at !== undefined) yield at
  }
}

function shorted(step: Records): ShortSign | undefined {
  const { cycle, length, time_s } = step
  const last = length - 1
  const sign = currentSign({
    stepCharge_Ah: step.stepCharge_Ah[last],
    current_A: step.current_A[last],
  })
  const along_V = step.voltage_V.map((voltage_V) => sign * voltage_V)
  let since_s = time_s[0]
  for (let i = 1; i < length; i++) {
    const isAbrupt = along_V[i] < ABRUPT * along_V[i - 1]
    const from_s = time_s[i] - BEFORE_s
    if (isAbrupt && from_s >= since_s) {
      const median_V = medianBefore_V(step, along_V, i, from_s)
      if (median_V !== undefined && median_V >= LOWEST_V) {
        const limit = SHORTED * median_V
        if (Math.abs(along_V[i]) < limit)
          return { kind: "hardShort", cycle, time_s: time_s[i], value: Math.abs(along_V[i]), limit }
      }
    }
    if (along_V[i] <= 0) since_s = time_s[i]
  }
  return undefined
}

/** Of the records before `at`, from `from_s` on. */
function medianBefore_V(
  step: Records,
  along_V: Float64Array,
  at: number,
  from_s: number,
): number | undefined {
  const window = coveredWindow(step, step.time_s, along_V, from_s, step.time_s[at - 1])
  return window && timeWeightedMedian(window)
}
