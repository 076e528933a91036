import type { Command } from "commander"
import { LinkLostError, TesterError } from "../errors"
import { openBoard, type Session } from "../session"
import { withInterrupt } from "./common/interrupt"
import { addJson, addWhere, type JsonOptions, type WhereOptions } from "./common/options"
import { printJsonLine, printText, tell } from "./common/print"

const LOOK_ms = 100
const TRY_AGAIN_ms = 1_000

export function addLog(program: Command): void {
  const command = program
    .command("log")
    .description("print the lines of a board's console as they come, until Ctrl-C")
  addJson(addWhere(command)).action(log)
}

async function log(options: WhereOptions & JsonOptions): Promise<void> {
  await withInterrupt(async (signal) => {
    let session = await openBoard(options)
    while (!signal.aborted)
      try {
        await printLines(session, options.json === true, signal)
      } catch (error) {
        if (!(error instanceof LinkLostError)) throw error
        tell(`${error.address} is gone. Waiting for it …`)
        session = (await reopen(options, signal)) ?? session
      }
    await session.close()
  })
}

/** @throws LinkLostError when the port goes away; TesterError when it carries no console */
async function printLines(session: Session, isJson: boolean, signal: AbortSignal): Promise<void> {
  const { link, board } = session
  if (link.onLog === undefined)
    throw new TesterError(
      `${link.address} does not carry the board's console: give the board's serial port as --port.`,
    )
  const stop = link.onLog((line) => {
    if (isJson) printJsonLine({ board: board.name, unix_time_s: link.unixTime_ms / 1000, line })
    else printText(line)
  })
  try {
    while (!signal.aborted) await link.settle(link.bus.delay(LOOK_ms))
  } finally {
    stop()
  }
}

/** Tries until the board answers again, or the person has had enough. */
async function reopen(options: WhereOptions, signal: AbortSignal): Promise<Session | undefined> {
  while (!signal.aborted)
    try {
      return await openBoard(options)
    } catch (error) {
      if (!(error instanceof TesterError)) throw error
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_ms))
    }
  return undefined
}
