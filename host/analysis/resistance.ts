import type { Sample } from "../sample"
import { iterateSteps } from "./halfCycles"

/** DC resistance from one pulse. */
export interface PulseResistance {
  cycle: number
  stepCount: number
  /** Test time at which the pulse began. */
  start_s: number
  /** How far into the pulse it was read: at the record nearest to the time that was asked for. */
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
export function pulseResistances(samples: Iterable<Sample>, at_s: number): PulseResistance[] {
  if (!(at_s > 0)) throw new RangeError(`at_s is ${at_s}: give a time into the pulse, above 0 s.`)
  const found: PulseResistance[] = []
  let before: Sample | undefined
  for (const step of iterateSteps(samples)) {
    if (step[0].stepType === "pulse") found.push(pulseResistance(before, step, at_s))
    before = step[step.length - 1]
  }
  return found
}

function pulseResistance(last: Sample | undefined, pulse: Sample[], at_s: number): PulseResistance {
  const [first] = pulse
  const { cycle, stepCount } = first
  const unread = { elapsed_s: undefined, change_A: undefined, resistance_ohm: undefined }
  if (last === undefined || !leadsTo(last, first))
    return { cycle, stepCount, start_s: first.time_s, ...unread }
  const start_s = last.time_s
  const record = recordNear(pulse, start_s + at_s, Math.max(NEAR_s, NEAR_SHARE * at_s))
  if (record === undefined) return { cycle, stepCount, start_s, ...unread }
  const change_A = record.current_A - last.current_A
  return {
    cycle,
    stepCount,
    start_s,
    elapsed_s: record.time_s - start_s,
    change_A,
    resistance_ohm: hasArrived(change_A, last, pulse)
      ? (record.voltage_V - last.voltage_V) / change_A
      : undefined,
  }
}

function leadsTo(last: Sample, first: Sample): boolean {
  return (
    last.isLast &&
    last.stepCount === first.stepCount - 1 &&
    first.isFirst &&
    first.time_s - last.time_s <= INTERRUPTION_s
  )
}

function recordNear(samples: Sample[], time_s: number, near_s: number): Sample | undefined {
  const off_s = (sample: Sample) => Math.abs(sample.time_s - time_s)
  const nearest = samples.reduce((best, one) => (off_s(one) < off_s(best) ? one : best))
  return off_s(nearest) <= near_s ? nearest : undefined
}

/** Whether a change of current is at least half of the largest in the pulse. */
function hasArrived(change_A: number, before: Sample, pulse: Sample[]): boolean {
  const largest_A = pulse.reduce(
    (most, one) => Math.max(most, Math.abs(one.current_A - before.current_A)),
    0,
  )
  return largest_A > 0 && Math.abs(change_A) >= largest_A / 2
}
