/** A column of text: lines of its head, and whether it stands closer to the column before it. */
export interface TextColumn {
  head: readonly string[]
  /** It belongs with the column before: one space between them, not two. */
  isJoined?: boolean
  isLeft?: boolean
}

/** Rows under a title of their own; no title for the only block. */
export interface TextBlock {
  title?: string
  rows: readonly (readonly string[])[]
}

/** What stands where the records do not tell. */
export const ABSENT = "–"

/** A plain-text table, columns as wide as what is in them and aligned across its blocks. */
export function alignedTable(
  columns: readonly TextColumn[],
  blocks: readonly TextBlock[],
): string[] {
  const depth = Math.max(...columns.map(({ head }) => head.length))
  // Heads end at the same line, next to the numbers.
  const heads = Array.from({ length: depth }, (_, line) =>
    columns.map(({ head }) => head[line - depth + head.length] ?? ""),
  )
  const all = [...heads, ...blocks.flatMap(({ rows }) => rows)]
  const widths = columns.map((_, i) => Math.max(...all.map((line) => line[i].length)))
  const gaps = columns.map(({ isJoined }, i) => (i === 0 ? "" : isJoined ? " " : "  "))
  const align = (line: readonly string[]) =>
    line
      .map((text, i) => {
        const cell = columns[i].isLeft ? text.padEnd(widths[i]) : text.padStart(widths[i])
        return gaps[i] + cell
      })
      .join("")
      .trimEnd()
  const rule = "─".repeat(widths.reduce((sum, width, i) => sum + width + gaps[i].length, 0))
  return [
    ...heads.map(align),
    ...blocks.flatMap(({ title, rows }) => [
      rule,
      ...(title === undefined ? [] : [title]),
      ...rows.map(align),
    ]),
    rule,
  ]
}
