import type { Sample } from "../sample"

/** One executed step that drives a current, seen from the working electrode. */
export interface HalfCycle {
  cycle: number
  stepCount: number
  stepType: Sample["stepType"]
  /** 1: plating (current > 0), -1: stripping (current < 0). */
  sign: 1 | -1
  /** Test time of the first record. */
  start_s: number
  /** From the first record to the last. */
  duration_s: number
  /** Magnitude of what passed in this direction, by the board's own integral. */
  charge_Ah: number
  /**
   * Magnitude of what passed the other way: in a voltage scan, or while a voltage was held and the
   * current turned. 0 for any other step.
   */
  reverseCharge_Ah: number
  /** Voltage of the step's last record; undefined while that record is missing. */
  end_V: number | undefined
  /** In order of time, never empty. */
  samples: Sample[]
  /** Both the first and the last record of the step are here. */
  complete: boolean
}

/** The records of one test step by step, rests included; none of the arrays is empty. */
export function* iterateSteps(samples: Iterable<Sample>): Generator<Sample[]> {
  let step: Sample[] = []
  for (const sample of samples) {
    if (step.length > 0 && step[0].stepCount !== sample.stepCount) {
      yield step
      step = []
    }
    step.push(sample)
  }
  if (step.length > 0) yield step
}

/**
 * The half-cycles of one test, in order, holding the records of only one step at a time.
 * Rests are passed over, and so is a step that has not yet shown a current.
 */
export function* iterateHalfCycles(samples: Iterable<Sample>): Generator<HalfCycle> {
  for (const step of iterateSteps(samples)) {
    const half = halfCycleOf(step)
    if (half !== undefined) yield half
  }
}

/** The half-cycles of one test, in order: one per executed step that drove a current. */
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

/** What a step is as a half-cycle; undefined for a rest, or while it has not shown a current. */
export function halfCycleOf(step: Sample[]): HalfCycle | undefined {
  const first = step[0]
  const last = step[step.length - 1]
  const sign = currentSign(last)
  if (first.stepType === "rest" || sign === 0) return undefined
  const reverseCharge_Ah = mayTurn(first) ? reversedCharge_Ah(step, sign) : 0
  return {
    cycle: first.cycle,
    stepCount: first.stepCount,
    stepType: first.stepType,
    sign,
    start_s: first.time_s,
    duration_s: last.time_s - first.time_s,
    charge_Ah: Math.abs(last.stepCharge_Ah) + reverseCharge_Ah,
    reverseCharge_Ah,
    end_V: last.isLast ? last.voltage_V : undefined,
    samples: step,
    complete: first.isFirst && last.isLast,
  }
}

/** Whether the voltage is given, so that the current goes as the cell wants. */
function mayTurn({ stepType }: Sample): boolean {
  return stepType === "constant_voltage" || stepType === "scan"
}

function reversedCharge_Ah(step: Sample[], sign: number): number {
  let reversed_Ah = 0
  let counted_Ah = 0
  for (const { stepCharge_Ah } of step) {
    reversed_Ah += Math.max(0, -sign * (stepCharge_Ah - counted_Ah))
    counted_Ah = stepCharge_Ah
  }
  return reversed_Ah
}
