import type { Cell } from "../../../cell"
import { TesterError } from "../../../errors"
import { faultText } from "../../../follow/faultText"
import { enumName } from "../../../service"
import type { LastPoint, TestSummary } from "../../../store/summary"
import type { TestLine } from "../../api"
import type { BrokenTest, Catalogue, CataloguedTest } from "./catalogue"

/** All tests, the latest first; those of which nobody knows when they began come last. */
export function testLines(catalogue: Catalogue): TestLine[] {
  const { tests, broken } = catalogue.all()
  const lines = tests.map((one) => {
    try {
      return testLine(one, catalogue.summary(one))
    } catch (problem) {
      return brokenLine({ folder: one.folder, problem })
    }
  })
  return [...lines, ...broken.map(brokenLine)].sort(
    (a, b) => (b.began_unix_s ?? 0) - (a.began_unix_s ?? 0),
  )
}

export function testLine({ folder, test }: CataloguedTest, summary: TestSummary): TestLine {
  const { state, last } = summary
  const { started, simulated } = test.about
  const { cell, problem } = cellOf(folder)
  return {
    id: test.id,
    cell: cell?.name ?? test.id,
    cellType: cell?.type,
    operator: cell?.operator,
    project: cell?.project,
    board: test.board,
    boardName: test.boardName,
    channel: test.channel,
    isSimulated: simulated ?? false,
    state,
    reason: reasonOf(summary),
    began_unix_s:
      summary.began_unix_s ?? (started === undefined ? undefined : Date.parse(started) / 1000),
    last: last && lastOf(last),
    problem,
  }
}

function reasonOf({ reason, fault }: TestSummary): string | undefined {
  return fault === undefined ? reason : faultText(enumName("Fault", fault)).what
}

function lastOf({ time_s, unixTime_s, cycle, voltage_V, current_A }: LastPoint) {
  return { time_s, unix_s: unixTime_s, cycle, voltage_V, current_A }
}

/** A cell whose file is not to be understood has no name, but its test has been measured all the same. */
function cellOf(folder: CataloguedTest["folder"]): { cell?: Cell; problem?: string } {
  try {
    return { cell: folder.cell }
  } catch (error) {
    if (error instanceof TesterError) return { problem: error.message }
    throw error
  }
}

/** What is known of a test in spite of a problem that hides where it stands. */
function brokenLine({ folder, problem }: BrokenTest): TestLine {
  if (!(problem instanceof TesterError)) throw problem
  const { value: about } = folder.attempt()
  return {
    id: folder.id,
    cell: cellOf(folder).cell?.name ?? folder.id,
    board: about?.board ?? "",
    boardName: about?.board_name ?? "",
    channel: about?.channel ?? 0,
    isSimulated: about?.simulated ?? false,
    state: "waiting",
    problem: problem.message,
  }
}
