import type { Command } from "commander"
import { TesterError } from "../errors"
import { ABSENT, alignedTable, type TextColumn } from "../report/alignedTable"
import * as service from "../service"
import { Store } from "../store/store"
import type { StoredTest } from "../store/storedTest"
import type { TestSummary } from "../store/summary"
import { addData, addJson, type DataOptions, type JsonOptions } from "./common/options"
import { printJson, printText, tell } from "./common/print"

/** A test in the list. */
interface Row {
  test: StoredTest
  /** Its cell's name; undefined when `cell.yaml` cannot be read. */
  cell: string | undefined
  summary: TestSummary
}

export function addList(program: Command): void {
  const command = program.command("list").description("list the tests that are stored")
  addJson(addData(command))
    .addHelpText(
      "after",
      "\nStates are as of the last download: waiting (nothing of it was fetched yet), running, paused, fault," +
        "\nfinished, stopped. Times are UTC. 'status' asks the boards themselves.",
    )
    .action(list)
}

function list(options: DataOptions & JsonOptions): void {
  const store = Store.open(options.data)
  const rows = store
    .tests()
    .map((test) => ({ test, cell: cellName(test), summary: test.summary() }))
  const broken = store.brokenTests()
  if (options.json) {
    const problems = broken.map(({ folder, problem }) => ({ folder, problem: problem.message }))
    printJson({ tests: rows.map(rowJson), broken: problems })
    return
  }
  for (const { problem } of broken) tell(`Not listed: ${problem.message}`)
  if (rows.length > 0) printText(formatList(rows))
  else if (broken.length === 0)
    printText(`No test is stored in ${store.folder}. 'coincell download' fetches what boards have.`)
}

/** A cell's file that is wrong is told of by the commands that need it. */
function cellName(test: StoredTest): string | undefined {
  try {
    return test.cell.name
  } catch (error) {
    if (error instanceof TesterError) return undefined
    throw error
  }
}

const COLUMNS: readonly TextColumn[] = [
  { head: ["test"], isLeft: true },
  { head: ["cell"], isLeft: true },
  { head: ["state"], isLeft: true },
  { head: ["began"], isLeft: true },
  { head: ["last record"], isLeft: true },
  { head: ["time", "h"] },
  { head: ["cycle"] },
]

/** A table for people. */
export function formatList(rows: readonly Row[]): string {
  const cells = rows.map(({ test, cell, summary }) => [
    test.id,
    cell ?? ABSENT,
    stateText(test, summary),
    utc(beganAt_s(test, summary)),
    utc(summary.last?.unixTime_s),
    summary.last === undefined ? ABSENT : (summary.last.time_s / 3600).toFixed(2),
    summary.last === undefined ? ABSENT : String(summary.last.cycle),
  ])
  return alignedTable(COLUMNS, [{ rows: cells }]).join("\n")
}

function stateText(test: StoredTest, { state, fault }: TestSummary): string {
  const isSimulated = test.about.simulated === true ? ", simulated" : ""
  const what = fault === undefined ? state : `${state}: ${service.enumName("Fault", fault)}`
  return what + isSimulated
}

/** When it began: by the board's log, else by the host that started it. */
function beganAt_s(test: StoredTest, { began_unix_s }: TestSummary): number | undefined {
  const { started } = test.about
  return began_unix_s ?? (started === undefined ? undefined : Date.parse(started) / 1000)
}

function utc(unixTime_s: number | undefined): string {
  if (unixTime_s === undefined) return ABSENT
  return new Date(unixTime_s * 1000).toISOString().slice(0, 16).replace("T", " ")
}

function rowJson({ test, cell, summary }: Row): object {
  const { state, reason, fault, last } = summary
  return {
    test: test.id,
    folder: test.folder,
    board: test.boardName,
    board_id: test.board,
    channel: test.channel,
    test_number: test.test,
    cell: cell ?? null,
    is_simulated: test.about.simulated ?? null,
    state,
    end_reason: reason ?? null,
    fault: fault === undefined ? null : service.enumName("Fault", fault),
    began_unix_s: beganAt_s(test, summary) ?? null,
    last_record:
      last === undefined
        ? null
        : {
            test_time_s: last.time_s,
            unix_time_s: last.unixTime_s ?? null,
            cycle: last.cycle,
            step_index: last.stepIndex,
            voltage_V: last.voltage_V,
            current_A: last.current_A,
          },
    pages: test.run?.pages ?? 0,
    overwritten_pages: test
      .gaps()
      .map(({ first, next }) => ({ first_page: first, next_page: next })),
  }
}
