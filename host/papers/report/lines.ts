import type { TestAbout } from "../../log/testAbout"
import { simulatedCell } from "../../transport/simulated"
import type { Paper, Printed, Row, RunResult } from "../paper"
import { runsOfRow } from "../select"
import { judge, type Verdict } from "./judge"

/** One line of the table: a number that a paper prints, or a test of which it prints none. */
export interface Line {
  row: Row
  printed: Printed | undefined
  /** The tester's number, in the printed one's unit. */
  measured: number | undefined
  verdict: Verdict
  /** What is to be known of the number. */
  notes: string[]
}

/** What is known of the runs when the table is made. */
export interface Runs {
  results: ReadonlyMap<string, RunResult>
  /** Why a run was not done, by its key. */
  absent: ReadonlyMap<string, string>
}

/** The lines of one row. @throws what a measure throws: that is a mistake of ours */
export function linesOf(paper: Paper, row: Row, runs: Runs): Line[] {
  const absent = row.runs.filter((key) => !runs.results.has(key))
  const reasons = absent.map((key) => `${key}: ${runs.absent.get(key) ?? "not run yet"}`)
  const about = [...row.notes, ...originNotes(paper, row)]
  const shared = row.substitute === undefined ? about : [`Instead: ${row.substitute}`, ...about]
  if (row.printed.length === 0 || absent.length > 0) {
    const verdict = absent.length > 0 ? "not run" : silent(row)
    const claims = row.printed.length === 0 ? [undefined] : row.printed
    return claims.map((printed, i) => ({
      row,
      printed,
      measured: undefined,
      verdict,
      notes: [...ownNote(printed), ...(i === 0 ? [...reasons, ...shared] : [])],
    }))
  }
  return row.printed.map((printed, i) => {
    const measured = printed.measure(runs.results)
    const verdict = verdictOf(row, printed, measured, runs.results)
    const untold = measured === undefined ? ["the records do not tell"] : []
    const ends = i === 0 ? endNotes(row, runs.results) : []
    return {
      row,
      printed,
      measured,
      verdict,
      notes: [...untold, ...ownNote(printed), ...ends, ...(i === 0 ? shared : [])],
    }
  })
}

/** What a row is worth that prints no number at all. */
function silent(row: Row): Verdict {
  return isAsPrinted(row) ? "no number printed" : "substitute"
}

/** The tester does what the paper did; of the other classes it does something else, which cannot agree. */
function isAsPrinted(row: Row): boolean {
  return row.class === "A" || row.class === "B"
}

function verdictOf(
  row: Row,
  printed: Printed,
  measured: number | undefined,
  results: ReadonlyMap<string, RunResult>,
): Verdict {
  if (!isAsPrinted(row)) return "substitute"
  return judge(printed, measured, meanCycle_h(results.get(row.runs[0])))
}

/** Hours of a cycle, rests and all. */
function meanCycle_h(result: RunResult | undefined): number | undefined {
  const last = result?.about.last
  return last === undefined || last.cycle === 0 ? undefined : last.time_s / 3600 / last.cycle
}

function ownNote(printed: Printed | undefined): string[] {
  return printed?.note === undefined ? [] : [printed.note]
}

/** How tests ended that did not reach their protocol's end. */
function endNotes(row: Row, results: ReadonlyMap<string, RunResult>): string[] {
  return row.runs.flatMap((key) => {
    const about = results.get(key)?.about
    return about === undefined || about.end?.kind === "finished" ? [] : [`${key} ${endOf(about)}`]
  })
}

function endOf({ end }: TestAbout): string {
  if (end === undefined) return "has no end in its log"
  return `ended by a ${end.kind} after ${(end.time_s / 3600).toFixed(1)} h`
}

/** What the simulated cells are fitted to, and what had to be assumed of them. */
function originNotes(paper: Paper, row: Row): string[] {
  const cells = [...new Set(runsOfRow(paper, row).map(({ simulatedCell: name }) => name))]
  return cells.map((name) => {
    const { fitted, assumed } = simulatedCell(name)
    const fits = fitted === "" ? "fitted to no number" : `fitted to ${fitted}`
    return `Cell '${name}': ${fits}; assumed ${assumed}`
  })
}
