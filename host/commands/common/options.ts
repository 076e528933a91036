import { type Command, InvalidArgumentError, Option } from "commander"
import { TesterError } from "../../errors"
import type { Where } from "../../session"
import { ENGINES, type EngineName } from "../../transport/simulated"

/** Which board, as `--port` and `--board` say; `openBoards` and `openBoard` take it as it is. */
export type WhereOptions = Where
export interface DataOptions {
  data: string
}
export interface EngineOptions {
  engine: EngineName
}
export interface JsonOptions {
  json?: true
}

/** Channels, from 0; "all" stands for those that the board has. */
export type Channels = number[] | "all"

export const DATA_FOLDER = "coincell-data"

/** Adds `--port` and `--board`. */
export function addWhere(command: Command): Command {
  return command
    .option(
      "-p, --port <address>",
      "where the board is: /dev/ttyACM0, COM3, tcp:HOST:PORT, or sim for a simulated one; " +
        "without it all serial ports are looked at",
    )
    .option("-b, --board <id>", "which board, by its name or the beginning of its id")
}

/** Adds `--data`. */
export function addData(command: Command): Command {
  return command.option(
    "-d, --data <folder>",
    "where tests are kept; or set COINCELL_DATA",
    process.env.COINCELL_DATA ?? DATA_FOLDER,
  )
}

/** Adds `--engine`: how a simulated board's firmware is run. */
export function addEngine(command: Command, usual: EngineName = "vm"): Command {
  return command.addOption(
    new Option(
      "--engine <name>",
      "of a simulated board: vm runs the compiled firmware, native its sources in Node, many times as fast",
    )
      .choices(ENGINES)
      .default(usual),
  )
}

/** Adds `--json`. */
export function addJson(command: Command): Command {
  return command.option("--json", "print JSON, in SI units that the names tell")
}

/**
 * Adds `--channel`.
 * @param absent what it is when it is not given; without that it must be
 */
export function addChannels(command: Command, absent?: Channels): Command {
  const flags = "-c, --channel <list>"
  const text = "channels, counted from 0: 2, or 0,2, or all"
  if (absent === undefined) return command.requiredOption(flags, text, parseChannels)
  return command.option(flags, text, parseChannels, absent)
}

/** @throws InvalidArgumentError, which ends as wrong use */
export function parseChannels(text: string): Channels {
  if (text.trim() === "all") return "all"
  const channels = text.split(",").map((one) => wholeNumber(one, 0, 15))
  if (new Set(channels).size < channels.length)
    throw new InvalidArgumentError("Each channel can stand there once.")
  return channels
}

/**
 * @param count how many channels the board has
 * @throws TesterError when it has not so many
 */
export function channelList(channels: Channels, count: number): number[] {
  if (channels === "all") return Array.from({ length: count }, (_, channel) => channel)
  const beyond = channels.find((channel) => channel >= count)
  if (beyond === undefined) return channels
  throw new TesterError(
    `There is no channel ${beyond}: a board has the channels 0 to ${count - 1}.`,
  )
}

/** Reads a whole number; for commander's options, `(text) => wholeNumber(text, 1, 9)`. */
export function wholeNumber(text: string, least: number, most: number): number {
  const value = Number(text)
  if (text.trim() !== "" && Number.isInteger(value) && value >= least && value <= most) return value
  throw new InvalidArgumentError(`Give a whole number, ${least} to ${most}.`)
}

/** Reads a number above 0; for commander's options. */
export function positiveNumber(text: string): number {
  const value = Number(text)
  if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value
  throw new InvalidArgumentError("Give a number above 0.")
}

/** Gathers an option that can be given several times; for commander's options. */
export function collect(text: string, before: string[] = []): string[] {
  return [...before, text]
}
