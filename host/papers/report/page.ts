import packageJson from "../../../package.json" with { type: "json" }
import { type Html, html, trusted } from "../../report/html/escape"
import { withIds } from "../../report/figure"
import { colourOf } from "../../report/figures/layers"
import { page, section } from "../../report/html/page"
import type { Paper, Row, RunResult } from "../paper"
import { runsOfRow } from "../select"
import { FIGURES, OVERLAID } from "./figures/figure"
import type { Line } from "./lines"
import type { PaperLines } from "./markdown"
import { PAPERS_STYLE } from "./style"
import { BARS, counts, HEADS, MEANING, textsOf } from "./text"

/** Papers against tester as one page that loads nothing. */
export async function papersHtml(
  all: readonly PaperLines[],
  results: ReadonlyMap<string, RunResult>,
): Promise<string> {
  const sections: Html[] = []
  for (const { paper, lines } of all)
    sections.push(
      section(
        paper.key,
        html`<p>${paper.citation}, <a href="https://doi.org/${paper.doi}">${paper.doi}</a></p>
<p class="note">${counts(lines)}</p>
${table(lines)}
${await figures(paper, results)}`,
      ),
    )
  return page(
    "Papers against tester",
    html`<style>${trusted(PAPERS_STYLE)}</style>
<header><h1>Papers against tester</h1>
<p class="verdict">${MEANING}</p></header>
<p><strong>${counts(all.flatMap(({ lines }) => lines))}</strong></p>
<p class="note">${BARS}</p>
${sections}
<footer>coincell ${packageJson.version}</footer>`,
  )
}

function table(lines: readonly Line[]): Html {
  return html`<div class="scroll"><table class="papers">
<thead><tr>${HEADS.map((head) => html`<th>${head}</th>`)}</tr></thead>
<tbody>
${lines.map((line, i) => rowHtml(line, lines[i - 1]))}</tbody>
</table></div>`
}

/** A test's first line names it, those after it do not. */
function rowHtml(line: Line, before: Line | undefined): Html {
  const { row, verdict, notes } = line
  const { quantity, paper, source, tester, difference } = textsOf(line)
  const isFirst = before?.row !== row
  const name = row.plot === undefined ? html`${row.id}` : html`<a href="#${row.id}">${row.id}</a>`
  return html`<tr class="${isFirst ? "first" : "more"}">
<td>${isFirst ? name : ""}</td><td>${isFirst ? row.class : ""}</td>
<td>${isFirst ? html`${row.technique}<br><span class="faint">${row.conditions}</span>` : ""}</td>
<td>${quantity}</td><td>${paper}<br><span class="faint">${source}</span></td>
<td>${tester}</td><td>${difference}</td>
<td class="${verdict.replaceAll(" ", "-")}">${verdict}</td>
<td>${notes.map((note) => html`<p>${note}</p>`)}</td>
</tr>
`
}

/** A figure for each row that has one; rows that show the same share it. */
async function figures(
  paper: Paper,
  results: ReadonlyMap<string, RunResult>,
): Promise<readonly Html[]> {
  const drawn = new Map<string, Html[]>()
  const ids = new Map<string, Row[]>()
  for (const row of paper.rows) {
    const shown = runsOfRow(paper, row).flatMap(({ key }) => results.get(key) ?? [])
    if (row.plot === undefined || shown.length === 0) continue
    const key = [row.plot, ...shown.map(({ run }) => run.key)].join("\n")
    const rows = ids.get(key)
    ids.set(key, [...(rows ?? []), row])
    if (rows !== undefined) continue
    const svg = withIds(await FIGURES[row.plot](shown), row.id)
    const names = OVERLAID.includes(row.plot) ? legend(shown) : undefined
    drawn.set(key, [html`${trusted(svg)}`, html`${names}`])
  }
  return [...drawn].map(
    ([key, [svg, names]]) => html`<figure>
${(ids.get(key) ?? []).map(({ id }) => html`<span id="${id}"></span>`)}
<figcaption>${captionOf(ids.get(key) ?? [])}${names}</figcaption>
${svg}
</figure>
`,
  )
}

function captionOf(rows: readonly Row[]): Html {
  return html`<strong>${rows.map(({ id }) => id).join(", ")}</strong> ${rows[0].technique}: ${rows[0].conditions}`
}

function legend(shown: readonly RunResult[]): Html {
  return html`<br>${shown.map(
    ({ cell, run }, i) =>
      html`<span class="key"><i style="background: ${colourOf(i)}"></i>${cell.name} (${run.key})</span> `,
  )}`
}
