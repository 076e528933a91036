import { join } from "node:path"
import { makeFolder, writeFile } from "../../store/files"
import type { Paper } from "../paper"
import { linesOf, type Runs } from "./lines"
import { papersMarkdown } from "./markdown"
import { counts } from "./text"

/** Writes `papers.html` and `papers.md`. */
export async function writeReport(
  papers: readonly Paper[],
  runs: Runs,
  folder: string,
): Promise<{ files: string[]; counts: string }> {
  // Vega takes half a second to load, which a run need not wait for.
  const { papersHtml } = await import("./page")
  const all = papers.map((paper) => ({
    paper,
    lines: paper.rows.flatMap((row) => linesOf(paper, row, runs)),
  }))
  makeFolder(folder)
  const files = [join(folder, "papers.html"), join(folder, "papers.md")]
  writeFile(files[0], await papersHtml(all, runs.results))
  writeFile(files[1], papersMarkdown(all))
  return { files, counts: counts(all.flatMap(({ lines }) => lines)) }
}
