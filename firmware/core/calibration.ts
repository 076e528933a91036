import { type Bytes, getInt, getUint, putInt } from "./bytes"
import { crcHolds, putCrc } from "./crc"

/** Bytes of one channel's calibration: version, three spare, date, eight numbers of four bytes, CRC. */
export const CALIBRATION_BYTES = 44
const VERSION = 1
/** Gains are kept as parts per 10⁹ away from 1, so ±2.1 is the widest. */
const GAIN_UNIT = 1e-9

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
 * Two-point calibration of one channel: true = reading × (1 + gain) + offset, for the cell voltage and
 * for each current range. Current offsets hold what zeroing on the dummy cannot see.
 */
export class Calibration {
  /** False until measured: the circuit's nominal values are in force, and the log says so. */
  isMeasured = false
  /** Unix time of the measurement, seconds; 0 for nominal values. */
  date_s = 0
  voltageGain: number
  voltageOffset_V: number
  currentGain: number[]
  currentOffset_A: number[]

  /** Starts as the default, which is in force until a measured one is read. */
  constructor(values: CalibrationValues) {
    this.voltageGain = values.voltageGain
    this.voltageOffset_V = values.voltageOffset_V
    this.currentGain = values.currentGain.slice()
    this.currentOffset_A = values.currentOffset_A.slice()
  }

  /** @returns false, leaving all as it was, when the bytes are not a whole calibration */
  read(bytes: Bytes): boolean {
    if (bytes[0] !== VERSION || !crcHolds(bytes, 0, CALIBRATION_BYTES - 4)) return false
    this.date_s = getUint(bytes, 4, 4)
    this.isMeasured = this.date_s !== 0
    this.voltageGain = getInt(bytes, 8, 4) * GAIN_UNIT
    this.voltageOffset_V = getInt(bytes, 12, 4) * 1e-9
    for (let i = 0; i < 3; ++i) {
      this.currentGain[i] = getInt(bytes, 16 + 8 * i, 4) * GAIN_UNIT
      this.currentOffset_A[i] = getInt(bytes, 20 + 8 * i, 4) * 1e-12
    }
    return true
  }

  write(bytes: Bytes): void {
    putInt(bytes, 0, 4, VERSION)
    putInt(bytes, 4, 4, this.date_s)
    putInt(bytes, 8, 4, Math.round(this.voltageGain / GAIN_UNIT))
    putInt(bytes, 12, 4, Math.round(this.voltageOffset_V * 1e9))
    for (let i = 0; i < 3; ++i) {
      putInt(bytes, 16 + 8 * i, 4, Math.round(this.currentGain[i] / GAIN_UNIT))
      putInt(bytes, 20 + 8 * i, 4, Math.round(this.currentOffset_A[i] * 1e12))
    }
    putCrc(bytes, 0, CALIBRATION_BYTES - 4)
  }
}
