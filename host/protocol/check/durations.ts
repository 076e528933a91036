import * as table from "../../../firmware/core/step"
import { isTimed, loopEntry } from "../places"
import type { Job } from "../quantities"
import type { Step } from "../steps"
import type { Condition, TableStep } from "../table"

/** How long something takes. */
export interface Duration {
  least_s: number
  /** Infinity when nothing but the cell bounds it. */
  most_s: number
  /** What is to be expected: the bound, or the time in which the cell's capacity passes; undefined: not known. */
  expected_s: number | undefined
}

/** How long one run of a step takes; no time for what takes none. */
export function stepDuration(step: TableStep, job: Job): Duration {
  const ends = groups(step.conditions).map((group) => ({
    least_s: Math.max(...group.map((condition) => bounds(condition, step).least_s)),
    most_s: Math.max(...group.map((condition) => bounds(condition, step).most_s)),
  }))
  if (step.type === table.STEP_SCAN) {
    const sweep_s = (Math.abs(step.endVoltage_uV - step.voltage_uV) * 1000) / step.scanRate_nV_per_s
    ends.push({ least_s: sweep_s, most_s: sweep_s })
  }
  if (ends.length === 0 || step.type === table.STEP_JUMP)
    return { least_s: 0, most_s: 0, expected_s: 0 }
  const least_s = Math.min(...ends.map((end) => end.least_s))
  const most_s = Math.min(...ends.map((end) => end.most_s))
  return { least_s, most_s, expected_s: expected_s(step, most_s, job) }
}

/** Conditions that hold together. */
function groups(conditions: readonly Condition[]): Condition[][] {
  const all: Condition[][] = []
  let isOpen = false
  for (const condition of conditions) {
    if (isOpen) all[all.length - 1].push(condition)
    else all.push([condition])
    isOpen = condition.isLinked
  }
  return all
}

/** |dV/dt| is not known before. */
const SLOPE_KNOWN_s = 60

function bounds(
  { quantity, value }: Condition,
  { type, current_nA }: TableStep,
): { least_s: number; most_s: number } {
  if (quantity === table.QUANTITY_TIME) return { least_s: value / 1000, most_s: value / 1000 }
  if (quantity === table.QUANTITY_CHARGE) {
    const shortest_s = (value / Math.abs(current_nA)) * 3600
    return { least_s: shortest_s, most_s: isConstant(type) ? shortest_s : Infinity }
  }
  const least_s = quantity === table.QUANTITY_VOLTAGE_RATE ? SLOPE_KNOWN_s : 0
  return { least_s, most_s: Infinity }
}

function isConstant(type: number): boolean {
  return type === table.STEP_CONSTANT_CURRENT || type === table.STEP_PULSE
}

/** A step that a voltage ends passes the cell's capacity, unless something ends it sooner. */
function expected_s({ type, conditions, current_nA }: TableStep, most_s: number, job: Job) {
  const capacity_mAh = job.cell.capacity_mAh ?? job.protocol.sample?.capacity_mAh
  const isByVoltage =
    type === table.STEP_CC_CV ||
    (isConstant(type) && conditions.some(({ quantity }) => quantity === table.QUANTITY_VOLTAGE))
  const isOfFullCell = job.cell.type !== "Li||Li" && job.cell.type !== "Li||Cu"
  if (isByVoltage && isOfFullCell && capacity_mAh !== undefined)
    return Math.min(most_s, (capacity_mAh / (Math.abs(current_nA) / 1e6)) * 3600)
  return Number.isFinite(most_s) ? most_s : undefined
}

/** How often an entry of the method runs, jumps and early ends aside. */
export function timesRun(entry: number, job: Job): number {
  return job.protocol.method.reduce((times, step, at) => {
    if (step.step !== "loop" || at < entry || loopEntry(at, job) > entry) return times
    return times * step.cycle_count
  }, 1)
}

/** The sum over a test of what its steps take, loops multiplied. */
export function totalDuration(steps: readonly TableStep[], job: Job): Duration {
  const total = { least_s: 0, most_s: 0, expected_s: 0 as number | undefined }
  steps.forEach((step, index) => {
    const entry = job.methodIndex[index]
    if (!isTimed(entry, job.protocol)) return
    const times = timesRun(entry, job)
    const one = stepDuration(step, job)
    total.least_s += times * one.least_s
    total.most_s += times * one.most_s
    if (total.expected_s !== undefined)
      total.expected_s =
        one.expected_s === undefined ? undefined : total.expected_s + times * one.expected_s
  })
  return goesBack(steps) ? { ...total, most_s: Infinity, expected_s: undefined } : total
}

/** Whether an end leads back, so that steps may run again. */
function goesBack(steps: readonly TableStep[]): boolean {
  return steps.some(({ conditions }, index) => conditions.some(({ goTo }) => goTo <= index))
}

/** What ends a step that nothing bounds. */
export function openEnd(step: Step, conditions: readonly Condition[]): string {
  if (step.step === "open_circuit_voltage") return "the cell"
  const has = (quantity: number) => conditions.some((condition) => condition.quantity === quantity)
  if (has(table.QUANTITY_VOLTAGE)) return "voltage"
  return has(table.QUANTITY_CURRENT) ? "current" : "the cell"
}
