/** A table for a terminal: columns as wide as what is in them, two spaces between. */
export function textTable(columns: readonly string[], rows: readonly unknown[][]): string {
  const cells = rows.map((row) => row.map(cellText))
  const widths = columns.map((name, i) =>
    Math.max(name.length, ...cells.map((row) => row[i].length)),
  )
  const line = (texts: readonly string[]) =>
    texts
      .map((text, i) => text.padEnd(widths[i]))
      .join("  ")
      .trimEnd()
  return [line(columns), ...cells.map(line)].join("\n")
}

/** What is not known is a dash; what has parts is JSON. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return "–"
  return typeof value === "object" ? JSON.stringify(value) : String(value)
}
