import type { CalibrationResult } from "../calibrate"
import type { ChannelCalibration } from "../calibration/bytes"
import { type Residual, residuals } from "../calibration/residuals"
import { ABSENT, alignedTable } from "./alignedTable"
import { days, isoDate } from "./words"

const RESIDUAL_COLUMNS = [
  { head: ["", "", "connected"], isLeft: true },
  { head: ["", "at", "mA"] },
  { head: ["error before", "voltage", "mV"] },
  { head: ["", "current", "µA"] },
  { head: ["error after", "voltage", "mV"] },
  { head: ["", "current", "µA"] },
]

/** What a calibration changed, point by point. */
export function calibrationText(result: CalibrationResult, standard_ohm: number): string {
  const { channel, calibration, before, points } = result
  const old = residuals(points, standard_ohm, before)
  const found = residuals(points, standard_ohm, calibration)
  const since = before && days(calibration.date_s - before.date_s)
  const rows = found.map((after, k) => [
    after.connected === "short" ? "short" : `${standard_ohm} Ω`,
    fixed(1e3 * after.current_A, 2),
    ...errors(old[k]),
    ...errors(after),
  ])
  return [
    `Channel ${channel}: calibrated ${isoDate(calibration.date_s)} against ${calibration.standard}.`,
    before === undefined
      ? "Before: no calibration, nominal values."
      : `Before: ${isoDate(before.date_s)}, ${since} earlier, against ${before.standard}.`,
    ...alignedTable(RESIDUAL_COLUMNS, [{ rows }]),
    "Error: reading − meter, the meter's own offset taken out. Current is the meter's voltage ÷ the",
    "standard's resistance, and right by construction: two points, one line, for each range.",
  ].join("\n")
}

const SHOW_COLUMNS = [
  { head: ["", "channel"] },
  { head: ["", "date"], isLeft: true },
  { head: ["", "age"] },
  { head: ["", "standard"], isLeft: true },
  { head: ["voltage", "gain"] },
  { head: ["", "offset / mV"], isJoined: true },
  { head: ["common", "mode / mΩ"] },
  { head: ["current", "gains"] },
  { head: ["", "offsets / µA"], isJoined: true },
]

/** The calibration in force of each channel. */
export function calibrationsText(
  channels: { channel: number; calibration: ChannelCalibration | undefined }[],
  unixTime_s: number,
): string {
  const rows = channels.map(({ channel, calibration }) =>
    calibration === undefined
      ? [`${channel}`, "none", ...Array.from({ length: SHOW_COLUMNS.length - 2 }, () => ABSENT)]
      : [
          `${channel}`,
          isoDate(calibration.date_s),
          days(unixTime_s - calibration.date_s),
          calibration.standard,
          ppm(calibration.voltage.gain),
          fixed(1e3 * calibration.voltage.offset, 3),
          fixed(1e3 * calibration.commonMode_ohm, 2),
          calibration.current.map(({ gain }) => ppm(gain)).join("  "),
          calibration.current.map(({ offset }) => fixed(1e6 * offset, 2)).join("  "),
        ],
  )
  return [
    ...alignedTable(SHOW_COLUMNS, [{ rows }]),
    "true = reading × (1 + gain) + offset, gains in ppm; currents by range, widest first. A channel",
    "without a calibration reads with nominal values.",
  ].join("\n")
}

function errors({ voltageError_V, currentError_A }: Residual): string[] {
  return [
    fixed(1e3 * voltageError_V, 3),
    currentError_A === undefined ? ABSENT : fixed(1e6 * currentError_A, 2),
  ]
}

function ppm(gain: number): string {
  return fixed(1e6 * gain, 0)
}

function fixed(value: number, places: number): string {
  // No sign before a number that rounds to nothing.
  return (Number(value.toFixed(places)) || 0).toFixed(places).replace("-", "−")
}
