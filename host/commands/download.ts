import type { Command } from "commander"
import { TesterError } from "../errors"
import type { Session } from "../session"
import { type Downloaded, type DownloadProgress, download } from "../store/download"
import { Store } from "../store/store"
import { withBoards } from "./common/board"
import { EXIT, errorJson } from "./common/exit"
import { withInterrupt } from "./common/interrupt"
import {
  addData,
  addJson,
  addWhere,
  type DataOptions,
  type JsonOptions,
  type WhereOptions,
} from "./common/options"
import { printJson, printText, tell } from "./common/print"
import { showProgress } from "./common/progress"

type DownloadOptions = WhereOptions & DataOptions & JsonOptions

/** What came of one board. */
type Outcome = { session: Session } & (
  | { downloaded: Downloaded; error?: undefined }
  | { error: TesterError }
)

export function addDownload(program: Command): void {
  const command = program
    .command("download")
    .description("store what boards have logged since the last time")
  addJson(addData(addWhere(command)))
    .addHelpText(
      "after",
      "\nOf all boards that answer, or of the one that --board or --port names. Tests go on meanwhile. However it is" +
        "\ncut short, the next download goes on there; a board lets go of a page only once this disk has it." +
        "\n\nExamples:\n  coincell download\n  coincell download --board KX42 --json",
    )
    .action(downloadBoards)
}

async function downloadBoards(options: DownloadOptions): Promise<void> {
  const store = Store.open(options.data)
  await withInterrupt((signal) =>
    withBoards(options, async (sessions) => {
      const outcomes = await downloadAll(store, sessions, signal)
      if (options.json) printJson({ boards: outcomes.map(outcomeJson) })
      else for (const outcome of outcomes) present(outcome, store)
      if (outcomes.some(({ error }) => error !== undefined)) process.exitCode = EXIT.error
    }),
  )
}

/** Downloads boards at once, each at its own speed. */
async function downloadAll(
  store: Store,
  sessions: Session[],
  signal: AbortSignal,
): Promise<Outcome[]> {
  const bar = showProgress("downloading")
  const progress = new Map<Session, DownloadProgress>()
  const sum = (key: keyof DownloadProgress) =>
    [...progress.values()].reduce((total, one) => total + one[key], 0)
  try {
    return await Promise.all(
      sessions.map(async (session) => {
        const onProgress = (now: DownloadProgress) => {
          progress.set(session, now)
          bar.update(sum("done") / sum("total"), `${sum("done")} of ${sum("total")} pages`)
        }
        const log = store.board(session.board.id)
        try {
          return { session, downloaded: await download(session, log, { signal, onProgress }) }
        } catch (error) {
          if (!(error instanceof TesterError)) throw error
          return { session, error }
        }
      }),
    )
  } finally {
    bar.stop()
  }
}

function present(outcome: Outcome, store: Store): void {
  const { name } = outcome.session.board
  if (outcome.error === undefined) printText(`${name}: ${summary(outcome.downloaded, store)}`)
  else tell(`coincell: ${name}: ${outcome.error.message}`)
}

function summary(
  { pages, bytes, lost, repaired, log, tests, isComplete }: Downloaded,
  store: Store,
): string {
  const what =
    pages === 0 ? "nothing new." : `${pages} pages, ${sizeText(bytes)}, stored in ${store.folder}.`
  const notes = [
    tests.length > 0 && `Tests: ${tests.join(", ")}.`,
    lost > 0 && `${lost} pages before these are lost: the board had overwritten them.`,
    repaired > 0 && `${repaired} damaged pages were fetched again.`,
    log > 1 && `This is log ${log} of this board: its flash was replaced.`,
    !isComplete && "Ended early: the next download goes on here.",
  ]
  return [what, ...notes.filter((note) => note !== false)].join(" ")
}

function outcomeJson({ session: { board }, ...outcome }: Outcome): object {
  const about = { board: board.name, board_id: board.id }
  if (outcome.error !== undefined) return { ...about, ...errorJson(outcome.error) }
  const { pages, bytes, first, next, lost, repaired, log, tests, isComplete } = outcome.downloaded
  return {
    ...about,
    pages,
    bytes,
    first_page: first,
    next_page: next,
    lost_pages: lost,
    repaired_pages: repaired,
    log,
    is_complete: isComplete,
    tests,
  }
}

function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(2)} MB`
}
