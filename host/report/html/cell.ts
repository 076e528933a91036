import type { Cell } from "../../cell"
import { materialTerms, otherTerms } from "../cellTerms"
import { type Html, html } from "./escape"
import { facts } from "./page"

/** What the lab wrote of the cell. */
export function cellFacts(cell: Cell): Html {
  if (Object.keys(cell).length === 1)
    return html`<p>Nothing but its name is known: its cell.yaml can tell more.</p>`
  return html`<div class="columns">
${facts(materialTerms(cell))}
${facts(otherTerms(cell))}
</div>`
}
