import type { Command } from "commander"
import type { ChannelStatus } from "../boardClient"
import { WallClock } from "../follow/clock"
import { wherever } from "../follow/open"
import { cycleReport } from "../report/cycles/cycleReport"
import { reportJson } from "../report/cycles/json"
import { reportsText } from "../report/cycles/text"
import { openBoard } from "../session"
import { openSimulated } from "../simulatedSession"
import type { PlannedTest } from "../start"
import { Store } from "../store/store"
import type { StoredTest } from "../store/storedTest"
import { parseAddress } from "../transport/open"
import { usualCells } from "../transport/simulated"
import { EXIT } from "./common/exit"
import { addNotify, NOTIFY_HELP, type NotifyOptions } from "./common/following"
import { followTests, type Place } from "./common/followTests"
import { withInterrupt } from "./common/interrupt"
import { statusJson } from "./common/json"
import { addNoted, type NotedOptions, startNoted } from "./common/noted"
import {
  addChannels,
  addEngine,
  addJson,
  addWhere,
  collect,
  type EngineOptions,
  type JsonOptions,
  positiveNumber,
  type WhereOptions,
} from "./common/options"
import { type PlanOptions, planTests } from "./common/plan"
import { printJson, printText, tell } from "./common/print"
import { parseCells } from "./sim"
import { startedText } from "./start"

type RunOptions = WhereOptions &
  NotedOptions &
  JsonOptions &
  PlanOptions &
  EngineOptions &
  NotifyOptions & { every?: number; simCell?: string[] }

const EVERY_s = 30
/** A simulated board in this process runs some thousand times as fast. */
const SIMULATED_EVERY_s = 600

export function addRun(program: Command): void {
  const command = program
    .command("run")
    .description("start a protocol on cells, follow it to its end, and print its cycles")
    .argument("<protocol>", "YAML or JSON file, or example:NAME; 'check' tells what it would do")
    .option(
      "--cell <file>",
      "the cell's YAML file: once for each channel, in their order; an example knows its own",
      collect,
    )
    .option("--every <s>", "seconds between two looks at the board", positiveNumber)
    .option(
      "--sim-cell <channel=name>",
      "with --port sim: the simulated cell in a channel; once for each. 'sim --cells' lists them",
      collect,
    )
  addJson(addNotify(addNoted(addEngine(addWhere(addChannels(command))))))
    .addHelpText(
      "after",
      "\nWhat is measured is stored all the while. When the board is unplugged, this waits for it: the test is the" +
        "\nboard's. Ctrl-C ends the following, not the test. Exit code 3: a fault stopped a test." +
        "\nWith --port sim a simulated board runs in this process, calibrated, as fast as it can; sim:SEED chooses" +
        `\nwhich.\n${NOTIFY_HELP}` +
        "\n\nExamples:\n  coincell run cycling.yaml --cell li-12.yaml --channel 0" +
        "\n  coincell run cycling.yaml --cell li-12.yaml --channel 0 --port sim --sim-cell '0=Ma2024 bare Li, 1 mA/cm2'",
    )
    .action((protocol: string, options: RunOptions) => run(command, protocol, options))
}

async function run(command: Command, protocol: string, options: RunOptions): Promise<void> {
  const tests = planTests(command, protocol, options)
  for (const { warnings } of tests) for (const warning of warnings) tell(warning)
  const store = Store.open(options.data)
  await withInterrupt(async (signal) => {
    const place = await open(store, tests, options, signal)
    try {
      const started = await startNoted(place.session, store, tests, options)
      tell(startedText(started, tests))
      const ended = await followTests(place, store, started, options, signal)
      if (ended === undefined) tell(detached(place, store))
      else present(store, started, ended, options.json)
    } finally {
      await place.session.close()
    }
  })
}

async function open(
  store: Store,
  tests: readonly PlannedTest[],
  { port, board, every, simCell, engine }: RunOptions,
  signal: AbortSignal,
): Promise<Place> {
  const address = port === undefined ? undefined : parseAddress(port)
  if (address?.kind === "simulated") {
    const session = await openSimulated(store, {
      seed: port === "sim" ? undefined : address.seed,
      cells: simCell === undefined ? usualCells : parseCells(simCell),
      channels: tests.map(({ channel }) => channel),
      engine,
    })
    const reopen = async () => []
    return { session, clock: session.link, reopen, every_s: every ?? SIMULATED_EVERY_s }
  }
  const session = await openBoard({ port, board })
  const reopen = wherever(session.board.id, session.link.address)
  return { session, clock: new WallClock(signal), reopen, every_s: every ?? EVERY_s }
}

/** Prints the cycles of tests; the exit code says whether a fault stands. */
function present(
  store: Store,
  tests: readonly StoredTest[],
  ended: readonly ChannelStatus[],
  isJson: true | undefined,
): void {
  const reports = tests
    .map(({ id }) => store.test(id))
    .map((test) => ({
      test,
      report: cycleReport(test.reader(), test.cell, { overwritten: test.gaps() }),
    }))
  if (isJson)
    printJson({
      tests: reports.map(({ test, report }, i) => ({
        id: test.id,
        cell: test.cell.name,
        board: test.board,
        folder: test.folder,
        status: statusJson(ended[i]),
        ...reportJson(report),
      })),
    })
  else
    printText(
      reportsText(
        reports.map(({ test, report }) => ({ name: `${test.id}  ${test.cell.name}`, report })),
      ),
    )
  if (ended.some(({ state }) => state === "Fault")) process.exitCode = EXIT.fault
}

/** What is told when Ctrl-C ends the following. */
function detached({ session, clock }: Place, store: Store): string {
  if (clock === session.link)
    return `The simulated board ends with this command. What it measured until now is stored in ${store.folder}.`
  return (
    `The tests on board ${session.board.name} go on. 'coincell watch' follows them, 'coincell status' shows how ` +
    "they stand, 'coincell stop' ends them."
  )
}
