import type { Command } from "commander"
import { duration } from "../report/words"
import type { PlannedTest } from "../start"
import type { Session } from "../session"
import { Store } from "../store/store"
import type { StoredTest } from "../store/storedTest"
import { withBoard } from "./common/board"
import { refuseInProcess } from "./common/following"
import { addNoted, type NotedOptions, startNoted } from "./common/noted"
import {
  addChannels,
  addJson,
  addWhere,
  collect,
  type JsonOptions,
  type WhereOptions,
} from "./common/options"
import { type PlanOptions, planTests } from "./common/plan"
import { printJson, printText, tell } from "./common/print"

type StartOptions = WhereOptions & NotedOptions & JsonOptions & PlanOptions

export function addStart(program: Command): void {
  const command = program
    .command("start")
    .description("start a protocol on cells, and leave the rest to the board")
    .argument("<protocol>", "YAML or JSON file, or example:NAME; 'check' tells what it would do")
    .option(
      "--cell <file>",
      "the cell's YAML file: once for each channel, in their order; an example knows its own",
      collect,
    )
  addJson(addNoted(addWhere(addChannels(command))))
    .addHelpText(
      "after",
      "\nEverything is checked before anything is energised." +
        "\n\nExamples:\n  coincell start cycling.yaml --cell li-12.yaml --channel 0" +
        "\n  coincell start cycling.yaml --channel 0,1 --cell li-12.yaml --cell li-13.yaml",
    )
    .action((protocol: string, options: StartOptions) => start(command, protocol, options))
}

async function start(command: Command, protocol: string, options: StartOptions): Promise<void> {
  const tests = planTests(command, protocol, options)
  refuseInProcess(options.port)
  if (!options.json) for (const { warnings } of tests) for (const warning of warnings) tell(warning)
  await withBoard(options, async (session) => {
    const started = await startNoted(session, Store.open(options.data), tests, options)
    if (options.json) printJson(startedJson(session, started, tests))
    else printText(`${startedText(started, tests)}\n${NEXT}`)
  })
}

const NEXT =
  "Next: 'coincell watch' stores what is measured and tells what happens; 'coincell status' shows how it stands."

/** A line for each test that was started. */
export function startedText(started: readonly StoredTest[], tests: readonly PlannedTest[]): string {
  return started
    .map(({ id, channel }, i) => {
      const { cell, plan } = tests[i]
      const { expected_s } = plan.duration
      const takes = expected_s === undefined ? "" : `, about ${duration(expected_s)}`
      return `${id} started on channel ${channel}: ${cell.name}${takes}.`
    })
    .join("\n")
}

function startedJson(
  { board }: Session,
  started: readonly StoredTest[],
  tests: readonly PlannedTest[],
): unknown {
  return {
    board: board.name,
    board_id: board.id,
    tests: started.map(({ id, channel, test, folder }, i) => ({
      test: id,
      channel,
      test_number: test,
      cell: tests[i].cell.name,
      folder,
      expected_duration_s: tests[i].plan.duration.expected_s ?? null,
      warnings: tests[i].warnings,
    })),
  }
}
