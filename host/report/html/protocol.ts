import type { Cell } from "../../cell"
import { checkProtocol } from "../../protocol/check"
import { type Html, html } from "./escape"

/** The protocol as a chemist says it, and the file as it was given. */
export function protocolWords(
  file: { fileName: string; text: string } | undefined,
  cell: Cell,
): Html {
  if (file === undefined) return html`<p>Not known here: another host started this test.</p>`
  const { plan } = checkProtocol(file.text, file.fileName, cell)
  const given = html`<details${plan === undefined ? html` open` : undefined}>
<summary>${file.fileName}, as it was given</summary>
<pre>${file.text}</pre>
</details>`
  if (plan === undefined) return given
  return html`<ul class="steps">
${plan.lines.map(
  ({ number, depth, text, takes }) =>
    html`<li style="margin-left: ${1.5 * depth}rem"><span class="number">${number}</span>${text}${
      takes === undefined ? undefined : html` <span class="takes">(${takes})</span>`
    }</li>\n`,
)}</ul>
<ul class="note">
${plan.frame.map((line) => html`<li>${line}</li>\n`)}</ul>
${given}`
}
