import type { Records } from "../records"
import type { Sample } from "../sample"
import { iterateSteps } from "./steps"

/** One executed step that drives a current, seen from the working electrode. */
export interface HalfCycle {
  cycle: number
  stepCount: number
  stepType: Records["stepType"]
  /** 1: plating (current > 0), -1: stripping (current < 0). */
  sign: 1 | -1
  /** Test time of the first record. */
  start_s: number
  /** From the first record to the last. */
  duration_s: number
  /**
   * Magnitude of what passed in this direction, by the board's own integral: that of the last record, or that which
   * the board kept where it started anew behind it.
   */
  charge_Ah: number
  /**
   * Magnitude of what passed the other way: in a voltage scan, or while a voltage was held and the
   * current turned. 0 for any other step.
   */
  reverseCharge_Ah: number
  /**
   * Integral of voltage × |current| in this direction, by the board: what a full cell took, or gave. Below 0
   * where the voltage was, as in the stripping of a symmetric cell.
   */
  energy_Wh: number
  /** The same of what passed the other way. */
  reverseEnergy_Wh: number
  /** Voltage of the step's last record; undefined while that record is missing. */
  end_V: number | undefined
  /** All of the step, never empty. */
  records: Records
  /** Both the first and the last record of the step are here. */
  complete: boolean
}

/**
 * The half-cycles of one test, in order, holding the records of only one step at a time.
 * Rests are passed over, and so is a step that has not yet shown a current.
 */
export function* iterateHalfCycles(records: Iterable<Records>): Generator<HalfCycle> {
  for (const step of iterateSteps(records)) {
    const half = halfCycleOf(step)
    if (half !== undefined) yield half
  }
}

/** The half-cycles of one test, in order: one per executed step that drove a current. */
export function halfCycles(records: Iterable<Records>): HalfCycle[] {
  return [...iterateHalfCycles(records)]
}

/**
 * Which way a step's current flows, by a record of it: 1, -1, or 0 where nothing flowed.
 * The charge speaks before the current: a step's first record can still show the current of the
 * step before.
 */
export function currentSign({
  stepCharge_Ah,
  current_A,
}: Pick<Sample, "stepCharge_Ah" | "current_A">): 1 | -1 | 0 {
  const sign = Math.sign(stepCharge_Ah) || Math.sign(current_A)
  return sign > 0 ? 1 : sign < 0 ? -1 : 0
}

/** What a whole step is as a half-cycle; undefined for a rest, or while it has not shown a current. */
export function halfCycleOf(step: Records): HalfCycle | undefined {
  const last = step.length - 1
  const end = { charge_Ah: step.stepCharge_Ah[last], energy_Wh: step.stepEnergy_Wh[last] }
  const { charge_Ah: stepCharge_Ah, energy_Wh: stepEnergy_Wh } = keptBehind(step) ?? end
  const sign = currentSign({ stepCharge_Ah, current_A: step.current_A[last] })
  if (step.stepType === "rest" || sign === 0) return undefined
  const reverse = mayTurn(step) ? reversed(step, sign) : { charge_Ah: 0, energy_Wh: 0 }
  return {
    cycle: step.cycle,
    stepCount: step.stepCount,
    stepType: step.stepType,
    sign,
    start_s: step.time_s[0],
    duration_s: step.time_s[last] - step.time_s[0],
    charge_Ah: Math.abs(stepCharge_Ah) + reverse.charge_Ah,
    reverseCharge_Ah: reverse.charge_Ah,
    energy_Wh: sign * stepEnergy_Wh + reverse.energy_Wh,
    reverseEnergy_Wh: reverse.energy_Wh,
    end_V: step.hasLast ? step.voltage_V[last] : undefined,
    records: step,
    complete: step.hasFirst && step.hasLast,
  }
}

/** Mean |current| of a half-cycle: charge ÷ time from its first record to its last; undefined with one record. */
export function meanCurrent_A({ records, duration_s }: HalfCycle): number | undefined {
  if (!(duration_s > 0)) return undefined
  const { stepCharge_Ah, length } = records
  return (3600 * Math.abs(stepCharge_Ah[length - 1] - stepCharge_Ah[0])) / duration_s
}

/**
 * What the board kept behind the last record. Of two that count the same current the larger one is the later: the
 * record may have come after what was kept.
 */
function keptBehind(step: Records): Records["kept"] {
  const { kept, stepCharge_Ah, length } = step
  if (kept === undefined || mayTurn(step)) return kept
  return Math.abs(kept.charge_Ah) > Math.abs(stepCharge_Ah[length - 1]) ? kept : undefined
}

/** Whether the voltage is given, so that the current goes as the cell wants. */
function mayTurn({ stepType }: Records): boolean {
  return stepType === "constant_voltage" || stepType === "scan"
}

/** What passed against `sign`, from record to record. */
function reversed({ length, stepCharge_Ah, stepEnergy_Wh, kept }: Records, sign: number) {
  const passed = { charge_Ah: 0, energy_Wh: 0 }
  const add = (charge_Ah: number, energy_Wh: number) => {
    if (sign * charge_Ah >= 0) return
    passed.charge_Ah -= sign * charge_Ah
    passed.energy_Wh -= sign * energy_Wh
  }
  add(stepCharge_Ah[0], stepEnergy_Wh[0])
  for (let i = 1; i < length; i++)
    add(stepCharge_Ah[i] - stepCharge_Ah[i - 1], stepEnergy_Wh[i] - stepEnergy_Wh[i - 1])
  if (kept !== undefined)
    add(kept.charge_Ah - stepCharge_Ah[length - 1], kept.energy_Wh - stepEnergy_Wh[length - 1])
  return passed
}
