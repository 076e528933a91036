import { type Command, InvalidArgumentError } from "commander"
import { type CycleRange, cycleReport } from "../report/cycles/cycleReport"
import { reportJson } from "../report/cycles/json"
import { reportsText } from "../report/cycles/text"
import { Store } from "../store/store"
import { addData, addJson, type DataOptions, type JsonOptions, wholeNumber } from "./common/options"
import { printJson, printText } from "./common/print"

interface AnalyseOptions extends DataOptions, JsonOptions {
  cycles?: CycleRange
  reference?: number
  all?: true
}

/** Counted by the board in 24 bits. */
const LAST_CYCLE = 0xff_ff_ff

export function addAnalyse(program: Command): void {
  const command = program
    .command("analyse")
    .alias("analyze")
    .description("work out each cycle of tests in the store: charges, efficiency, overpotentials")
    .argument("<test...>", "ids of tests, or names of their cells, as 'list' shows them")
    .option("--cycles <range>", "which cycles to tell of: 1-10, 100-, or 7", parseCycles)
    .option(
      "--reference <cycle>",
      "the cycle to which retention compares; the first complete one unless given",
      (text) => wholeNumber(text, 1, LAST_CYCLE),
    )
    .option("--all", "print long tables whole")
  addJson(addData(command))
    .addHelpText(
      "after",
      "\nWhat is told depends on the cell's type, and what is per cm² or per g on its area or mass: both stand in" +
        "\ncell.yaml in the test's folder. Tests may still be running: 'download' fetches what is new." +
        "\n\nExamples:\n  coincell analyse KX42-0-7\n  coincell analyse KX42-0-7 KX42-1-7 --cycles 1-10",
    )
    .action(run)
}

function run(names: string[], options: AnalyseOptions): void {
  const store = Store.open(options.data)
  const { cycles, reference } = options
  const reports = names
    .map((name) => store.test(name))
    .map((test) => ({
      test,
      report: cycleReport(test.reader(), test.cell, {
        cycles,
        reference,
        overwritten: test.gaps(),
      }),
    }))
  if (options.json) {
    const tests = reports.map(({ test, report }) => ({
      id: test.id,
      cell: test.cell.name,
      board: test.board,
      ...reportJson(report),
    }))
    printJson({ tests })
    return
  }
  const named = reports.map(({ test, report }) => ({
    name: `${test.id}  ${test.cell.name}`,
    report,
  }))
  printText(reportsText(named, options.all))
}

/** Reads 1-10, 100- or 7. */
export function parseCycles(text: string): CycleRange {
  const [, from, dash, to] = /^(\d+)(?:([-–])(\d+)?)?$/.exec(text.trim()) ?? []
  if (from === undefined) throw new InvalidArgumentError("Give one cycle, or a range such as 1-10.")
  const first = wholeNumber(from, 1, LAST_CYCLE)
  if (dash === undefined) return { from: first, to: first }
  if (to === undefined) return { from: first, to: Number.POSITIVE_INFINITY }
  return { from: first, to: wholeNumber(to, first, LAST_CYCLE) }
}
