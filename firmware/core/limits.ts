import type { Converter } from "./ports"
import type { Program } from "./program"
import {
  FAULT_NONE,
  FAULT_OVER_CURRENT,
  FAULT_OVER_VOLTAGE,
  FAULT_SATURATED,
  FAULT_UNDER_VOLTAGE,
} from "./states"

/** Codes within this of the converter's ends are clipped: the reading is not a measurement. */
const CLIPPED_CODE = 8388000
/** An error of the current beyond this part of the set-point, or this many amperes, is out of regulation. */
const REGULATION_SHARE = 0.01
const REGULATION_A = 20e-6
/** A step's first period may pass its set-point by the DAC's gain error, 1.4 %; beyond this it is a fault. */
const OVERSHOOT = 1.05

/** How far the current may be off a set-point while it counts as regulated. */
export function regulationLimit_A(setpoint_A: number): number {
  return Math.max(REGULATION_A, Math.abs(setpoint_A) * REGULATION_SHARE)
}

/** Safety limits, apart from cutoffs: the fault that a fresh reading shows, or `FAULT_NONE`. */
export function safetyFault(
  program: Program,
  reading: Converter,
  voltage_V: number,
  current_A: number,
): number {
  if (Math.abs(reading.currentCode) > CLIPPED_CODE) return FAULT_OVER_CURRENT
  if (Math.abs(current_A) > program.maxCurrent_A * OVERSHOOT + REGULATION_A)
    return FAULT_OVER_CURRENT
  if (Math.abs(reading.voltageCode) > CLIPPED_CODE) return FAULT_SATURATED
  if (voltage_V > program.maxVoltage_V) return FAULT_OVER_VOLTAGE
  if (voltage_V < program.minVoltage_V) return FAULT_UNDER_VOLTAGE
  return FAULT_NONE
}
