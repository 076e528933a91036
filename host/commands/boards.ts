import type { Command } from "commander"
import { otherBuild } from "../board/builtFirmware"
import type { TesterError } from "../errors"
import type { LogRange } from "../boardClient"
import { manifest } from "../manifest"
import { ABSENT, alignedTable, type TextColumn } from "../report/alignedTable"
import { findBoards, type Session } from "../session"
import { EXIT } from "./common/exit"
import {
  addJson,
  addWhere,
  channelList,
  type JsonOptions,
  type WhereOptions,
} from "./common/options"
import { printJson, printText, tell } from "./common/print"

/** What a board says of itself. */
interface BoardFacts {
  name: string
  id: string
  port: string
  firmware: string
  build: string | undefined
  board: string
  isSimulated: boolean
  channels: number
  /** Those that have a calibration. */
  calibratedChannels: number[]
  /** What keeps it from testing; empty when all is well. */
  problem: string
  log: LogRange & { capacityPages: number }
}

export function addBoards(program: Command): void {
  const command = program
    .command("boards")
    .description("list the boards that answer, and what is wrong at the ports that could have one")
  addJson(addWhere(command)).action(boards)
}

async function boards(options: WhereOptions & JsonOptions): Promise<void> {
  const { sessions, failures } = await findBoards(options)
  try {
    const facts = await Promise.all(sessions.map(factsOf))
    if (options.json)
      printJson({ boards: facts.map(boardJson), failures: failures.map(failureJson) })
    else printText(facts.length > 0 ? formatBoards(facts) : "No board answers.")
  } finally {
    await Promise.all(sessions.map((session) => session.close()))
  }
  if (!options.json) for (const failure of failures) tell(failure.message)
  if (!options.json)
    for (const { board, firmware } of sessions) {
      const why = otherBuild(firmware)
      if (why !== undefined)
        tell(`Board ${board.name}: ${why}: 'coincell flash --board ${firmware.board}'.`)
    }
  if (sessions.length === 0) {
    if (!options.json && failures.length === 0)
      tell(
        "Is one plugged in and powered, and its cable one that carries data? Give --port for a port that no " +
          "board maker's USB is behind; 'coincell sim' runs a simulated board.",
      )
    process.exitCode = EXIT.error
  }
}

async function factsOf({ board, link, firmware, isSimulated }: Session): Promise<BoardFacts> {
  const channels = await board.channels()
  const calibratedChannels: number[] = []
  for (const channel of channelList("all", channels))
    if ((await board.readCalibration(channel)) !== undefined) calibratedChannels.push(channel)
  return {
    name: board.name,
    id: board.id,
    port: link.address,
    firmware: firmware.version,
    build: firmware.build,
    board: firmware.board,
    isSimulated,
    channels,
    calibratedChannels,
    problem: await board.problem(),
    log: { ...(await board.logRange()), capacityPages: manifest.chips.flash.pages },
  }
}

const COLUMNS: readonly TextColumn[] = [
  { head: ["board"], isLeft: true },
  { head: ["id"], isLeft: true },
  { head: ["port"], isLeft: true },
  { head: ["firmware"], isLeft: true },
  { head: ["channels"] },
  { head: ["calibrated"] },
  { head: ["log to", "fetch"] },
  { head: ["problem"], isLeft: true },
]

/** A table for people. */
export function formatBoards(boards: readonly BoardFacts[]): string {
  const rows = boards.map((one) => [
    one.name,
    one.id,
    one.port,
    `${one.firmware} ${one.board}`,
    String(one.channels),
    calibrated(one),
    `${(100 * unfetched(one.log)).toFixed(1)} %`,
    one.problem === "" ? ABSENT : one.problem,
  ])
  return alignedTable(COLUMNS, [{ rows }]).join("\n")
}

/** Names as all JSON of this tool has them. */
function boardJson(one: BoardFacts): object {
  const { log } = one
  return {
    name: one.name,
    id: one.id,
    port: one.port,
    firmware: one.firmware,
    build: one.build,
    board: one.board,
    is_simulated: one.isSimulated,
    channels: one.channels,
    calibrated_channels: one.calibratedChannels,
    problem: one.problem === "" ? null : one.problem,
    log: {
      first_page: log.first,
      next_page: log.next,
      downloaded_below_page: log.downloaded,
      released_below_page: log.released,
      capacity_pages: log.capacityPages,
      policy: log.policy,
      is_full: log.isFull,
    },
  }
}

function calibrated({ channels, calibratedChannels }: BoardFacts): string {
  if (calibratedChannels.length === 0) return "none"
  return calibratedChannels.length === channels ? "all" : calibratedChannels.join(",")
}

/** Share of the flash that no host has stored yet. */
function unfetched(log: BoardFacts["log"]): number {
  return (log.next - Math.max(log.first, log.downloaded)) / log.capacityPages
}

function failureJson({ name, message, stack: _, ...fields }: TesterError): object {
  return { type: name, message, ...fields }
}
