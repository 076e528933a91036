import type { Command } from "commander"
import { TesterError } from "../../errors"
import type { FollowClock } from "../../follow/clock"
import { changeText, timeText } from "../../follow/changeText"
import { fetcher } from "../../follow/fetch"
import { type Change, Follower } from "../../follow/follower"
import type { OpenBoards } from "../../follow/open"
import { TestBook } from "../../follow/testBook"
import { readNotifyConfig } from "../../notify/config"
import { Watchman } from "../../notify/watchman"
import type { Store } from "../../store/store"
import { parseAddress } from "../../transport/open"
import { statusJson } from "./json"

/** Longest that notifications may hold up the end. */
const NOTIFY_ms = 10_000

export interface NotifyOptions {
  notifyCommand?: string
  notifyWebhook?: string
}

/** Adds `--notify-command` and `--notify-webhook`. */
export function addNotify(command: Command): Command {
  return command
    .option(
      "--notify-command <cmd>",
      "shell command to run when a test ends or needs you: it gets the event as JSON on stdin",
    )
    .option("--notify-webhook <url>", "URL to post such events to, as JSON")
}

export const NOTIFY_HELP =
  "\nEvents are end, fault, waiting, board_lost, disk_nearly_full and sample_too_old. Commands also find each" +
  "\nfield in the environment: COINCELL_EVENT, COINCELL_MESSAGE, COINCELL_TEST … A file notify.yaml in the" +
  "\ndata folder can say the same: command, webhook, on: [fault, end], board_lost_after_s," +
  "\nsample_too_old_after_s, disk_free_below_MB."

/** A follower, what it knows tests by, and who is told. */
export interface Following {
  follower: Follower
  book: TestBook
  /** Looks at all boards, and tells who wants to know. */
  round(): Promise<void>
  /** Lets boards go; the tests go on. */
  close(): Promise<void>
}

/** Follows boards, and notifies. */
export function startFollowing(options: {
  store: Store
  clock: FollowClock
  open: OpenBoards
  notify: NotifyOptions
  every_s: number
  signal: AbortSignal
  onChange: (change: Change, book: TestBook) => void
  onProblem: (text: string) => void
}): Following {
  const { store, clock, open, onProblem } = options
  const { notifyCommand: command, notifyWebhook: webhook } = options.notify
  const config = readNotifyConfig(store.folder, { command, webhook })
  const book = new TestBook(store)
  const watchman = new Watchman(config, store.folder, book, onProblem)
  const follower = new Follower({
    clock,
    open,
    fetch: fetcher(store, options.signal),
    onChange(change) {
      if (change.kind === "started") book.forget(change.board.id, change.status.channel)
      options.onChange(change, book)
    },
    onProblem,
    every_ms: options.every_s * 1000,
  })
  return {
    follower,
    book,
    async round() {
      await follower.round()
      await watchman.look(follower.boards, clock)
    },
    async close() {
      await follower.close()
      await watchman.close(NOTIFY_ms)
    },
  }
}

/** A change as a line for a person. */
export function changeLine(change: Change, book: TestBook): string {
  return `${timeText(change.unixTime_s)}  ${changeText(change, knownOf(change, book))}`
}

/** A change as a line for a program. */
export function changeJson(change: Change, book: TestBook): Record<string, unknown> {
  const known = knownOf(change, book)
  return {
    event: change.kind,
    time: new Date(change.unixTime_s * 1000).toISOString(),
    message: changeText(change, known),
    board: change.board.name,
    board_id: change.board.id,
    ...("status" in change && {
      ...statusJson(change.status),
      test: known?.id ?? null,
      cell: known?.cell ?? null,
    }),
  }
}

function knownOf(change: Change, book: TestBook) {
  if (!("status" in change)) return undefined
  return book.find(change.board.id, change.status.channel, change.status.test)
}

/**
 * A simulated board in this process ends with it, so that only `run` can do something with one.
 * @throws TesterError when that is asked for
 */
export function refuseInProcess(port: string | undefined): void {
  if (port === undefined || parseAddress(port).kind !== "simulated") return
  throw new TesterError(
    `--port ${port} is a simulated board that lives only as long as this command. Start one that goes on by ` +
      "'coincell sim', which this command then finds; or use 'coincell run --port sim'.",
  )
}
