import { type CycleResult, cell } from "../cycles/column"
import type { CycleReport } from "../cycles/cycleReport"
import { elide } from "../elide"
import { type Html, html, trusted } from "./escape"

/** Tables of more cycles make a file that is no letter any more. */
const MOST = 3000

/**
 * The cycle table. Of a long one both its ends and some cycles between are shown and printed; all of them are there to
 * be unfolded, up to 3000.
 */
export function cyclesTable(report: CycleReport, id: string): Html {
  const { results } = report
  if (results.length === 0) return html`<p>No cycle has driven a current yet.</p>`
  const { rows, every } = elide(results)
  return html`${table(report, rows)}
<p class="note">${notes(report, every).join(" ")}</p>
${every === 1 ? undefined : rest(report, id)}`
}

function rest(report: CycleReport, id: string): Html {
  const { length } = report.results
  if (length > MOST)
    return html`<p class="note">All ${length} cycles: 'coincell analyse ${id} --all', or its export.</p>`
  return html`<details class="all"><summary>All ${length} cycles</summary>
${table(report, report.results)}</details>`
}

function table(report: CycleReport, rows: readonly CycleResult[]): Html {
  const { columns } = report
  const heads = [0, 1, 2].map((line) => columns.map(({ head }) => head[line]))
  return html`<div class="scroll"><table>
<thead>
${heads.map(
  (texts, line) =>
    html`<tr><th>${line === 2 ? "cycle" : ""}</th>${texts.map((text) => html`<th>${text}</th>`)}</tr>\n`,
)}</thead>
<tbody>
${trusted(rows.map((row) => cycleRow(row, report)).join(""))}</tbody>
</table></div>`
}

/** HTML lets a row and its cells go without an end: half of the bytes of a long table. */
function cycleRow(result: CycleResult, { columns, by }: CycleReport): string {
  const number = `${result.cycle}${result.row.complete ? "" : "*"}`
  const cells = columns.map((column) => {
    const text = cell(column, result, by)
    return text.endsWith("!")
      ? html`<td class="mark" title="above 100 %">${text}`.text
      : html`<td>${text}`.text
  })
  return `<tr><td>${number}${cells.join("")}\n`
}

function notes({ results }: CycleReport, every: number): string[] {
  return [
    "–: the records do not tell.",
    ...(results.some(({ row }) => !row.complete) ? ["*: the cycle is incomplete."] : []),
    ...(results.some(({ efficiency }) => efficiency?.isAbove100)
      ? ["!: above 100 %: a short, a side reaction, or lithium from an earlier cycle."]
      : []),
    ...(every > 1
      ? [`Of ${results.length} cycles, the first and the last ten and every ${every}th between.`]
      : []),
  ]
}
