import { ABSENT } from "../../../firmware/core/program"
import * as table from "../../../firmware/core/step"
import { isTimed } from "../places"
import type { Job } from "../quantities"
import type { RecordRules, TableRule } from "../recordRules"
import type { TableStep } from "../table"
import { stepDuration, timesRun } from "./durations"

/** The board's flash, less what it keeps free (`firmware/LOG_FORMAT.md`). */
export const LOG_BYTES = (65_536 - 32) * 256
/** Flash for a point, all in, as `LOG_FORMAT.md` has measured it: 6.1 to 6.9. */
const BYTES_PER_POINT = 6.5
/** Of the event that a step begins, and of its first and last point, which share little with others. */
const BYTES_PER_STEP = 30
const PERIOD_ms = 100

export interface LogSpace {
  /** Of the whole test on one channel; undefined when it is not known how long it takes. */
  bytes: number | undefined
  /** Flash a day, of this channel alone. */
  bytesPerDay: number
}

/** What a test writes into the log. Points that noise or a drift of the voltage adds are not counted. */
export function logSpace(steps: readonly TableStep[], rules: RecordRules, job: Job): LogSpace {
  let bytes = 0
  let time_s = 0
  let isComplete = true
  const windows = voltageWindow_uV(steps)
  steps.forEach((step, index) => {
    const entry = job.methodIndex[index]
    if (!isTimed(entry, job.protocol)) return
    const times = timesRun(entry, job)
    const expected_s = stepDuration(step, job).expected_s
    if (expected_s === undefined) isComplete = false
    // A step that may last is taken for a day of it: what counts then is its pace.
    const runs_s = expected_s ?? 86_400
    const points = pointsOf(step, rules.rules[step.rule], runs_s, windows)
    bytes += times * (points * BYTES_PER_POINT + BYTES_PER_STEP)
    time_s += times * runs_s
  })
  return {
    bytes: isComplete ? bytes : undefined,
    bytesPerDay: time_s === 0 ? 0 : (bytes / time_s) * 86_400,
  }
}

/** Points that one run of a step makes. */
function pointsOf(
  step: TableStep,
  [interval_ms, change_uV, change_nA, burst_ms]: TableRule,
  time_s: number,
  window_uV: number,
): number {
  const time_ms = time_s * 1000
  if (step.type === table.STEP_PULSE) return time_ms / PERIOD_ms
  const first_ms = Math.min(burst_ms, time_ms)
  const spaced =
    interval_ms === ABSENT ? 0 : (time_ms - first_ms) / Math.max(interval_ms, PERIOD_ms)
  const byVoltage = change_uV === ABSENT ? 0 : swing_uV(step, window_uV) / change_uV
  const byCurrent = change_nA === ABSENT ? 0 : decay_nA(step) / change_nA
  return Math.min(time_ms / PERIOD_ms, first_ms / PERIOD_ms + spaced + byVoltage + byCurrent)
}

/** Between the highest and the lowest voltage that ends a step of the program at constant current. */
function voltageWindow_uV(steps: readonly TableStep[]): number {
  const ends = (isAbove: boolean) =>
    steps.flatMap((step) => [
      ...step.conditions
        .filter((one) => one.quantity === table.QUANTITY_VOLTAGE && one.isAbove === isAbove)
        .map(({ value }) => value),
      ...(isAbove && step.type === table.STEP_CC_CV ? [step.voltage_uV] : []),
    ])
  const [upper, lower] = [ends(true), ends(false)]
  if (upper.length === 0 || lower.length === 0) return 0
  return Math.max(0, Math.max(...upper) - Math.min(...lower))
}

/** How far the voltage moves in a step. */
function swing_uV(step: TableStep, window_uV: number): number {
  if (step.type === table.STEP_SCAN) return Math.abs(step.endVoltage_uV - step.voltage_uV)
  const isByVoltage =
    step.type === table.STEP_CC_CV ||
    step.conditions.some(({ quantity }) => quantity === table.QUANTITY_VOLTAGE)
  // A symmetric cell's cutoffs are for when it fails: between them it does not go.
  return isByVoltage && step.conditions.every(({ quantity }) => quantity !== table.QUANTITY_CHARGE)
    ? window_uV
    : 0
}

/** How far the current falls while a voltage is held. */
function decay_nA({ type, current_nA, conditions }: TableStep): number {
  if (type !== table.STEP_CONSTANT_VOLTAGE && type !== table.STEP_CC_CV) return 0
  const end = conditions.find((one) => one.quantity === table.QUANTITY_CURRENT && !one.isAbove)
  return Math.abs(current_nA) - (end?.value ?? 0)
}
