import { type Command, Option } from "commander"
import { firmwareText } from "../board/firmware"
import type { Telling } from "../flash/deploy"
import { firmwareFor } from "../flash/firmware"
import { flash, type Flashed } from "../flash/flash"
import { thisComputer } from "../flash/surroundings"
import { boardKeys } from "../flash/targets"
import { addJson, type JsonOptions } from "./common/options"
import { printJson, printText, tell } from "./common/print"

interface FlashOptions extends JsonOptions {
  board: string
  port?: string
  runtime?: string
  new?: true
}

export function addFlash(program: Command): void {
  const command = program
    .command("flash")
    .description(
      "put this version's firmware on a board, and DeviceScript's runtime where it is missing",
    )
    .addOption(boardOption())
    .option(
      "-p, --port <address>",
      "where the board is: its serial port, or its boot drive's folder",
    )
    .option("--runtime <file>", "DeviceScript's runtime for the board, where there is no internet")
    .option("--new", "nothing runs on the board: install its runtime although it does not answer")
  addJson(command)
    .addHelpText(
      "after",
      "\nFirmware is never changed under a test: one that runs, is paused or waits has to end, or be stopped, first." +
        "\nA board's log and calibration stay.",
    )
    .action(flashBoard)
}

/** `--board`, here a kind of board. */
export function boardOption(choices: readonly string[] = boardKeys): Option {
  return new Option("-b, --board <kind>", "which kind of board")
    .choices(choices)
    .makeOptionMandatory()
}

async function flashBoard(options: FlashOptions): Promise<void> {
  const firmware = firmwareFor(options.board)
  const order = {
    firmware,
    place: options.port,
    runtime: options.runtime,
    isNew: options.new === true,
  }
  const around = thisComputer((text) => process.stderr.write(text))
  const flashed = await flash(order, around, telling())
  if (options.json)
    printJson({
      name: flashed.name,
      id: flashed.id,
      port: flashed.address,
      firmware: firmware.mark,
      written: flashed.written,
    })
  else printText(flashedText(flashed, firmwareText(firmware.mark)))
}

function flashedText({ name, address, written }: Flashed, firmware: string): string {
  const where = `Board ${name} at ${address}`
  return written === "nothing"
    ? `${where} has this firmware already: ${firmware}.`
    : `${where} runs firmware ${firmware}, as it says itself. Written: ${written}.`
}

/** Steps and tenths on stderr. */
function telling(): Telling {
  let tenths = 0
  return {
    step: tell,
    progress: (share) => {
      const now = Math.floor(share * 10)
      if (now > tenths) tell(`  ${now * 10} %`)
      tenths = now
    },
  }
}
