import { userInfo } from "node:os"
import { type Command, Option } from "commander"
import { type Action, stated, type Who } from "../../catalogue/action"
import { ActionBook } from "../../catalogue/actionBook"
import { openCatalogue } from "../../catalogue/open"
import { TesterError } from "../../errors"
import type { Session } from "../../session"
import { type PlannedTest, startTests } from "../../start"
import type { Store } from "../../store/store"
import type { StoredTest } from "../../store/storedTest"
import { parseAddress } from "../../transport/open"
import { catalogOption } from "./catalog"
import { addData, type DataOptions } from "./options"
import { tell } from "./print"

/** Who does something to a channel and why, and where that is noted. */
export interface NotedOptions extends DataOptions {
  operator?: string
  why?: string
  catalog?: string
  port?: string
}

/** What was told to a channel; who, why and by which way is known besides. */
export type Told = Omit<Action, keyof Who | "via">

/** Longest that a catalogue which is away or slow holds up the end of a command. */
const PATIENCE_ms = 3_000

/** Adds `--operator`, `--why`, `--data` and `--catalog`. */
export function addNoted(command: Command): Command {
  return addData(command)
    .addOption(
      new Option(
        "--operator <name>",
        "who you are, for the catalogue; without it the name of your account",
      ).env("COINCELL_OPERATOR"),
    )
    .option("--why <text>", "why, for the catalogue")
    .addOption(catalogOption())
}

/**
 * Notes in the catalogue what was told to channels, once it is over and told to the person. Nothing that goes wrong here
 * is an error: a warning says so, and what was noted is sent later.
 */
export async function noteTold(options: NotedOptions, told: readonly Told[]): Promise<void> {
  // A simulated board in this process ends with it: nobody else has to do with it.
  const isOwn = () => options.port !== undefined && parseAddress(options.port).kind === "simulated"
  if (told.length === 0 || isOwn()) return
  const book = new ActionBook({ data: options.data, lab: process.env.COINCELL_LAB })
  const who = whoIs(options)
  try {
    for (const one of told) await book.note({ ...one, ...who, via: "cli" })
  } catch (error) {
    warn(error, "It is not noted there who did this.")
    return
  }
  if (options.catalog) await send(book, options.catalog, options.data)
}

async function send(book: ActionBook, address: string, data: string): Promise<void> {
  try {
    const shared = openCatalogue(address, data, PATIENCE_ms)
    await book.send(shared).finally(() => shared.close())
  } catch (error) {
    warn(error, "What was done is noted in the data folder, and sent later.")
  }
}

function warn(error: unknown, so: string): void {
  if (!(error instanceof TesterError)) throw error
  tell(`${error.message} ${so}`)
}

/** Who says nothing is known by the account. */
function whoIs({ operator, why }: NotedOptions): Who {
  const who = stated({ by: operator, why })
  return who.by === null ? { ...who, ...account() } : who
}

function account(): Pick<Who, "by" | "by_source"> {
  try {
    return { by: userInfo().username, by_source: "account" }
  } catch {
    // An account without a name, as in some containers.
    return { by: null, by_source: null }
  }
}

/**
 * Starts tests, and notes who did, be it that the board refuses.
 * @throws as `startTests` does
 */
export async function startNoted(
  session: Session,
  store: Store,
  tests: readonly PlannedTest[],
  options: NotedOptions,
): Promise<StoredTest[]> {
  const started: StoredTest[] = []
  let refusal = ""
  try {
    return await startTests(session, store, tests, (test) => started.push(test))
  } catch (error) {
    refusal = (error as Error).message
    throw error
  } finally {
    const { id: board, name: board_name } = session.board
    await noteTold(
      options,
      tests.map(({ channel, cell, protocolFile }) => {
        const test = started.find((one) => one.channel === channel)?.id ?? null
        const message = test === null ? refusal : `${protocolFile.fileName} has been started.`
        const place = { board, board_name, channel, test, cell: cell.name }
        return { action: "start", ...place, is_done: test !== null, message }
      }),
    )
  }
}
