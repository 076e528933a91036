import manifest from "../../devicescript.json" with { type: "json" }
import { otherBuild } from "../board/builtFirmware"
import type { BoardClient } from "../boardClient"
import { readCalibration } from "../calibrate"
import { type PageHead, pageHead } from "../log/page"
import type { Session } from "../session"
import type { BoardFacts } from "./boards"
import { logFill, pageRate_per_s } from "./logFill"

/** How many pages back the log is looked at for the rate at which it grows, as far as that goes. */
const BACK_pages = [2000, 200, 20]

/** Asks a board about itself. */
export async function boardFacts(session: Session): Promise<BoardFacts> {
  const { board, link } = session
  const channels = []
  for (let channel = 0; channel < (await board.channels()); channel++)
    channels.push({
      status: await board.status(channel),
      calibration: await readCalibration(board, channel),
    })
  const range = await board.logRange()
  const isWriting = channels.some(({ status }) => status.state === "Running")
  const rate_per_s = isWriting ? await growth_per_s(board, range.first, range.next) : undefined
  const { unix_ms } = await board.time()
  return {
    name: board.name,
    address: link.address,
    isSimulated: session.isSimulated,
    problem: await board.problem(),
    firmware: session.firmware,
    otherBuild: otherBuild(session.firmware),
    clockError_s: unix_ms === undefined ? undefined : (unix_ms - link.unixTime_ms) / 1000,
    channels,
    log: {
      ...logFill(range, manifest.chips.flash.pages, rate_per_s),
      policy: range.policy,
      isFull: range.isFull,
    },
    unixTime_s: link.unixTime_ms / 1000,
  }
}

async function growth_per_s(
  board: BoardClient,
  first: number,
  next: number,
): Promise<number | undefined> {
  if (next - first < 2) return undefined
  const late = await headOf(board, next - 1)
  for (const back of BACK_pages) {
    const early = await headOf(board, Math.max(first, next - 1 - back))
    const rate_per_s = pageRate_per_s(early, late)
    if (rate_per_s !== undefined) return rate_per_s
  }
  return undefined
}

async function headOf(board: BoardClient, page: number): Promise<PageHead | undefined> {
  return pageHead(await board.readLog(page, page + 1))
}
