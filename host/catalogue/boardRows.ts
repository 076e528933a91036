import { readCalibration } from "../calibrate"
import type { Session } from "../session"
import type { LiveBoard } from "../live/state"
import type { Row } from "./catalogue"
import { isoTime } from "./storeRows"

const DAY_s = 86_400

/** What is known of a board, its calibration read from it. @throws BoardError when it does not answer */
export async function boardRow(
  lab: string,
  host: string,
  board: LiveBoard,
  session: Session,
  calibrationDays: number,
): Promise<Row> {
  const found = []
  for (const { channel } of board.channels)
    found.push(await readCalibration(session.board, channel))
  const known = found.flatMap((one) => one ?? [])
  const first_s = Math.min(...known.map(({ date_s }) => date_s))
  const isAll = known.length === found.length && found.length > 0
  return {
    lab,
    board: board.id,
    name: board.name,
    host,
    firmware: `${session.firmware.version} ${session.firmware.board}`,
    is_simulated: board.isSimulated,
    channels: board.channels.length,
    // A channel without a calibration is due at once.
    calibrated: isAll ? isoTime(first_s) : null,
    calibration_due: isAll ? isoTime(first_s + calibrationDays * DAY_s) : null,
    calibration_standard: known.find(({ date_s }) => date_s === first_s)?.standard ?? null,
  }
}
