import type { Paper } from "../paper"
import type { Line } from "./lines"
import { BARS, counts, HEADS, MEANING, textsOf } from "./text"

/** What a paper's tests came to. */
export interface PaperLines {
  paper: Paper
  lines: readonly Line[]
}

/** The tables as one Markdown file. */
export function papersMarkdown(all: readonly PaperLines[]): string {
  const parts = [
    "# Papers against tester",
    MEANING,
    `**${counts(all.flatMap(({ lines }) => lines))}**`,
    BARS,
    ...all.flatMap(({ paper, lines }) => [
      `## ${paper.key}`,
      `${escaped(paper.citation)}, doi:${escaped(paper.doi)}`,
      counts(lines),
      table(lines),
    ]),
  ]
  return `${parts.join("\n\n")}\n`
}

function table(lines: readonly Line[]): string {
  const rule = HEADS.map((head) => (head === "Tester" || head === "Difference" ? "---:" : "---"))
  return [HEADS, rule, ...lines.map(cells)].map((row) => `| ${row.join(" | ")} |`).join("\n")
}

function cells(line: Line): string[] {
  const { row, verdict, notes } = line
  const { quantity, paper, source, tester, difference } = textsOf(line)
  return [
    row.id,
    row.class,
    `${row.technique}: ${row.conditions}`,
    quantity,
    source === "" ? paper : `${paper} (${source})`,
    tester,
    difference,
    verdict === "misses" ? "MISSES" : verdict,
    notes.join(" · "),
  ].map(escaped)
}

/** Text that stays text in a cell of a table: no cell, tag, emphasis or link begins in it. */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]|]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/\s*\n\s*/g, " ")
}
