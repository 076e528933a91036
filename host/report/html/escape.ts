/** Text that is HTML already, and must not be escaped again. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = string | number | Html | readonly Value[] | undefined

/**
 * A template whose values are escaped, whatever file they come from; parts made by this or by `trusted` are
 * taken as they are, lists are joined, undefined is nothing.
 */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(
    parts.map((part, i) => part + (i < values.length ? textOf(values[i]) : "")).join(""),
  )
}

/** HTML or SVG that this program made itself. */
export function trusted(text: string): Html {
  return new Html(text)
}

function textOf(value: Value): string {
  if (value === undefined) return ""
  if (value instanceof Html) return value.text
  if (typeof value === "string" || typeof value === "number") return escaped(`${value}`)
  return value.map(textOf).join("")
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;")
}
