import { TesterError } from "../errors"
import type { Paper, Row, Run } from "./paper"

/**
 * The papers of these keys, all of them for none, with the rows of these ids alone, all of them for none. Papers
 * without such a row are left out.
 * @throws TesterError naming what there is not
 */
export function selectRows(
  papers: readonly Paper[],
  keys: readonly string[],
  ids: readonly string[],
): Paper[] {
  const missing = keys.filter((key) => !papers.some((paper) => paper.key === key))
  if (missing.length > 0)
    throw new TesterError(
      `No paper ${missing.join(", ")}. There are: ${papers.map(({ key }) => key).join(", ")}.`,
    )
  const chosen = papers.filter(({ key }) => keys.length === 0 || keys.includes(key))
  if (ids.length === 0) return chosen
  const lost = ids.filter((id) => !chosen.some(({ rows }) => rows.some((row) => row.id === id)))
  if (lost.length > 0)
    throw new TesterError(
      `No test ${lost.join(", ")}${keys.length > 0 ? ` in ${keys.join(", ")}` : ""}: 'coincell papers --list' shows them.`,
    )
  return chosen
    .map((paper) => ({ ...paper, rows: paper.rows.filter(({ id }) => ids.includes(id)) }))
    .filter(({ rows }) => rows.length > 0)
}

/** The runs that papers' rows read, each once. */
export function runsOf(papers: readonly Paper[]): Run[] {
  return papers.flatMap(({ runs, rows }) => {
    const keys = new Set(rows.flatMap((row) => row.runs))
    return runs.filter(({ key }) => keys.has(key))
  })
}

/** Rows' own runs, in their order. @throws Error when a row names none that its paper has */
export function runsOfRow({ runs }: Pick<Paper, "runs">, row: Row): Run[] {
  return row.runs.map((key) => {
    const run = runs.find((one) => one.key === key)
    if (run === undefined) throw new Error(`${row.id} reads ${key}, which its paper does not run`)
    return run
  })
}
