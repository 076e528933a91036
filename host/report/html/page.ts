import { type Html, html, trusted } from "./escape"
import { STYLE } from "./style"

/** A whole document with nothing to load and nothing to run. */
export function page(title: string, body: Html): string {
  return `${
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>`.text
  }\n`
}

/** Terms and what they are; what is not known is left out. */
export function facts(rows: readonly [term: string, value: string | undefined][]): Html {
  const known = rows.filter(([, value]) => value !== undefined && value !== "")
  return html`<dl>${known.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>\n`)}</dl>`
}

export function section(title: string, body: Html): Html {
  return html`<section>
<h2>${title}</h2>
${body}
</section>
`
}
