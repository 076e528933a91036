import type { Sample } from "../sample"

/** One executed constant-current step, seen from the working electrode. */
export interface HalfCycle {
  cycle: number
  stepCount: number
  /** 1: plating (current > 0), -1: stripping (current < 0). */
  sign: 1 | -1
  /** Test time of the first record. */
  start_s: number
  /** From the first record to the last. */
  duration_s: number
  /** Magnitude of the board's own integral at the last record. */
  charge_Ah: number
  /** Voltage of the step's last record; undefined while that record is missing. */
  end_V: number | undefined
  /** In order of time, never empty. */
  samples: Sample[]
  /** Both the first and the last record of the step are here. */
  complete: boolean
}

/**
 * The half-cycles of one test, in order, holding the records of only one step at a time.
 * Rests are passed over, and so is a step that has not yet shown a current.
 */
export function* iterateHalfCycles(samples: Iterable<Sample>): Generator<HalfCycle> {
  let step: Sample[] = []
  for (const sample of samples) {
    if (step.length > 0 && step[0].stepCount !== sample.stepCount) {
      yield* halfCycleOf(step)
      step = []
    }
    step.push(sample)
  }
  yield* halfCycleOf(step)
}

/** The half-cycles of one test, in order: one per executed constant-current step. */
export function halfCycles(samples: Iterable<Sample>): HalfCycle[] {
  return [...iterateHalfCycles(samples)]
}

/**
 * Which way a step's current flows, by a record of it: 1, -1, or 0 where nothing flowed.
 * The charge speaks before the current: a step's first record can still show the current of the
 * step before.
 */
export function currentSign(sample: Sample): 1 | -1 | 0 {
  const sign = Math.sign(sample.stepCharge_Ah) || Math.sign(sample.current_A)
  return sign > 0 ? 1 : sign < 0 ? -1 : 0
}

function* halfCycleOf(step: Sample[]): Generator<HalfCycle> {
  const first = step.at(0)
  const last = step.at(-1)
  if (first === undefined || last === undefined) return
  const sign = currentSign(last)
  if (first.stepType !== "constant_current" || sign === 0) return
  yield {
    cycle: first.cycle,
    stepCount: first.stepCount,
    sign,
    start_s: first.time_s,
    duration_s: last.time_s - first.time_s,
    charge_Ah: Math.abs(last.stepCharge_Ah),
    end_V: last.isLast ? last.voltage_V : undefined,
    samples: step,
    complete: first.isFirst && last.isLast,
  }
}
