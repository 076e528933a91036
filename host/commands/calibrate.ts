import { type Command, InvalidArgumentError } from "commander"
import {
  CALIBRATION_TEST,
  type CalibrationProgress,
  type CalibrationResult,
  calibrate,
  readCalibration,
} from "../calibrate"
import { STANDARD_NAME } from "../calibration/bytes"
import { PromptBench } from "../calibration/promptBench"
import { residuals } from "../calibration/residuals"
import { Terminal } from "../calibration/terminal"
import { TesterError } from "../errors"
import { calibrationsText, calibrationText } from "../report/calibrationText"
import type { Session } from "../session"
import { withBoard } from "./common/board"
import { withInterrupt } from "./common/interrupt"
import { addNoted, type NotedOptions, noteTold, type Told } from "./common/noted"
import {
  addChannels,
  addJson,
  addWhere,
  type Channels,
  channelList,
  type JsonOptions,
  positiveNumber,
  type WhereOptions,
} from "./common/options"
import { printJson, printText } from "./common/print"

interface CalibrateOptions extends WhereOptions, NotedOptions, JsonOptions {
  channel: Channels
  standardOhm?: number
  standard?: string
  show?: true
}

export function addCalibrate(program: Command): void {
  const command = program
    .command("calibrate")
    .description(
      "calibrate channels against a standard resistor and a voltmeter, or show what they have",
    )
    .option(
      "--standard-ohm <ohm>",
      "the standard's certified resistance, Ω; about 100",
      standardOhm,
    )
    .option(
      "--standard <name>",
      "which resistor and meter, 16 characters at most; the board keeps it",
      standardName,
    )
    .option("--show", "show the calibration in force, and measure nothing")
  addJson(addNoted(addWhere(addChannels(command, "all")))).action(run)
}

/** The currents of a calibration make −0.9 V and 4 V of 100 Ω, and a channel's limits are near. */
export function standardOhm(text: string): number {
  const ohm = positiveNumber(text)
  if (ohm >= 90 && ohm <= 110) return ohm
  throw new InvalidArgumentError("The calibration's currents want a standard of 100 Ω, 90 to 110.")
}

function standardName(text: string): string {
  if (STANDARD_NAME.test(text)) return text
  throw new InvalidArgumentError("Give 1 to 16 ASCII characters: the board has room for no more.")
}

async function run(options: CalibrateOptions): Promise<void> {
  await withBoard(options, async (session) => {
    const channels = channelList(options.channel, await session.board.channels())
    if (options.show) await show(session, channels, options)
    else await measure(session, channels, options)
  })
}

async function show(session: Session, channels: number[], { json }: JsonOptions): Promise<void> {
  const found = []
  for (const channel of channels)
    found.push({ channel, calibration: await readCalibration(session.board, channel) })
  if (json) printJson({ board: session.board.name, channels: found })
  else printText(calibrationsText(found, session.link.unixTime_ms / 1000))
}

async function measure(
  session: Session,
  channels: number[],
  options: CalibrateOptions,
): Promise<void> {
  const { standardOhm, standard, json } = options
  if (session.isSimulated)
    throw new TesterError(
      `The board at ${session.link.address} is simulated: nobody can put a standard into its holders. ` +
        "'coincell demo' shows a calibration against a simulated bench.",
    )
  if (standardOhm === undefined || standard === undefined)
    throw new TesterError(
      "A calibration needs the standard's resistance and name: " +
        '--standard-ohm 100.003 --standard "100R 34465A".',
    )
  const certified = { standard_ohm: standardOhm, standard }
  const results = await withInterrupt((signal) => {
    const terminal = new Terminal(process.stdin, process.stderr, signal)
    return calibrateNoted(session, channels, certified, terminal, options)
  })
  if (json) printJson(results.map((one) => resultJson(one, standardOhm)))
  else printText(results.map((one) => calibrationText(one, standardOhm)).join("\n\n"))
}

/** Calibrates channels as `calibrateByHand` does, and notes who did, be it that it failed. */
export async function calibrateNoted(
  session: Pick<Session, "link" | "board">,
  channels: number[],
  certified: { standard_ohm: number; standard: string },
  terminal: Terminal,
  options: NotedOptions,
): Promise<CalibrationResult[]> {
  const { id: board, name: board_name } = session.board
  const told: Told[] = []
  const note = (channel: number, is_done: boolean, message: string) => {
    const place = { board, board_name, channel, test: null, cell: null }
    told.push({ action: "calibrate", ...place, is_done, message })
  }
  const onDone = ({ channel, calibration }: CalibrationResult) =>
    note(channel, true, `calibrated against ${calibration.standard}`)
  try {
    return await calibrateByHand(session, channels, certified, terminal, onDone)
  } catch (error) {
    note(channels[told.length], false, (error as Error).message)
    throw error
  } finally {
    await noteTold(options, told)
  }
}

/**
 * Calibrates channels with a person at the bench, who is asked at a terminal; closes that.
 * @param onDone hears of each channel that is calibrated, also when another fails then
 */
export async function calibrateByHand(
  { link, board }: Pick<Session, "link" | "board">,
  channels: number[],
  { standard_ohm, standard }: { standard_ohm: number; standard: string },
  terminal: Terminal,
  onDone: (result: CalibrationResult) => void = () => {},
): Promise<CalibrationResult[]> {
  try {
    const bench = new PromptBench(standard_ohm, standard, (text) => terminal.ask(text))
    const now_s = Math.floor(link.unixTime_ms / 1000)
    const show = ({ channel, done, of }: CalibrationProgress) =>
      terminal.show(`Channel ${channel}: ${done} of ${of} points.\n`)
    const results: CalibrationResult[] = []
    for (const channel of channels) {
      results.push(
        ...(await calibrate(link, board, bench, [channel], CALIBRATION_TEST, now_s, show)),
      )
      onDone(results[results.length - 1])
    }
    return results
  } finally {
    terminal.close()
  }
}

export function resultJson(result: CalibrationResult, standard_ohm: number): unknown {
  const { points, before, calibration, ...rest } = result
  return {
    ...rest,
    standard_ohm,
    calibration,
    before,
    residuals: {
      before: residuals(points, standard_ohm, before),
      after: residuals(points, standard_ohm, calibration),
    },
  }
}
