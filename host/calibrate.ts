import type { BoardClient } from "./boardClient"
import { type CalibrationBench, type Connected, connectInstruction } from "./calibration/bench"
import {
  type ChannelCalibration,
  decodeCalibration,
  encodeCalibration,
  implausible,
} from "./calibration/bytes"
import { Measurement } from "./calibration/measure"
import { type Points, type Solution, solve } from "./calibration/solve"
import { BoardError, CalibrationError } from "./errors"
import type { Link } from "./transport/link"

export type { CalibrationBench } from "./calibration/bench"

/**
 * Two currents for each range, widest range first, on the standard: 100 Ω make −0.9 V and 4 V of the first.
 * The short takes the largest current of either sign, which is where the common mode shows.
 */
export const STANDARD_mA = [
  [-9, 40],
  [-3, 3],
  [-1.4, 1.4],
]
export const SHORT_mA = [-40, 40]
const POINTS = STANDARD_mA.flat().length + SHORT_mA.length

/** Number of a calibration's runs in the board's log: tests of cells are numbered from 1. */
export const CALIBRATION_TEST = 0

/** How far a calibration has come. */
export interface CalibrationProgress {
  channel: number
  /** Points that are measured, of so many. */
  done: number
  of: number
}

export interface CalibrationResult {
  channel: number
  calibration: ChannelCalibration
  /** The one that was in force until then; undefined when there was none. */
  before: ChannelCalibration | undefined
  /** What it was found from. */
  points: Points
  /** How far the points lie from the calibration that was found. */
  residual_V: number
}

/**
 * Calibrates channels against the bench, one after another, and writes each one's calibration to the board
 * once it is complete and plausible: until then the one before is in force. The channels must be idle.
 * @param test number of the runs in the log
 * @param now_s Unix time, which becomes the calibration's date
 * @throws CalibrationError or BoardError, with the channel at rest
 */
export async function calibrate(
  link: Link,
  board: BoardClient,
  bench: CalibrationBench,
  channels: number[],
  test: number,
  now_s: number,
  onProgress: (progress: CalibrationProgress) => void = () => {},
): Promise<CalibrationResult[]> {
  const results: CalibrationResult[] = []
  for (const channel of channels) {
    const measurement = new Measurement(link, board, bench, channel, test)
    const solution = await measure(board, bench, channel, measurement, onProgress)
    const before = await readCalibration(board, channel)
    const calibration = {
      date_s: now_s,
      standard: bench.standard,
      voltage: solution.voltage,
      commonMode_ohm: solution.commonMode_ohm,
      current: solution.current,
    }
    await write(board, channel, calibration)
    const { residual_V, points } = solution
    results.push({ channel, calibration, before, points, residual_V })
  }
  return results
}

/** The calibration that a channel has; undefined when it has none, or one of another firmware. */
export async function readCalibration(
  board: BoardClient,
  channel: number,
): Promise<ChannelCalibration | undefined> {
  const bytes = await board.readCalibration(channel)
  return bytes === undefined ? undefined : decodeCalibration(bytes)
}

/** Takes all points of a channel. Whatever happens, its test is ended and the bench asked to let go. */
async function measure(
  board: BoardClient,
  bench: CalibrationBench,
  channel: number,
  measurement: Measurement,
  onProgress: (progress: CalibrationProgress) => void,
): Promise<Solution> {
  let done = 0
  const connect = (what: Connected) =>
    bench.connect(what, channel, connectInstruction(what, channel, bench))
  const pair = async ([a_mA, b_mA]: number[], load_ohm: number): Promise<Points["short"]> => {
    const first = await measurement.point(a_mA, load_ohm)
    onProgress({ channel, done: ++done, of: POINTS })
    const second = await measurement.point(b_mA, load_ohm)
    onProgress({ channel, done: ++done, of: POINTS })
    return [first, second]
  }
  await refuseIfTaken(board, channel)
  try {
    await connect("standard")
    const standard: Points["standard"] = []
    for (const currents_mA of STANDARD_mA)
      standard.push(await pair(currents_mA, bench.standard_ohm))
    await connect("short")
    return solve({ standard, short: await pair(SHORT_mA, 0) }, bench.standard_ohm)
  } catch (error) {
    await board.stop(channel).catch(() => {})
    throw error
  } finally {
    await connect("cell")
  }
}

/** A test that waits on the channel is somebody's: it is not ended for a calibration. */
async function refuseIfTaken(board: BoardClient, channel: number): Promise<void> {
  const { state } = await board.status(channel)
  if (state !== "Idle" && state !== "Finished")
    throw new CalibrationError(channel, "a test is on it: stop that first, or let it finish.")
}

async function write(
  board: BoardClient,
  channel: number,
  calibration: ChannelCalibration,
): Promise<void> {
  const fault = implausible(calibration)
  if (fault !== undefined) throw new CalibrationError(channel, fault)
  const bytes = encodeCalibration(calibration)
  await board.writeCalibration(channel, bytes)
  const kept = await board.readCalibration(channel)
  if (kept === undefined || Buffer.compare(kept, bytes) !== 0)
    throw new BoardError(
      `Channel ${channel}: the board's FRAM does not keep its calibration. It must not be used so.`,
    )
}
