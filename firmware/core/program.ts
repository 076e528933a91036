import { type Bytes, getInt, getUint } from "./bytes"
import type { Circuit } from "./circuit"
import { crcHolds } from "./crc"

/**
 * The compiled step table that the board runs; bytes in PROGRAM_FORMAT.md. The host compiles it from a
 * protocol; the board checks all of it before it energises anything.
 */
export const PROGRAM_MAGIC = 0x50
export const PROGRAM_VERSION = 1
export const HEADER_BYTES = 28
export const STEP_BYTES = 28
export const MAX_STEPS = 32
export const MAX_PROGRAM_BYTES = HEADER_BYTES + MAX_STEPS * STEP_BYTES + 4

export const STEP_REST = 1
export const STEP_CONSTANT_CURRENT = 2
export const STEP_LOOP = 3

/** A cutoff with this value is absent. Zero is a value: 0 V is an ordinary cutoff. */
export const NO_VOLTAGE_ABOVE = 0x7fffffff
export const NO_VOLTAGE_BELOW = -0x80000000
export const NO_LIMIT = 0xffffffff

/** Which key of a step or header the board refuses; names in services/coincell.md, enum Key. */
export const KEY_NONE = 0
export const KEY_CHECKSUM = 1
export const KEY_VERSION = 2
export const KEY_STEP_COUNT = 3
export const KEY_STEP_TYPE = 4
export const KEY_CURRENT = 5
export const KEY_VOLTAGE_ABOVE = 6
export const KEY_VOLTAGE_BELOW = 7
export const KEY_TIME = 8
export const KEY_CHARGE = 9
export const KEY_LOOP_TARGET = 10
export const KEY_LOOP_COUNT = 11
export const KEY_RECORD = 12
export const KEY_SAFETY = 13
export const KEY_END = 14

/** One step, in SI units. Absent cutoffs are infinite, so that judging needs no branch for them. */
export class Step {
  type = STEP_REST
  loopTo = 0
  loopCount = 0
  countsCycle = false
  current_A = 0
  voltageAbove_V = 0
  voltageBelow_V = 0
  time_ms = 0
  charge_mAs = 0
}

/** A checked step table. It stays as bytes, and steps are read one at a time: objects would fill the heap. */
export class Program {
  stepCount = 0
  maxVoltage_V = 0
  minVoltage_V = 0
  maxCurrent_A = 0
  recordInterval_ms = 0
  recordVoltage_V = 0
  burst_ms = 0
  /** After `load` refused: the 0-based step and the key it refused. */
  refusedStep = 0
  refusedKey = KEY_NONE
  private readonly step = new Step()

  /** @param table memory for the longest table, `MAX_PROGRAM_BYTES` */
  constructor(private readonly table: Bytes) {}

  /**
   * Takes a table from `bytes` if this board can run all of it.
   * @returns true if so; else `refusedStep` and `refusedKey` say what is wrong and where
   */
  load(bytes: Bytes, length: number, circuit: Circuit): boolean {
    this.refusedStep = 0
    this.stepCount = 0
    if (length < HEADER_BYTES + 4 || length > MAX_PROGRAM_BYTES || !crcHolds(bytes, 0, length - 4))
      return this.refuse(0, KEY_CHECKSUM)
    if (bytes[0] !== PROGRAM_MAGIC || bytes[1] !== PROGRAM_VERSION)
      return this.refuse(0, KEY_VERSION)
    const count = bytes[2]
    if (count < 1 || count > MAX_STEPS || length !== HEADER_BYTES + count * STEP_BYTES + 4)
      return this.refuse(0, KEY_STEP_COUNT)
    this.maxVoltage_V = getInt(bytes, 4, 4) * 1e-6
    this.minVoltage_V = getInt(bytes, 8, 4) * 1e-6
    this.maxCurrent_A = getInt(bytes, 12, 4) * 1e-9
    this.recordInterval_ms = getUint(bytes, 16, 4)
    this.recordVoltage_V = getUint(bytes, 20, 4) * 1e-6
    this.burst_ms = getUint(bytes, 24, 4)
    if (
      this.maxVoltage_V > circuit.voltageLimits_V[1] ||
      this.minVoltage_V < circuit.voltageLimits_V[0] ||
      this.minVoltage_V >= this.maxVoltage_V ||
      this.maxCurrent_A > circuit.currentRanges[0].limit_A
    )
      return this.refuse(0, KEY_SAFETY)
    if (this.recordInterval_ms < 1 || this.recordVoltage_V <= 0) return this.refuse(0, KEY_RECORD)
    let timedSteps = 0
    for (let i = 0; i < count; ++i) {
      const step = this.step
      readStep(bytes, HEADER_BYTES + i * STEP_BYTES, step)
      const key = this.checkStep(bytes, step, i)
      if (key !== KEY_NONE) return this.refuse(i, key)
      if (step.type !== STEP_LOOP) timedSteps = timedSteps + 1
    }
    if (timedSteps === 0) return this.refuse(0, KEY_STEP_TYPE)
    for (let i = 0; i < length; ++i) this.table[i] = bytes[i]
    this.stepCount = count
    return true
  }

  /** Reads a step of the table into `step`. */
  read(index: number, step: Step): void {
    readStep(this.table, HEADER_BYTES + index * STEP_BYTES, step)
  }

  private refuse(step: number, key: number): boolean {
    this.refusedStep = step
    this.refusedKey = key
    return false
  }

  private checkStep(bytes: Bytes, step: Step, index: number): number {
    if (step.type === STEP_LOOP) {
      // A loop goes back over at least one step that takes time, or it would never yield.
      const target = HEADER_BYTES + step.loopTo * STEP_BYTES
      if (step.loopTo >= index || bytes[target] === STEP_LOOP) return KEY_LOOP_TARGET
      if (step.loopCount < 1) return KEY_LOOP_COUNT
      return KEY_NONE
    }
    if (step.type !== STEP_REST && step.type !== STEP_CONSTANT_CURRENT) return KEY_STEP_TYPE
    if (Math.abs(step.current_A) > this.maxCurrent_A) return KEY_CURRENT
    if (step.type === STEP_CONSTANT_CURRENT ? step.current_A === 0 : step.current_A !== 0)
      return KEY_CURRENT
    const above = step.voltageAbove_V
    const below = step.voltageBelow_V
    if (above !== Infinity && (above > this.maxVoltage_V || above < this.minVoltage_V))
      return KEY_VOLTAGE_ABOVE
    if (below !== -Infinity && (below < this.minVoltage_V || below > this.maxVoltage_V))
      return KEY_VOLTAGE_BELOW
    if (step.time_ms < 1) return KEY_TIME
    if (step.charge_mAs <= 0) return KEY_CHARGE
    if (
      above === Infinity &&
      below === -Infinity &&
      step.time_ms === Infinity &&
      step.charge_mAs === Infinity
    )
      return KEY_END
    return KEY_NONE
  }
}

function readStep(bytes: Bytes, at: number, step: Step): void {
  step.type = bytes[at]
  step.loopTo = bytes[at + 1]
  step.countsCycle = (bytes[at + 2] & 1) === 1
  step.current_A = getInt(bytes, at + 4, 4) * 1e-9
  const above_uV = getInt(bytes, at + 8, 4)
  const below_uV = getInt(bytes, at + 12, 4)
  const time_ms = getUint(bytes, at + 16, 4)
  const charge_nAh = getUint(bytes, at + 20, 4)
  step.voltageAbove_V = above_uV === NO_VOLTAGE_ABOVE ? Infinity : above_uV * 1e-6
  step.voltageBelow_V = below_uV === NO_VOLTAGE_BELOW ? -Infinity : below_uV * 1e-6
  step.time_ms = time_ms === NO_LIMIT ? Infinity : time_ms
  step.charge_mAs = charge_nAh === NO_LIMIT ? Infinity : charge_nAh * 3.6e-3
  step.loopCount = getUint(bytes, at + 24, 4)
}
