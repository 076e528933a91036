import type { Records } from "../records"
import { halfCycleOf } from "./halfCycles"
import { iterateSteps } from "./steps"

/** All that passed one way before the current turned: one step, or several with or without rests between. */
export interface ChargePhase {
  /** 1: by positive current. */
  sign: 1 | -1
  /** Magnitude, by the board's own integral. */
  charge_mAh: number
  /** Test time of its first and its last record. */
  start_s: number
  end_s: number
  /** Voltage of its last record; undefined while that is missing. */
  end_V: number | undefined
  /** Each of its steps has its first and its last record, and no step is missing in it or before it. */
  isKnown: boolean
}

/** The phases of one test, in order, in a single pass. */
export function* chargePhases(records: Iterable<Records>): Generator<ChargePhase> {
  let phase: ChargePhase | undefined
  let lastStep = 0
  let isGap = false
  for (const step of iterateSteps(records)) {
    isGap ||= step.stepCount !== lastStep + 1
    lastStep = step.stepCount
    const half = halfCycleOf(step)
    if (half === undefined) continue
    if (phase?.sign !== half.sign) {
      if (phase !== undefined) yield phase
      const { sign, start_s } = half
      phase = { sign, charge_mAh: 0, start_s, end_s: start_s, end_V: undefined, isKnown: true }
    }
    phase.charge_mAh += 1000 * (half.charge_Ah - half.reverseCharge_Ah)
    phase.end_s = half.start_s + half.duration_s
    phase.end_V = half.end_V
    phase.isKnown = phase.isKnown && half.complete && !isGap
    isGap = false
  }
  if (phase !== undefined) yield phase
}
