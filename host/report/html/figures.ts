import { withIds } from "../figure"
import type { Figure } from "../figures/drawn"
import { type Html, html, trusted } from "./escape"

/** Figures with their captions, which stand for them where they cannot be seen. */
export function figureList(figures: readonly Figure[]): Html {
  if (figures.length === 0) return html`<p>Nothing is recorded yet.</p>`
  return html`${figures.map(
    ({ name, caption, svg }) =>
      html`<figure>
${trusted(withIds(svg, name).replace("<svg ", `<svg aria-labelledby="${name}-caption" `))}
<figcaption id="${name}-caption">${caption}</figcaption>
</figure>
`,
  )}`
}
