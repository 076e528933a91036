import { type FirmwareMark, firmwareText } from "../board/firmware"
import type { ChannelStatus } from "../board/status"
import type { ChannelCalibration } from "../calibration/bytes"
import { type Finding, ok, problem, warning } from "./finding"
import type { LogFill } from "./logFill"

/** What a board said of itself. */
export interface BoardFacts {
  name: string
  address: string
  isSimulated: boolean
  /** Empty when it has none. */
  problem: string
  firmware: FirmwareMark
  /** That its firmware is another build than this host's, in words; undefined when it is not. */
  otherBuild: string | undefined
  /** Its clock − the PC's; undefined when it has not been told the time. */
  clockError_s: number | undefined
  channels: { status: ChannelStatus; calibration: ChannelCalibration | undefined }[]
  log: LogFill & { policy: "Stop" | "Overwrite"; isFull: boolean }
  unixTime_s: number
}

const DAY_s = 86_400
/** As bench meters are: a year. */
const CALIBRATION_LASTS_days = 365
const MOST_CLOCK_ERROR_s = 2
const NEARLY_FULL = 0.8
const FEW_DAYS = 3

export function checkBoard(facts: BoardFacts): Finding[] {
  const about = `board ${facts.name}`
  const option = `--board ${facts.name}`
  return [
    checkHealth(about, facts),
    ...checkBuild(about, facts),
    checkClock(about, facts.clockError_s),
    checkCalibrations(about, option, facts),
    checkLog(about, option, facts.log),
    ...facts.channels.flatMap(({ status }) => checkWaiting(about, option, status)),
  ]
}

export function checkHealth(
  about: string,
  facts: Pick<BoardFacts, "problem" | "address" | "firmware">,
): Finding {
  if (facts.problem === "")
    return ok(about, `well, at ${facts.address}; firmware ${firmwareText(facts.firmware)}`)
  return problem(
    about,
    `it cannot test: ${facts.problem}`,
    "switch its power off, look at that chip's soldering and its cable, and switch it on again",
  )
}

export function checkBuild(
  about: string,
  { otherBuild, firmware }: Pick<BoardFacts, "otherBuild" | "firmware">,
): Finding[] {
  if (otherBuild === undefined) return []
  const fix = `let its tests end, then 'coincell flash --board ${firmware.board}'`
  return [warning(about, `it starts no new test: ${otherBuild}`, fix)]
}

export function checkClock(about: string, error_s: number | undefined): Finding {
  if (error_s === undefined)
    return warning(about, "it does not know the time", "connect to it once: 'coincell status'")
  if (Math.abs(error_s) <= MOST_CLOCK_ERROR_s) return ok(about, "its clock agrees with this PC's")
  const way = error_s > 0 ? "fast" : "slow"
  return warning(
    about,
    `its clock is ${Math.abs(error_s).toFixed(1)} s ${way}`,
    "set the right one of this PC's clock and the board's: 'coincell status' sets the board's",
  )
}

export function checkCalibrations(
  about: string,
  option: string,
  { channels, unixTime_s }: Pick<BoardFacts, "channels" | "unixTime_s">,
): Finding {
  const age_days = ({ calibration }: BoardFacts["channels"][number]) =>
    calibration === undefined ? undefined : (unixTime_s - calibration.date_s) / DAY_s
  const numbers = (found: BoardFacts["channels"]) => found.map(({ status }) => status.channel)
  const none = numbers(channels.filter((one) => one.calibration === undefined))
  const old = numbers(channels.filter((one) => (age_days(one) ?? 0) > CALIBRATION_LASTS_days))
  const due = [...none, ...old].sort((a, b) => a - b)
  if (due.length === 0) {
    const oldest_days = Math.max(0, ...channels.map((one) => age_days(one) ?? 0))
    return ok(about, `all channels calibrated, at most ${Math.round(oldest_days)} days ago`)
  }
  const what = [
    ...(none.length > 0 ? [`no calibration: channel ${none.join(", ")}`] : []),
    ...(old.length > 0 ? [`calibrated more than a year ago: channel ${old.join(", ")}`] : []),
  ]
  const command = `coincell calibrate ${option} --channel ${due.join(",")}`
  return warning(about, what.join("; "), `${command} --standard-ohm 100 --standard "which one"`)
}

export function checkLog(about: string, option: string, log: BoardFacts["log"]): Finding {
  const days =
    log.left_days === undefined ? "" : `, ${roundDays(log.left_days)} left at today's rate`
  const what =
    `log ${Math.round(100 * log.share)} % full${days}; ` +
    (log.policy === "Overwrite"
      ? "overwrites what is downloaded"
      : "overwrites nothing that is not released")
  const fix =
    log.policy === "Overwrite"
      ? `coincell download ${option}`
      : `coincell download ${option}, then release its pages or let it overwrite what is downloaded`
  if (log.isFull) return problem(about, `${what}: its tests pause`, fix)
  if (log.share >= NEARLY_FULL || (log.left_days ?? Number.POSITIVE_INFINITY) < FEW_DAYS)
    return warning(about, what, fix)
  return ok(about, what)
}

function checkWaiting(about: string, option: string, status: ChannelStatus): Finding[] {
  if (!status.waitsForPerson) return []
  const { channel, test, fault, state } = status
  const why = state === "Fault" ? `the fault ${fault}` : "a restart of the board"
  return [
    problem(
      `${about}, channel ${channel}`,
      `test ${test} waits for a person after ${why}`,
      `look at the cell, then 'coincell resume ${option} --channel ${channel}', or stop instead of resume`,
    ),
  ]
}

function roundDays(days: number): string {
  if (days > 999) return "years"
  return days < 10 ? `${days.toFixed(1)} days` : `${Math.round(days)} days`
}
