import type { Command } from "commander"
import { type Acceptance, accept, isAccepted } from "../acceptance/accept"
import { PromptAcceptance } from "../acceptance/bench"
import { acceptanceJson, writeRecord } from "../acceptance/record"
import { Terminal } from "../calibration/terminal"
import { TesterError } from "../errors"
import { acceptanceText } from "../report/acceptanceText"
import type { Session } from "../session"
import { withBoard } from "./common/board"
import { EXIT } from "./common/exit"
import { withInterrupt } from "./common/interrupt"
import {
  addChannels,
  addData,
  addJson,
  addWhere,
  type Channels,
  channelList,
  type DataOptions,
  type JsonOptions,
  type WhereOptions,
} from "./common/options"
import { printJson, printText, tell } from "./common/print"
import { standardOhm } from "./calibrate"

const NOT_KEPT = "Nothing was recorded; begin anew."

interface AcceptOptions extends WhereOptions, DataOptions, JsonOptions {
  channel: Channels
  standardOhm: number
}

export function addAccept(program: Command): void {
  const command = program
    .command("accept")
    .description("test calibrated channels against fixed limits: empty, on a standard, shorted")
    .requiredOption(
      "--standard-ohm <ohm>",
      "the standard's certified resistance, Ω; about 100",
      standardOhm,
    )
  addJson(addData(addWhere(addChannels(command, "all"))))
    .addHelpText(
      "after",
      "\nIt asks for three things in each channel's holder, takes two minutes a channel, and writes a record into" +
        "\nthe folder acceptance of the data. Exit code 3 when something is not within its limit.",
    )
    .action(run)
}

async function run(options: AcceptOptions): Promise<void> {
  await withBoard(options, async (session) => {
    const channels = channelList(options.channel, await session.board.channels())
    if (session.isSimulated)
      throw new TesterError(
        `The board at ${session.link.address} is simulated: nobody can put a standard into its holders.`,
      )
    const acceptance = await withInterrupt((signal) => {
      const terminal = new Terminal(process.stdin, process.stderr, signal, NOT_KEPT)
      return acceptByHand(session, channels, options.standardOhm, terminal)
    })
    conclude(acceptance, options)
  })
}

/** Keeps and prints what was found, and sets the exit code. */
export function conclude(acceptance: Acceptance, { data, json }: DataOptions & JsonOptions): void {
  const path = writeRecord(data, acceptance)
  if (json) printJson(acceptanceJson(acceptance))
  else printText(acceptanceText(acceptance))
  tell(`Kept in ${path}.`)
  if (!isAccepted(acceptance)) process.exitCode = EXIT.fault
}

/** Tests channels with a person at the bench, who is asked at a terminal; closes that. */
export async function acceptByHand(
  { link, board }: Pick<Session, "link" | "board">,
  channels: number[],
  standard_ohm: number,
  terminal: Terminal,
): Promise<Acceptance> {
  try {
    const bench = new PromptAcceptance(standard_ohm, (text) => terminal.ask(text))
    return await accept(link, board, bench, channels, (channel, checks) => {
      const failed = checks.filter(({ passes }) => !passes).length
      terminal.show(
        `Channel ${channel}: ${checks.length} checks, ${failed} failed. Take the leads off.\n`,
      )
    })
  } finally {
    terminal.close()
  }
}
