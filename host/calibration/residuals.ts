import type { ChannelCalibration } from "./bytes"
import type { Point, Points } from "./solve"

/** How far a channel's readings are from the meter at one point of a calibration. */
export interface Residual {
  connected: "standard" | "short"
  /** Index of the current range, widest first. */
  range: number
  /** Current that the channel read, uncorrected. */
  current_A: number
  meter_V: number
  /** Reading − truth. */
  voltageError_V: number
  /** Reading − meter ÷ standard; undefined on the short, where no meter tells the current. */
  currentError_A: number | undefined
}

const NOMINAL = { gain: 0, offset: 0 }

/**
 * What a channel would read wrongly at each point with a calibration in force, or with nominal values.
 * With the calibration that was found from these points each current is right by construction, a line going
 * through two points, but for the smaller of the widest range, which its line does not go through; voltages of the
 * widest range and the short are fitted, those of the others are not.
 * @param points as `solve` gives them, the meter's offset taken out
 */
export function residuals(
  points: Points,
  standard_ohm: number,
  calibration: ChannelCalibration | undefined,
): Residual[] {
  const at = (connected: Residual["connected"], range: number, point: Point): Residual => {
    const current = calibration?.current[range] ?? NOMINAL
    const voltage = calibration?.voltage ?? NOMINAL
    const read_A = point.board_A * (1 + current.gain) + current.offset
    const commonMode_V = (calibration?.commonMode_ohm ?? 0) * read_A
    const read_V = point.board_V * (1 + voltage.gain) + voltage.offset + commonMode_V
    return {
      connected,
      range,
      current_A: point.board_A,
      meter_V: point.meter_V,
      voltageError_V: read_V - point.meter_V,
      currentError_A: connected === "short" ? undefined : read_A - point.meter_V / standard_ohm,
    }
  }
  return [
    ...points.standard.flatMap((pair, range) => pair.map((point) => at("standard", range, point))),
    ...points.short.map((point) => at("short", 0, point)),
  ]
}
