import { duration } from "../../report/words"
import type { Paper } from "../paper"
import { estimate_s } from "../planRun"
import { runsOfRow } from "../select"

/** Papers, their tests, and of each test its runs with what they take. */
export function listText(papers: readonly Paper[]): string {
  return papers.map(paperText).join("\n\n")
}

function paperText(paper: Paper): string {
  const tests = paper.rows.flatMap((row) => [
    `  ${row.id}  ${row.class}  ${row.technique}: ${row.conditions}`,
    ...runsOfRow(paper, row).map((run) => `           ${run.key}, ${duration(estimate_s(run))}`),
  ])
  return [`${paper.key}: ${paper.citation}, doi:${paper.doi}`, ...tests].join("\n")
}
