import type { ConditionEntry, StepEntry } from "./programs"

/** Conditions and steps in a chemist's units, as entries of a program's table. */

const condition =
  (quantity: number, flags: number, unit: number) =>
  (value: number, goTo = 255): ConditionEntry => ({
    quantity,
    flags,
    goTo,
    value: Math.round(value * unit),
  })

export const after_s = condition(2, 1, 1000)
export const above_V = condition(1, 1, 1e6)
export const below_V = condition(1, 0, 1e6)
export const charge_mAh = condition(3, 1, 1e6)
export const current_above_mA = condition(4, 1, 1e6)
export const current_below_mA = condition(4, 0, 1e6)
export const slope_below_uV_per_s = condition(5, 0, 1000)
export const above_degC = condition(6, 1, 100)
export const fromCycle = condition(7, 1, 1)
export const energy_mWh = condition(8, 1, 1e6)
export const END = 254

/** Holds only together with the next. */
export const and = (entry: ConditionEntry): ConditionEntry => ({
  ...entry,
  flags: (entry.flags ?? 0) | 2,
})

export const rest = (...conditions: ConditionEntry[]): StepEntry => ({ type: 1, conditions })

export const current = (current_mA: number, ...conditions: ConditionEntry[]): StepEntry => ({
  type: 2,
  current_nA: Math.round(current_mA * 1e6),
  conditions,
})

export const loop = (loopTo: number, loopCount: number, loopSlot = 0): StepEntry => ({
  type: 3,
  loopTo,
  loopCount,
  loopSlot,
})

export const voltage = (
  voltage_V: number,
  limit_mA: number,
  ...conditions: ConditionEntry[]
): StepEntry => ({
  type: 4,
  voltage_uV: Math.round(voltage_V * 1e6),
  current_nA: Math.round(limit_mA * 1e6),
  conditions,
})

export const currentThenVoltage = (
  current_mA: number,
  voltage_V: number,
  ...conditions: ConditionEntry[]
): StepEntry => ({ ...voltage(voltage_V, current_mA, ...conditions), type: 5 })

export const pulse = (current_mA: number, ...conditions: ConditionEntry[]): StepEntry => ({
  ...current(current_mA, ...conditions),
  type: 6,
})

export const scan = (
  from_V: number,
  to_V: number,
  rate_mV_per_s: number,
  limit_mA: number,
  ...conditions: ConditionEntry[]
): StepEntry => ({
  ...voltage(from_V, limit_mA, ...conditions),
  type: 7,
  end_uV: Math.round(to_V * 1e6),
  rate_nV_per_s: Math.round(rate_mV_per_s * 1e6),
})

export const jump = (...conditions: ConditionEntry[]): StepEntry => ({ type: 8, conditions })

/** A step, or a loop each of whose passes is a cycle. */
export const beginsCycle = (step: StepEntry): StepEntry => ({ ...step, flags: 1 })

/** A header's rules, in which a step's own is the first. */
export const rules = (
  over: { time_s?: number; voltage_V?: number; current_mA?: number; burst_s?: number } = {},
): number[][] => {
  const { time_s = 10, voltage_V, current_mA, burst_s = 0 } = over
  const ABSENT = 0xffffffff
  const rule = [
    time_s === Number.POSITIVE_INFINITY ? ABSENT : time_s * 1000,
    voltage_V === undefined ? ABSENT : Math.round(voltage_V * 1e6),
    current_mA === undefined ? ABSENT : Math.round(current_mA * 1e6),
    burst_s * 1000,
  ]
  return [rule, rule, rule, rule]
}
