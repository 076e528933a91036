import type { Command } from "commander"
import type { ChannelStatus } from "../boardClient"
import { TestBook } from "../follow/testBook"
import { formatStatusTable } from "../report/statusTable"
import type { Session } from "../session"
import { Store } from "../store/store"
import { withBoards } from "./common/board"
import { EXIT } from "./common/exit"
import { statusJson } from "./common/json"
import {
  addData,
  addJson,
  addWhere,
  type DataOptions,
  type JsonOptions,
  type WhereOptions,
} from "./common/options"
import { printJson, printText } from "./common/print"

type StatusOptions = WhereOptions & DataOptions & JsonOptions

export function addStatus(program: Command): void {
  const command = program
    .command("status")
    .description("show how all channels of all boards stand, and what waits for you")
  addJson(addData(addWhere(command)))
    .addHelpText(
      "after",
      "\nExit code 3: a fault stands on a channel; what to do about it is told below the table." +
        "\n\nExamples:\n  coincell status\n  coincell status --board KX42 --json",
    )
    .action(status)
}

/** A board and its channels now. */
interface BoardStatus {
  session: Session
  problem: string
  channels: ChannelStatus[]
}

async function status(options: StatusOptions): Promise<void> {
  const book = new TestBook(Store.open(options.data))
  await withBoards(options, async (sessions) => {
    const boards = await Promise.all(sessions.map(look))
    if (options.json) printJson({ boards: boards.map((board) => boardJson(board, book)) })
    else printText(text(boards, book))
    if (boards.some(({ channels }) => channels.some(({ state }) => state === "Fault")))
      process.exitCode = EXIT.fault
  })
}

async function look(session: Session): Promise<BoardStatus> {
  const { board } = session
  const problem = await board.problem()
  const channels: ChannelStatus[] = []
  const count = await board.channels()
  for (let channel = 0; channel < count; channel++) channels.push(await board.status(channel))
  return { session, problem, channels }
}

function text(boards: readonly BoardStatus[], book: TestBook): string {
  const rows = boards.flatMap(({ session: { board }, channels }) =>
    channels.map((status) => {
      const known = book.find(board.id, status.channel, status.test)
      const step = status.step === undefined ? undefined : known?.stepText(status.step)
      return { board: board.name, status, test: known?.id, cell: known?.cell, step }
    }),
  )
  const problems = boards
    .filter(({ problem }) => problem !== "")
    .map(({ session, problem }) => `Board ${session.board.name} cannot test: ${problem}.\n`)
  return formatStatusTable(rows) + problems.join("")
}

function boardJson({ session, problem, channels }: BoardStatus, book: TestBook): unknown {
  const { board, link, firmware, isSimulated } = session
  return {
    board: board.name,
    board_id: board.id,
    address: link.address,
    firmware,
    simulated: isSimulated,
    problem: problem === "" ? null : problem,
    channels: channels.map((status) => {
      const known = book.find(board.id, status.channel, status.test)
      const step = status.step === undefined ? undefined : known?.stepText(status.step)
      return {
        ...statusJson(status),
        test: known?.id ?? null,
        cell: known?.cell ?? null,
        step: step ?? null,
      }
    }),
  }
}
