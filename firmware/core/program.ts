import type { Memory } from "./bytes"
import type { Circuit } from "./circuit"
import { crcHolds } from "./crc"

/**
 * The compiled step table that the board runs: where things lie in it, and its header. Bytes in
 * PROGRAM_FORMAT.md; the steps are read by `step.ts`. The host compiles it from a protocol; the board checks
 * all of it before it energises anything, and each step again whenever it is read back.
 */
export const PROGRAM_MAGIC = 0x50
export const PROGRAM_VERSION = 2
export const HEADER_BYTES = 128
export const STEP_BYTES = 96
export const MAX_STEPS = 64
export const MAX_PROGRAM_BYTES = HEADER_BYTES + MAX_STEPS * STEP_BYTES
export const RECORD_RULES = 4
/** Above this a delay of the safety limits would be none of them. */
export const MAX_SAFETY_DELAY_ms = 60000

/** What becomes of a test when the board restarts. */
export const RESUME_ASK = 0
export const RESUME_CONTINUE = 1
export const RESUME_STOP = 2

/** A number with this value is absent; a temperature has its own two. */
export const ABSENT = 0xffffffff
export const NO_MAX_TEMPERATURE = 0x7fff
export const NO_MIN_TEMPERATURE = -0x8000

/** Which key of a step or header the board refuses; names in services/coincell.md, enum Key. */
export const KEY_NONE = 0
export const KEY_CHECKSUM = 1
export const KEY_VERSION = 2
export const KEY_STEP_COUNT = 3
export const KEY_STEP_TYPE = 4
export const KEY_CURRENT = 5
export const KEY_VOLTAGE = 6
export const KEY_SCAN_RATE = 7
export const KEY_CONDITION = 8
export const KEY_GOTO = 9
export const KEY_LOOP_TARGET = 10
export const KEY_LOOP_COUNT = 11
export const KEY_LOOP_SLOT = 12
export const KEY_RECORD = 13
export const KEY_SAFETY = 14
export const KEY_TEMPERATURE = 15
export const KEY_RESUME = 16
export const KEY_STOPS = 17
export const KEY_END = 18

/**
 * When a reading becomes a point of the log: four numbers a rule. What is absent is infinite; the burst is 0
 * then. Numbers in one list and not objects: four channels hold sixteen rules.
 */
export const RULE_INTERVAL_ms = 0
export const RULE_VOLTAGE_V = 1
export const RULE_CURRENT_A = 2
/** From a step's start every reading is a point for so long. */
export const RULE_BURST_ms = 3
export const RULE_NUMBERS = 4

/** What a finished cycle ends the test by. Ratios, 1 for 100 %; absent ones never hold. */
export class CycleStops {
  efficiencyBelow = 0
  /** Cycles in a row that have to lie below. */
  efficiencyCycles = 1
  efficiencyAbove = Infinity
  /** Else discharge ÷ charge, which is stripped ÷ plated. */
  isChargeOverDischarge = false
  retentionBelow = 0
  /** The cycle that capacities, or overpotentials, are compared with. */
  retentionCycle = 0
  overpotentialCycle = 0
  overpotentialGrowth = Infinity
  /** 0: not judged. From one cycle to the next. */
  plateauDrop = 0
  /** |V| at a rest's end; 0: not judged. */
  restVoltageBelow_V = 0
}

/** What holds for all steps of a program, in SI units. */
export class ProgramHeader {
  stepCount = 0
  mayRunUncalibrated = false
  /** Nominal values in force instead of the calibration: this test finds one. */
  isRaw = false
  detectsHardShort = false
  testsAtRest = false
  resumePolicy = RESUME_ASK
  maxVoltage_V = 0
  minVoltage_V = 0
  maxCurrent_A = 0
  /** Infinite when absent. */
  maxTemperature_degC = Infinity
  minTemperature_degC = -Infinity
  /** How long a safety limit has to be exceeded. */
  delay_ms = 0
  maxOpenCircuitChange_V = 0
  /** `RULE_NUMBERS` a rule. */
  readonly rules = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  readonly stops = new CycleStops()
  /** Stands in each step too, so that steps of another program are not taken for its own. */
  mark = 0
  /** CRC-32 of the header as a signed number, by which programs are told apart. */
  checksum = 0
}

/**
 * Reads and checks a header.
 * @param bytes `HEADER_BYTES` from 0 on
 * @returns the first key that is refused, else `KEY_NONE`; `header` is whole only then
 */
export function readHeader(bytes: Memory, header: ProgramHeader, circuit: Circuit): number {
  if (!crcHolds(bytes, 0, HEADER_BYTES - 4)) return KEY_CHECKSUM
  const flags = bytes[3]
  if (bytes[0] !== PROGRAM_MAGIC || bytes[1] !== PROGRAM_VERSION || flags > 31) return KEY_VERSION
  header.checksum = bytes.getAt(HEADER_BYTES - 4, "i32")
  header.mark = bytes.getAt(6, "u16")
  header.stepCount = bytes[2]
  if (header.stepCount < 1 || header.stepCount > MAX_STEPS) return KEY_STEP_COUNT
  header.isRaw = (flags & 2) !== 0
  header.mayRunUncalibrated = (flags & 3) !== 0
  header.stops.isChargeOverDischarge = (flags & 4) !== 0
  header.detectsHardShort = (flags & 8) !== 0
  header.testsAtRest = (flags & 16) !== 0
  header.resumePolicy = bytes[4]
  header.maxOpenCircuitChange_V = bytes.getAt(28, "u32") / 1e6
  if (header.resumePolicy > RESUME_STOP || header.maxOpenCircuitChange_V === 0) return KEY_RESUME
  header.maxVoltage_V = bytes.getAt(8, "i32") / 1e6
  header.minVoltage_V = bytes.getAt(12, "i32") / 1e6
  header.maxCurrent_A = bytes.getAt(16, "i32") / 1e9
  header.delay_ms = bytes.getAt(24, "u32")
  if (
    header.maxVoltage_V > circuit.voltageLimits_V[1] ||
    header.minVoltage_V < circuit.voltageLimits_V[0] ||
    header.minVoltage_V >= header.maxVoltage_V ||
    header.maxCurrent_A <= 0 ||
    header.maxCurrent_A > circuit.currentRanges[0].limit_A ||
    header.delay_ms > MAX_SAFETY_DELAY_ms
  )
    return KEY_SAFETY
  const max = bytes.getAt(20, "i16")
  const min = bytes.getAt(22, "i16")
  header.maxTemperature_degC = max === NO_MAX_TEMPERATURE ? Infinity : max / 100
  header.minTemperature_degC = min === NO_MIN_TEMPERATURE ? -Infinity : min / 100
  if (header.minTemperature_degC >= header.maxTemperature_degC) return KEY_TEMPERATURE
  for (let i = 0; i < RECORD_RULES; ++i)
    if (!readRule(bytes, 32 + 16 * i, header.rules, RULE_NUMBERS * i)) return KEY_RECORD
  if (!readStops(bytes, header.stops)) return KEY_STOPS
  return KEY_NONE
}

function readRule(bytes: Memory, at: number, rules: number[], first: number): boolean {
  const interval_ms = bytes.getAt(at, "u32")
  const voltage_uV = bytes.getAt(at + 4, "u32")
  const current_nA = bytes.getAt(at + 8, "u32")
  rules[first + RULE_INTERVAL_ms] = interval_ms === ABSENT ? Infinity : interval_ms
  rules[first + RULE_VOLTAGE_V] = voltage_uV === ABSENT ? Infinity : voltage_uV / 1e6
  rules[first + RULE_CURRENT_A] = current_nA === ABSENT ? Infinity : current_nA / 1e9
  rules[first + RULE_BURST_ms] = bytes.getAt(at + 12, "u32")
  const isEmpty = interval_ms === ABSENT && voltage_uV === ABSENT && current_nA === ABSENT
  return interval_ms > 0 && voltage_uV > 0 && current_nA > 0 && !isEmpty
}

function readStops(bytes: Memory, stops: CycleStops): boolean {
  const above_ppm = bytes.getAt(100, "u32")
  const growth = bytes.getAt(112, "u16")
  stops.efficiencyBelow = bytes.getAt(96, "u32") / 1e6
  stops.efficiencyAbove = above_ppm === ABSENT ? Infinity : above_ppm / 1e6
  stops.efficiencyCycles = bytes[120]
  stops.retentionBelow = bytes.getAt(104, "u32") / 1e6
  stops.retentionCycle = bytes.getAt(108, "u16")
  stops.overpotentialCycle = bytes.getAt(110, "u16")
  stops.overpotentialGrowth = growth === 0 ? Infinity : growth / 1000
  stops.plateauDrop = bytes.getAt(114, "u16") / 1000
  stops.restVoltageBelow_V = bytes.getAt(116, "u32") / 1e6
  return (
    stops.efficiencyCycles > 0 &&
    stops.efficiencyBelow < stops.efficiencyAbove &&
    (stops.retentionBelow === 0 || stops.retentionCycle > 0) &&
    (growth === 0 || (growth > 1000 && stops.overpotentialCycle > 0)) &&
    stops.plateauDrop < 1
  )
}
