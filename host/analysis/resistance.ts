import type { Records } from "../records"
import { iterateSteps } from "./steps"

/** DC resistance from one pulse, or from one rest after a current. */
export interface PulseResistance {
  cycle: number
  stepCount: number
  /** Test time at which the pulse, or the rest, began. */
  start_s: number
  /** How far into it the voltage was read: at the record nearest to the time that was asked for. */
  elapsed_s: number | undefined
  /** I_t − I_before, with its sign. */
  change_A: number | undefined
  /** R_DC in Ω. */
  resistance_ohm: number | undefined
}

/** Half the board's period of 0.1 s, with room for its jitter: a burst always has a record so near. */
const NEAR_s = 0.06
const NEAR_SHARE = 0.05
/** Longer than this between the last record before and the first one in the pulse is an interruption. */
const INTERRUPTION_s = 1

/**
 * R_DC of every pulse step of a test, in ohm, `at_s` seconds into the pulse:
 *
 *     R_DC = (V_t − V_before) ÷ (I_t − I_before)
 *
 * `before` is the last record of the step before, so that its current need not be 0. R_DC is of the
 * whole cell and holds all that has answered by then: ohmic and contact resistance at once, charge
 * transfer within milliseconds to a second, diffusion later. So it is no impedance, and two of them
 * compare only at one `at_s`: Barai et al. 2018, 10.1038/s41598-017-18424-5.
 *
 * Nothing is interpolated. Undefined where no record lies within 60 ms, or 5 %, of `at_s`, where the
 * current had not arrived at that record, and where the step before or the passage from it was not
 * recorded.
 * @throws RangeError when `at_s` is not above 0
 */
export function pulseResistances(records: Iterable<Records>, at_s: number): PulseResistance[] {
  if (!(at_s > 0)) throw new RangeError(`at_s is ${at_s}: give a time into the pulse, above 0 s.`)
  const found: PulseResistance[] = []
  let before: Records | undefined
  for (const step of iterateSteps(records)) {
    if (step.stepType === "pulse") found.push(pulseResistance(before, step, at_s))
    before = step
  }
  return found
}

function pulseResistance(
  before: Records | undefined,
  pulse: Records,
  at_s: number,
): PulseResistance {
  const { cycle, stepCount } = pulse
  const unread = { elapsed_s: undefined, change_A: undefined, resistance_ohm: undefined }
  if (before === undefined || !leadsTo(before, pulse))
    return { cycle, stepCount, start_s: pulse.time_s[0], ...unread }
  const last = before.length - 1
  const start_s = before.time_s[last]
  const at = recordNear(pulse, start_s + at_s, nearness_s(at_s))
  if (at === undefined) return { cycle, stepCount, start_s, ...unread }
  const change_A = pulse.current_A[at] - before.current_A[last]
  return {
    cycle,
    stepCount,
    start_s,
    elapsed_s: pulse.time_s[at] - start_s,
    change_A,
    resistance_ohm: hasArrived(change_A, before.current_A[last], pulse)
      ? (pulse.voltage_V[at] - before.voltage_V[last]) / change_A
      : undefined,
  }
}

/** How far from `at_s` a record may lie that is read for it. */
export function nearness_s(at_s: number): number {
  return Math.max(NEAR_s, NEAR_SHARE * at_s)
}

/** Whether the records go on from a step to the next without an interruption. */
export function leadsTo(before: Records, pulse: Records): boolean {
  return (
    before.hasLast &&
    before.stepCount === pulse.stepCount - 1 &&
    pulse.hasFirst &&
    pulse.time_s[0] - before.time_s[before.length - 1] <= INTERRUPTION_s
  )
}

function recordNear({ time_s }: Records, at_s: number, near_s: number): number | undefined {
  let nearest = 0
  for (let i = 1; i < time_s.length; i++)
    if (Math.abs(time_s[i] - at_s) < Math.abs(time_s[nearest] - at_s)) nearest = i
  return Math.abs(time_s[nearest] - at_s) <= near_s ? nearest : undefined
}

/** Whether a change of current is at least half of the largest in the pulse. */
function hasArrived(change_A: number, before_A: number, { current_A }: Records): boolean {
  let largest_A = 0
  for (const now_A of current_A) largest_A = Math.max(largest_A, Math.abs(now_A - before_A))
  return largest_A > 0 && Math.abs(change_A) >= largest_A / 2
}
