import type { Records } from "../records"
import { type HalfCycle, halfCycleOf } from "./halfCycles"
import { iterateSteps } from "./steps"

/** What passed in one cycle, by the board's own integrals, over every step that drove a current. */
export interface CycleCharges {
  cycle: number
  /** By positive current, which charges, or plates on the working electrode. */
  positive_mAh: number
  negative_mAh: number
  /**
   * No record is missing that would have told of more: each step that drives a current has its first and its
   * last, and no step is missing between this cycle, its neighbours and the test's beginning.
   */
  isChargeKnown: boolean
}

/** The charges of each cycle of one test, in a single pass; `cycleRows` gives them, too. */
export function* cycleCharges(records: Iterable<Records>): Generator<CycleCharges> {
  for (const cycle of iterateCycles(records)) yield cycle.charges()
}

/** The cycles of one test, in order, each once all of its steps were seen. */
export function* iterateCycles(records: Iterable<Records>): Generator<Cycle> {
  let cycle: Cycle | undefined
  let lastStep = 0
  for (const step of iterateSteps(records)) {
    const isGap = step.stepCount !== lastStep + 1
    lastStep = step.stepCount
    // The missing steps may have belonged to either cycle.
    if (isGap && cycle !== undefined) cycle.isChargeKnown = false
    if (cycle?.cycle !== step.cycle) {
      if (cycle !== undefined) yield cycle
      cycle = new Cycle(step.cycle)
      if (isGap) cycle.isChargeKnown = false
    }
    cycle.add(step)
  }
  if (cycle !== undefined) yield cycle
}

/** One cycle, summed up step by step. */
export class Cycle {
  /** No record is missing that would have told of more charge. */
  isChargeKnown = true
  readonly positive = new Direction()
  readonly negative = new Direction()
  /** Test time at which its first half-cycle began, and its last one ended; NaN without one. */
  start_s = Number.NaN
  end_s = Number.NaN

  constructor(readonly cycle: number) {}

  add(step: Records): void {
    if (step.stepType === "rest") return
    const half = halfCycleOf(step)
    if (half?.complete !== true) this.isChargeKnown = false
    if (half === undefined) return
    if (Number.isNaN(this.start_s)) this.start_s = half.start_s
    this.end_s = half.start_s + half.duration_s
    const [forward, reverse] =
      half.sign > 0 ? [this.positive, this.negative] : [this.negative, this.positive]
    forward.add(half)
    reverse.charge_Ah += half.reverseCharge_Ah
    reverse.energy_Wh += half.reverseEnergy_Wh
  }

  charges(): CycleCharges {
    const { cycle, isChargeKnown } = this
    return {
      cycle,
      positive_mAh: 1000 * this.positive.charge_Ah,
      negative_mAh: 1000 * this.negative.charge_Ah,
      isChargeKnown,
    }
  }
}

/** What went one way in a cycle. */
export class Direction {
  /** All of it, also what passed while a step mostly went the other way. */
  charge_Ah = 0
  energy_Wh = 0
  /** Of the half-cycles that went this way. */
  duration_s = 0
  /** Each has its first and its last record. */
  complete = true
  /** The one whose voltages count: at constant current, if there is any, and of those the largest. */
  main: HalfCycle | undefined

  add(half: HalfCycle): void {
    this.charge_Ah += half.charge_Ah
    this.energy_Wh += half.energy_Wh
    this.duration_s += half.duration_s
    this.complete = this.complete && half.complete
    if (this.main === undefined || outdoes(half, this.main)) this.main = half
  }
}

function outdoes(half: HalfCycle, other: HalfCycle): boolean {
  const isSteady = half.stepType === "constant_current"
  if (isSteady !== (other.stepType === "constant_current")) return isSteady
  return half.charge_Ah > other.charge_Ah
}
