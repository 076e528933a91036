import { elide } from "../elide"
import { type CycleColumn, type CycleResult, cell } from "../cycles/column"
import type { CycleReport } from "../cycles/cycleReport"
import { type Html, html } from "./escape"

/** The cycle table; a long one shows both its ends and some cycles between. */
export function cyclesTable(report: CycleReport): Html {
  const { columns, results } = report
  if (results.length === 0) return html`<p>No cycle has driven a current yet.</p>`
  const { rows, every } = elide(results)
  const heads = [0, 1, 2].map((line) => columns.map(({ head }) => head[line]))
  return html`<div class="scroll"><table>
<thead>
${heads.map(
  (texts, line) =>
    html`<tr><th>${line === 2 ? "cycle" : ""}</th>${texts.map((text) => html`<th>${text}</th>`)}</tr>\n`,
)}</thead>
<tbody>
${rows.map((row) => html`${cycleRow(row, report)}\n`)}</tbody>
</table></div>
<p class="note">${notes(report, every).join(" ")}</p>`
}

/** What each column is; columns of one definition together. */
export function definitions({ columns }: CycleReport): Html {
  const groups = new Map<string, CycleColumn[]>()
  for (const column of columns)
    groups.set(column.definition, [...(groups.get(column.definition) ?? []), column])
  const list = [...groups].map(
    ([
      definition,
      group,
    ]) => html`<dt>${group.map(({ title }, i) => html`${i > 0 ? html`<br>` : ""}${title}`)}</dt>
<dd>${definition} <code>${group.map(({ key }) => key).join(", ")}</code></dd>
`,
  )
  return html`<dl>
${list}</dl>
<p class="note">Grey names are those of the JSON that 'coincell analyse --json' prints, in the units that they end in.
Charges are the board's integral of the measured current. Nothing is fitted and nothing is interpolated.</p>`
}

function cycleRow(result: CycleResult, { columns, by }: CycleReport): Html {
  const number = html`${result.cycle}${result.row.complete ? "" : "*"}`
  return html`<tr><td>${number}</td>${columns.map((column) => numberCell(column, result, by))}</tr>`
}

function numberCell(column: CycleColumn, result: CycleResult, by: CycleReport["by"]): Html {
  const text = cell(column, result, by)
  return text.endsWith("!")
    ? html`<td class="mark" title="above 100 %">${text}</td>`
    : html`<td>${text}</td>`
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
