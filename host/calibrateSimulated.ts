import { BoardClient } from "./boardClient"
import { CALIBRATION_TEST, type CalibrationBench, calibrate } from "./calibrate"
import type { Link } from "./transport/link"

/** Calibrates all channels of a new simulated board on its bench, as a shop does before it hands one over. */
export async function calibrateSimulated(
  link: Link,
  bench: CalibrationBench,
): Promise<BoardClient> {
  const board = await BoardClient.find(link)
  const channels = Array.from({ length: await board.channels() }, (_, channel) => channel)
  const now_s = Math.floor(link.unixTime_ms / 1000)
  await calibrate(link, board, bench, channels, CALIBRATION_TEST, now_s)
  return board
}
