import type { CycleColumn } from "../cycles/column"
import type { CycleReport } from "../cycles/cycleReport"
import type { Figure } from "../figures/drawn"
import { DQDV_STEP_V } from "../figures/halfCurves"
import { type Html, html } from "./escape"

interface Definition {
  terms: readonly string[]
  text: string
  /** Names in the JSON of `analyse`. */
  keys: readonly string[]
}

/** What each number is, and who defined it so; columns of one definition together. */
export function definitions({ columns }: CycleReport, figures: readonly Figure["name"][]): Html {
  const all = [
    ...ofColumns(columns),
    ...GENERAL,
    ...figures.flatMap((name) => OF_FIGURES[name] ?? []),
  ]
  return html`<dl class="definitions">
${all.map(
  ({ terms, text, keys }) =>
    html`<dt>${terms.map((term, i) => html`${i > 0 ? html`<br>` : ""}${term}`)}</dt>
<dd>${linked(text)}${keys.length === 0 ? undefined : html` <code>${keys.join(", ")}</code>`}</dd>
`,
)}</dl>
<p class="note">Grey names are those of the JSON that 'coincell analyse --json' prints, in the units that they end in.
Nothing is fitted, nothing is interpolated, and what the records do not tell is –.</p>`
}

function ofColumns(columns: readonly CycleColumn[]): Definition[] {
  const groups = new Map<string, CycleColumn[]>()
  for (const column of columns)
    groups.set(column.definition, [...(groups.get(column.definition) ?? []), column])
  return [...groups].map(([text, group]) => ({
    terms: group.map(({ title }) => title),
    text,
    keys: group.map(({ key }) => key),
  }))
}

const GENERAL: readonly Definition[] = [
  {
    terms: ["Current, charge"],
    text:
      "Positive current charges the cell. Charges are the board's own integral over every reading, ten a second, of " +
      "the current that it measured: not a sum over what was recorded.",
    keys: [],
  },
  {
    terms: ["Cycle"],
    text: "As the protocol counts them: one pass of its outermost loop.",
    keys: [],
  },
  {
    terms: ["Test time"],
    text: "By the board's clock, from the beginning of step one. It stands still while the test does.",
    keys: ["time_s"],
  },
  {
    terms: ["Uncertain charge"],
    text:
      "After a restart of the board: what may have flowed uncounted since its last checkpoint, one second of the " +
      "current. After a reset of the microcontroller alone 1.08 s are counted, half the time between two checkpoints " +
      "and until the relay falls; what is uncertain may then also be counted too much.",
    keys: ["uncertain_Ah"],
  },
]

const OF_FIGURES: Partial<Record<Figure["name"], Definition>> = {
  differential: {
    terms: ["dQ/dV"],
    text:
      `Charge between two records whose voltages differ by ${1000 * DQDV_STEP_V} mV or just more, ÷ that difference, at the ` +
      "middle of both. Dubarry & Liaw 2009, 10.1016/j.jpowsour.2009.05.036.",
    keys: [],
  },
}

/** A text whose DOIs are links: they load nothing until somebody follows them. */
function linked(text: string): Html {
  const parts = text.split(/(10\.\d{4,9}\/[^\s,;)]*[^\s,;).])/)
  return html`${parts.map((part, i) =>
    i % 2 === 1 ? html`<a href="https://doi.org/${part}">${part}</a>` : part,
  )}`
}
