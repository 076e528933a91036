import * as core from "../../firmware/core/calibration"
import { BoardError } from "../errors"

/** What a standard may be called: the board keeps so many characters. */
export const STANDARD_NAME = /^[ -~]{1,16}$/

/** A straight line's deviation from reading = truth: true = reading × (1 + gain) + offset. */
export interface Line {
  gain: number
  /** In the unit of what is read. */
  offset: number
}

/** One channel's calibration; what its numbers mean: `firmware/core/calibration.ts`. */
export interface ChannelCalibration {
  /** When it was measured, Unix time. */
  date_s: number
  /** Which resistor and meter it was measured with. */
  standard: string
  voltage: Line
  commonMode_ohm: number
  /** By current range. */
  current: Line[]
}

/**
 * A calibration as the board keeps it.
 * @throws BoardError when it is nothing that a sound board can have, or the standard's name is too long
 */
export function encodeCalibration(calibration: ChannelCalibration): Uint8Array {
  const fault = implausible(calibration)
  if (fault !== undefined) throw new BoardError(`This is no calibration: ${fault}`)
  const bytes = new Uint8Array(core.CALIBRATION_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, core.CALIBRATION_VERSION)
  view.setInt16(2, Math.round(calibration.commonMode_ohm * core.COMMON_MODE_UNITS_PER_OHM), true)
  view.setUint32(4, calibration.date_s, true)
  view.setInt32(8, Math.round(calibration.voltage.gain * core.GAIN_UNITS), true)
  view.setInt32(12, Math.round(calibration.voltage.offset * core.OFFSET_UNITS_PER_V), true)
  calibration.current.forEach(({ gain, offset }, range) => {
    view.setInt32(16 + 8 * range, Math.round(gain * core.GAIN_UNITS), true)
    view.setInt32(20 + 8 * range, Math.round(offset * core.OFFSET_UNITS_PER_A), true)
  })
  bytes.set(new TextEncoder().encode(calibration.standard), core.STANDARD_AT)
  return bytes
}

/** Reads what `encodeCalibration` wrote; undefined for another version. */
export function decodeCalibration(bytes: Uint8Array): ChannelCalibration | undefined {
  if (bytes.length !== core.CALIBRATION_BYTES || bytes[0] !== core.CALIBRATION_VERSION)
    return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const text = bytes.subarray(core.STANDARD_AT, core.STANDARD_AT + core.STANDARD_BYTES)
  return {
    date_s: view.getUint32(4, true),
    standard: new TextDecoder().decode(text).replace(/\0+$/, ""),
    voltage: {
      gain: view.getInt32(8, true) / core.GAIN_UNITS,
      offset: view.getInt32(12, true) / core.OFFSET_UNITS_PER_V,
    },
    commonMode_ohm: view.getInt16(2, true) / core.COMMON_MODE_UNITS_PER_OHM,
    current: [0, 1, 2].map((range) => ({
      gain: view.getInt32(16 + 8 * range, true) / core.GAIN_UNITS,
      offset: view.getInt32(20 + 8 * range, true) / core.OFFSET_UNITS_PER_A,
    })),
  }
}

/** What of a calibration no sound board and bench give, as a clause; undefined when all is plausible. */
export function implausible(calibration: ChannelCalibration): string | undefined {
  const { voltage, current, commonMode_ohm, standard, date_s } = calibration
  if (!STANDARD_NAME.test(standard))
    return `the standard's name '${standard}' must be 1 to 16 ASCII characters.`
  if (!(date_s >= 1 && date_s <= 0xffffffff)) return `it needs a date, not ${date_s}.`
  const numbers: [what: string, value: number, most: number, shown: string][] = [
    ["voltage gain", voltage.gain, core.MAX_GAIN, percent(voltage.gain)],
    [
      "voltage offset",
      voltage.offset,
      core.MAX_OFFSET_V,
      `${(1e3 * voltage.offset).toFixed(2)} mV`,
    ],
    [
      "common mode",
      commonMode_ohm,
      core.MAX_COMMON_MODE_OHM,
      `${(1e3 * commonMode_ohm).toFixed(1)} mΩ`,
    ],
    ...current.flatMap(({ gain, offset }, range): [string, number, number, string][] => [
      [`current gain of range ${range}`, gain, core.MAX_GAIN, percent(gain)],
      [
        `current offset of range ${range}`,
        offset,
        core.MAX_OFFSET_A,
        `${(1e6 * offset).toFixed(1)} µA`,
      ],
    ]),
  ]
  const found = numbers.find(([, value, most]) => !(Math.abs(value) <= most))
  if (found === undefined) return undefined
  return (
    `its ${found[0]} would be ${found[3]}, more than any sound channel's: check the standard's value, ` +
    "its four leads and the meter's range, and calibrate again."
  )
}

function percent(ratio: number): string {
  return `${(100 * ratio).toFixed(2)} %`
}
