import type { BoardClient } from "../boardClient"
import type { ChannelCalibration } from "../calibration/bytes"
import { readCalibration } from "../calibrate"
import { AcceptanceError } from "../errors"
import type { Link } from "../transport/link"
import type { AcceptanceBench } from "./bench"
import { acceptChannel } from "./channel"
import { type Check, judge } from "./check"

/** What was found of a board, and when. */
export interface Acceptance {
  date_s: number
  board: { id: string; name: string; version: string; for: string }
  standard_ohm: number
  /** Those that were tested, and what they had been calibrated with. */
  channels: { channel: number; calibration: ChannelCalibration }[]
  checks: Check[]
}

export function isAccepted({ checks }: Acceptance): boolean {
  return checks.every(({ passes }) => passes)
}

/**
 * Tests channels of a board, one after another, and then what they share. All must be calibrated: a channel is
 * judged as it will be used.
 * @throws AcceptanceError or BoardError, with the channel let go
 */
export async function accept(
  link: Link,
  board: BoardClient,
  bench: AcceptanceBench,
  channels: number[],
  onChannel: (channel: number, checks: Check[]) => void = () => {},
): Promise<Acceptance> {
  const problem = await board.problem()
  if (problem !== "") throw new AcceptanceError(undefined, `the board cannot test: ${problem}.`)
  const calibrations = []
  for (const channel of channels) {
    const calibration = await readCalibration(board, channel)
    if (calibration === undefined)
      throw new AcceptanceError(channel, "it has no calibration: 'coincell calibrate' comes first.")
    calibrations.push({ channel, calibration })
  }
  const boots = await board.bootCount()
  const began = await moment(link, board)
  const checks: Check[] = []
  for (const channel of channels) {
    const found = await acceptChannel(link, board, bench, channel)
    onChannel(channel, found)
    checks.push(...found)
  }
  const restarts = (await board.bootCount()) - boots
  const ended = await moment(link, board)
  const { temperature_degC } = await board.status(channels[0])
  // After a restart the board counts from nothing.
  const drift = (ended.board_ms - began.board_ms) / (ended.pc_ms - began.pc_ms) - 1
  const { version, board: builtFor } = await board.firmware()
  return {
    date_s: Math.floor(link.unixTime_ms / 1000),
    board: { id: board.id, name: board.name, version, for: builtFor },
    standard_ohm: bench.standard_ohm,
    channels: calibrations,
    checks: [
      judge(undefined, "temperature", temperature_degC),
      judge(undefined, "restarts", restarts),
      judge(undefined, "clock", restarts === 0 ? 1e6 * drift : undefined),
      ...checks,
    ],
  }
}

/** The same instant by both clocks. */
async function moment(
  link: Link,
  board: BoardClient,
): Promise<{ board_ms: number; pc_ms: number }> {
  const asked_ms = link.now_ms
  const { board_ms } = await board.time()
  return { board_ms, pc_ms: (asked_ms + link.now_ms) / 2 }
}
