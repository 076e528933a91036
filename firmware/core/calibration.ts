import type { Memory } from "./bytes"

/**
 * Bytes of one channel's calibration, without what the twin adds that it is kept in:
 * 0 u8 version; 1 u8 0; 2 i16 common mode, 4 µΩ; 4 u32 date, Unix s; 8 i32 voltage gain, 10⁻⁹; 12 i32 voltage
 * offset, nV; 16 by range i32 gain, 10⁻⁹, and i32 offset, pA; 40 the standard, ASCII, filled up with 0.
 */
export const CALIBRATION_BYTES = 56
export const CALIBRATION_VERSION = 3
export const STANDARD_AT = 40
export const STANDARD_BYTES = 16

/** Units of the bytes in one: of a gain of 1, a volt, an ampere, an ohm. */
export const GAIN_UNITS = 1e9
export const OFFSET_UNITS_PER_V = 1e9
export const OFFSET_UNITS_PER_A = 1e12
export const COMMON_MODE_UNITS_PER_OHM = 2.5e5

/**
 * What a sound board on a sound bench stays far within; beyond it the standard was another than was said, a
 * lead was loose, or a part is wrong, and readings so corrected would mislead every safety limit.
 * Tolerances of shunt, divider, reference and amplifiers add up to 0.4 %.
 */
export const MAX_GAIN = 0.02
/** Offsets are what the zeroing on the dummy leaves: nonlinearity, and the meter's own. */
export const MAX_OFFSET_V = 0.005
/** As much as a regulated current may miss its set-point by. */
export const MAX_OFFSET_A = 20e-6
/** Two dividers of 0.1 % resistors may differ by 0.24 %, of what 20 Ω make. */
export const MAX_COMMON_MODE_OHM = 0.06

/** A calibration's numbers, as the manifest's default gives them. */
export interface CalibrationValues {
  voltageGain: number
  voltageOffset_V: number
  /** By current range. */
  currentGain: number[]
  currentOffset_A: number[]
}

/** Readings as they are. */
export const NO_CORRECTION: CalibrationValues = {
  voltageGain: 0,
  voltageOffset_V: 0,
  currentGain: [0, 0, 0],
  currentOffset_A: [0, 0, 0],
}

/**
 * Two-point calibration of one channel, of what the zeroing on the dummy leaves:
 * true current = reading × (1 + gain) + offset, in each range;
 * true voltage = reading × (1 + gain) + offset + common mode × true current.
 * The cell's negative terminal is the top of the shunt, so both sense inputs ride on the shunt's voltage;
 * what leaks through of it is the common-mode term.
 */
export class Calibration {
  /** False until measured: the circuit's nominal values are in force, and the log says so. */
  isMeasured = false
  /** Unix time of the measurement, seconds; 0 for nominal values. */
  date_s = 0
  voltageGain: number
  voltageOffset_V: number
  commonMode_ohm = 0
  currentGain: number[]
  currentOffset_A: number[]

  /** Starts as the default, which is in force until a measured one is read. */
  constructor(values: CalibrationValues) {
    this.voltageGain = values.voltageGain
    this.voltageOffset_V = values.voltageOffset_V
    this.currentGain = values.currentGain.slice()
    this.currentOffset_A = values.currentOffset_A.slice()
  }

  /** @returns false, leaving all as it was, when the bytes are no plausible calibration */
  read(bytes: Memory): boolean {
    if (!isPlausible(bytes)) return false
    this.isMeasured = true
    this.commonMode_ohm = bytes.getAt(2, "i16") / COMMON_MODE_UNITS_PER_OHM
    this.date_s = bytes.getAt(4, "u32")
    this.voltageGain = bytes.getAt(8, "i32") / GAIN_UNITS
    this.voltageOffset_V = bytes.getAt(12, "i32") / OFFSET_UNITS_PER_V
    for (let i = 0; i < 3; ++i) {
      this.currentGain[i] = bytes.getAt(16 + 8 * i, "i32") / GAIN_UNITS
      this.currentOffset_A[i] = bytes.getAt(20 + 8 * i, "i32") / OFFSET_UNITS_PER_A
    }
    return true
  }
}

/** Whether bytes are a calibration of this version, dated, and within the limits above. */
export function isPlausible(bytes: Memory): boolean {
  if (bytes.getAt(0, "u8") !== CALIBRATION_VERSION || bytes.getAt(4, "u32") === 0) return false
  if (Math.abs(bytes.getAt(2, "i16")) / COMMON_MODE_UNITS_PER_OHM > MAX_COMMON_MODE_OHM)
    return false
  if (Math.abs(bytes.getAt(12, "i32")) / OFFSET_UNITS_PER_V > MAX_OFFSET_V) return false
  for (let at = 8; at < STANDARD_AT; at += 8) {
    if (Math.abs(bytes.getAt(at, "i32")) / GAIN_UNITS > MAX_GAIN) return false
    if (at > 8 && Math.abs(bytes.getAt(at + 4, "i32")) / OFFSET_UNITS_PER_A > MAX_OFFSET_A)
      return false
  }
  return true
}
