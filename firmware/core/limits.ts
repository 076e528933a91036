import type { Converter } from "./ports"
import type { ProgramHeader } from "./program"
import {
  FAULT_HARD_SHORT,
  FAULT_NONE,
  FAULT_OPEN_CELL,
  FAULT_OVER_CURRENT,
  FAULT_OVER_TEMPERATURE,
  FAULT_OVER_VOLTAGE,
  FAULT_SATURATED,
  FAULT_UNDER_TEMPERATURE,
  FAULT_UNDER_VOLTAGE,
} from "./states"

/** Codes within this of the converter's ends are clipped: the reading is not a measurement. */
const CLIPPED_CODE = 8388000
/** An error of the current beyond this part of the set-point, or this many amperes, is out of regulation. */
const REGULATION_SHARE = 0.01
const REGULATION_A = 20e-6
/** A step's first period may pass its set-point by the DAC's gain error, 1.4 %; beyond this it is a fault. */
const OVERSHOOT = 1.05
/** With less than this part of its set-point, or this current, a circuit at the output's rail is open. */
const OPEN_SHARE = 0.1
const OPEN_A = 1e-6
/** An open circuit drives the output to a rail: at the upper one the card lets go, the lower one reads −3 V and less. */
const LOWER_RAIL_V = -2
/** The board's own ceiling, whatever a program allows: parts are specified to 70 °C and above. */
const BOARD_TEMPERATURE_degC = 60

/** How far the current may be off a set-point while it counts as regulated. */
export function regulationLimit_A(setpoint_A: number): number {
  return Math.max(REGULATION_A, Math.abs(setpoint_A) * REGULATION_SHARE)
}

/** Safety limits of a reading, apart from cutoffs: the fault that it shows, or `FAULT_NONE`. */
export function safetyFault(
  header: ProgramHeader,
  reading: Converter,
  target_A: number,
  voltage_V: number,
  current_A: number,
  short_V: number,
): number {
  const magnitude_A = Math.abs(current_A)
  if (
    Math.abs(reading.currentCode) > CLIPPED_CODE ||
    magnitude_A > header.maxCurrent_A * OVERSHOOT + REGULATION_A
  )
    return FAULT_OVER_CURRENT
  const isClipped = Math.abs(reading.voltageCode) > CLIPPED_CODE
  if (isClipped || voltage_V > header.maxVoltage_V || voltage_V < header.minVoltage_V) {
    const flows = magnitude_A > Math.max(Math.abs(target_A) * OPEN_SHARE, OPEN_A)
    if (!flows && (isClipped || voltage_V < LOWER_RAIL_V)) return FAULT_OPEN_CELL
    if (isClipped) return FAULT_SATURATED
    return voltage_V > header.maxVoltage_V ? FAULT_OVER_VOLTAGE : FAULT_UNDER_VOLTAGE
  }
  return Math.abs(voltage_V) < short_V ? FAULT_HARD_SHORT : FAULT_NONE
}

/** What the board's temperature forbids; one that is not known, NaN, forbids nothing. */
export function temperatureFault(header: ProgramHeader, temperature_degC: number): number {
  if (temperature_degC > Math.min(header.maxTemperature_degC, BOARD_TEMPERATURE_degC))
    return FAULT_OVER_TEMPERATURE
  return temperature_degC < header.minTemperature_degC ? FAULT_UNDER_TEMPERATURE : FAULT_NONE
}
