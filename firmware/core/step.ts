import type { Memory } from "./bytes"
import { crcHolds } from "./crc"
import {
  KEY_CHECKSUM,
  KEY_CONDITION,
  KEY_CURRENT,
  KEY_END,
  KEY_GOTO,
  KEY_LOOP_COUNT,
  KEY_LOOP_SLOT,
  KEY_LOOP_TARGET,
  KEY_NONE,
  KEY_RECORD,
  KEY_SCAN_RATE,
  KEY_STEP_TYPE,
  KEY_VOLTAGE,
  type ProgramHeader,
  RECORD_RULES,
  STEP_BYTES,
} from "./program"

/** One step of a program's table; bytes in PROGRAM_FORMAT.md. */
export const MAX_CONDITIONS = 8
export const LOOP_SLOTS = 8

export const STEP_REST = 1
export const STEP_CONSTANT_CURRENT = 2
export const STEP_LOOP = 3
export const STEP_CONSTANT_VOLTAGE = 4
/** Constant current up to its voltage, then constant voltage. */
export const STEP_CC_CV = 5
/** Constant current of which every reading is recorded: the first ones give a resistance. */
export const STEP_PULSE = 6
export const STEP_SCAN = 7
/** Takes no time: judges its conditions on the last reading. */
export const STEP_JUMP = 8

/** What a condition compares: a reading, or a size without its sign. */
export const QUANTITY_VOLTAGE = 1
export const QUANTITY_TIME = 2
export const QUANTITY_CHARGE = 3
export const QUANTITY_CURRENT = 4
export const QUANTITY_VOLTAGE_RATE = 5
export const QUANTITY_TEMPERATURE = 6
export const QUANTITY_CYCLE = 7
export const QUANTITY_ENERGY = 8

/** Where a condition leads, beside the index of a step. */
export const GOTO_NEXT = 255
export const GOTO_END = 254

/** Size of a condition's unit in the table, by quantity: V, ms, mA s, A, V/s, °C, 1, mW s. */
const DIVISORS = [1, 1e6, 1, 1, 1e9, 1e9, 100, 1, 1]
const FACTORS = [1, 1, 1, 3.6e-3, 1, 1, 1, 1, 3.6e-3]

/** One step in SI units. Of the arrays, the first `conditionCount` entries hold. */
export class Step {
  type = STEP_REST
  beginsCycle = false
  /** Its record rule, as an index into the header's. */
  rule = 0
  loopTo = 0
  loopSlot = 0
  loopCount = 0
  /** Signed for constant current, pulse and CC-CV; elsewhere a limit. */
  current_A = 0
  /** Set-point of constant voltage and CC-CV; where a scan begins. */
  voltage_V = 0
  endVoltage_V = 0
  scanRate_V_per_s = 0
  conditionCount = 0
  readonly quantity = [0, 0, 0, 0, 0, 0, 0, 0]
  /** Holds at and above its value, else at and below. */
  readonly isAbove = [false, false, false, false, false, false, false, false]
  /** Holds only together with the next. */
  readonly isLinked = [false, false, false, false, false, false, false, false]
  readonly goTo = [0, 0, 0, 0, 0, 0, 0, 0]
  /** V, ms, mA s, A, V/s, °C, 1 or mW s. */
  readonly value = [0, 0, 0, 0, 0, 0, 0, 0]
}

/**
 * Reads and checks a step.
 * @param bytes `STEP_BYTES` from 0 on
 * @param index its place in the table
 * @returns the first key that is refused, else `KEY_NONE`; `step` is whole only then
 */
export function readStep(bytes: Memory, index: number, step: Step, header: ProgramHeader): number {
  if (!crcHolds(bytes, 0, STEP_BYTES - 4) || bytes.getAt(6, "u16") !== header.mark)
    return KEY_CHECKSUM
  const type = bytes[0]
  const count = bytes[3]
  if (type < STEP_REST || type > STEP_JUMP || bytes[1] > 1) return KEY_STEP_TYPE
  step.type = type
  step.beginsCycle = bytes[1] === 1
  step.rule = bytes[2]
  if (step.rule >= RECORD_RULES) return KEY_RECORD
  step.conditionCount = count
  step.loopTo = bytes[4]
  step.loopSlot = bytes[5]
  step.loopCount = bytes.getAt(8, "u32")
  step.current_A = bytes.getAt(12, "i32") / 1e9
  step.voltage_V = bytes.getAt(16, "i32") / 1e6
  step.endVoltage_V = bytes.getAt(20, "i32") / 1e6
  step.scanRate_V_per_s = bytes.getAt(24, "u32") / 1e9
  if (count > MAX_CONDITIONS) return KEY_CONDITION
  for (let i = 0; i < count; ++i) {
    const at = 28 + 8 * i
    const quantity = bytes[at]
    const flags = bytes[at + 1]
    const goTo = bytes[at + 2]
    if (quantity < QUANTITY_VOLTAGE || quantity > QUANTITY_ENERGY || flags > 3) return KEY_CONDITION
    const isSigned = quantity === QUANTITY_VOLTAGE || quantity === QUANTITY_TEMPERATURE
    const raw = isSigned ? bytes.getAt(at + 4, "i32") : bytes.getAt(at + 4, "u32")
    const value = (raw / DIVISORS[quantity]) * FACTORS[quantity]
    step.quantity[i] = quantity
    step.isAbove[i] = (flags & 1) !== 0
    step.isLinked[i] = (flags & 2) !== 0
    step.goTo[i] = goTo
    step.value[i] = value
    // Without a next condition a linked one would be judged with what another step left behind.
    if (step.isLinked[i] && i === count - 1) return KEY_CONDITION
    if (!isSigned && raw === 0) return KEY_CONDITION
    if (
      quantity === QUANTITY_VOLTAGE &&
      (value > header.maxVoltage_V || value < header.minVoltage_V)
    )
      return KEY_CONDITION
    if (quantity === QUANTITY_CURRENT && value > header.maxCurrent_A) return KEY_CONDITION
    if (goTo >= header.stepCount && goTo !== GOTO_END && goTo !== GOTO_NEXT) return KEY_GOTO
  }
  return checkType(step, index, header)
}

/** What a type needs, and what it may not have. */
function checkType(step: Step, index: number, header: ProgramHeader): number {
  const type = step.type
  if (type === STEP_LOOP) {
    if (step.loopTo >= index) return KEY_LOOP_TARGET
    if (step.loopCount < 1) return KEY_LOOP_COUNT
    if (step.loopSlot >= LOOP_SLOTS) return KEY_LOOP_SLOT
    if (step.conditionCount > 0) return KEY_CONDITION
  } else if (step.conditionCount === 0 && type !== STEP_SCAN) return KEY_END
  const current_A = step.current_A
  if (type === STEP_REST || type === STEP_LOOP || type === STEP_JUMP)
    return current_A === 0 ? KEY_NONE : KEY_CURRENT
  if (current_A === 0 || Math.abs(current_A) > header.maxCurrent_A) return KEY_CURRENT
  if (type === STEP_CONSTANT_CURRENT || type === STEP_PULSE) return KEY_NONE
  if (current_A < 0 && type !== STEP_CC_CV) return KEY_CURRENT
  if (step.voltage_V > header.maxVoltage_V || step.voltage_V < header.minVoltage_V)
    return KEY_VOLTAGE
  if (type !== STEP_SCAN) return KEY_NONE
  if (
    step.endVoltage_V > header.maxVoltage_V ||
    step.endVoltage_V < header.minVoltage_V ||
    step.endVoltage_V === step.voltage_V
  )
    return KEY_VOLTAGE
  return step.scanRate_V_per_s > 0 ? KEY_NONE : KEY_SCAN_RATE
}
