import type { Command } from "commander"
import { WallClock } from "../follow/clock"
import { boardsAt } from "../follow/open"
import { Store } from "../store/store"
import { EXIT } from "./common/exit"
import {
  addNotify,
  changeJson,
  changeLine,
  NOTIFY_HELP,
  type NotifyOptions,
  refuseInProcess,
  startFollowing,
} from "./common/following"
import { withInterrupt } from "./common/interrupt"
import {
  addData,
  addJson,
  addWhere,
  type DataOptions,
  type JsonOptions,
  positiveNumber,
  type WhereOptions,
} from "./common/options"
import { printJsonLine, printText, tell } from "./common/print"

type WatchOptions = WhereOptions & DataOptions & JsonOptions & NotifyOptions & { every: number }

const EVERY_s = 30

export function addWatch(program: Command): void {
  const command = program
    .command("watch")
    .description(
      "follow all boards for as long as you like: store what they log, tell what happens",
    )
    .option("--every <s>", "seconds between two looks at a board", positiveNumber, EVERY_s)
  addJson(addNotify(addData(addWhere(command))))
    .addHelpText(
      "after",
      "\nPrints a line for each change: a cycle, a fault, an end, a board that goes or comes back. Boards may be" +
        "\nunplugged, reset or swapped at any time. Ctrl-C ends the watching; tests go on." +
        `\n${NOTIFY_HELP}` +
        "\n\nExamples:\n  coincell watch\n  coincell watch --notify-command 'mail -s coincell me@example.org'",
    )
    .action(watch)
}

async function watch(options: WatchOptions): Promise<void> {
  refuseInProcess(options.port)
  await withInterrupt(async (signal) => {
    const onProblem = (text: string) =>
      tell(options.json ? JSON.stringify({ warning: { message: text } }) : text)
    const following = startFollowing({
      store: Store.open(options.data),
      clock: new WallClock(signal),
      open: boardsAt(options, onProblem),
      notify: options,
      every_s: options.every,
      signal,
      onChange: (change, book) =>
        options.json
          ? printJsonLine(changeJson(change, book))
          : printText(changeLine(change, book)),
      onProblem,
    })
    const { follower } = following
    try {
      await following.round()
      if (follower.boards.size === 0) onProblem("No board answers yet; waiting for one.")
      while (!signal.aborted) {
        await follower.pause()
        if (!signal.aborted) await following.round()
      }
    } finally {
      await following.close()
    }
    if (!options.json) tell("The watching is over; tests go on.")
    const statuses = [...follower.boards.values()].flatMap(({ channels }) => channels)
    if (statuses.some(({ status }) => status.state === "Fault")) process.exitCode = EXIT.fault
  })
}
