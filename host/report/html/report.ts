import packageJson from "../../../package.json" with { type: "json" }
import type { Cell } from "../../cell"
import type { TestFile } from "../../store/documents"
import type { CycleReport } from "../cycles/cycleReport"
import { notesOnCycles } from "../cycles/text"
import type { Figure } from "../figures/drawn"
import { incidents } from "../incidents"
import { endText } from "../remarks"
import { isoTime } from "../words"
import { cellFacts } from "./cell"
import { cyclesTable } from "./cycles"
import { definitions } from "./definitions"
import { type Html, html } from "./escape"
import { figureList } from "./figures"
import { incidentsTable } from "./incidents"
import { calibrationWarning, instrument } from "./instrument"
import { logList } from "./log"
import { page, section } from "./page"
import { protocolWords } from "./protocol"
import { keyNumbers, summary } from "./summary"

/** All that a report tells of one test. */
export interface ReportInput {
  id: string
  cell: Cell
  /** What `test.yaml` says. */
  file: TestFile
  protocol: { fileName: string; text: string } | undefined
  report: CycleReport
  figures: readonly Figure[]
}

/** One test as a self-contained HTML file. */
export function reportHtml(input: ReportInput): string {
  const { id, cell, file, report, protocol, figures } = input
  const all = incidents(report.about)
  return page(
    `${cell.name}, ${id}`,
    html`<header>
<h1>${cell.name}</h1>
<p class="subtitle">${subtitle(id, file)}</p>
${verdict(report)}
${calibrationWarning(report)}
${summary(keyNumbers(report, cell, all))}
</header>
${section("Figures", figureList(figures))}
${section("Cycles", html`${cyclesTable(report, id)}${list(notesOnCycles(report))}`)}
${section("Faults and gaps", html`${incidentsTable(all, report)}${logList(report.about)}`)}
${section("Cell", cellFacts(cell))}
${section("Protocol", protocolWords(protocol, cell))}
${section("Instrument and calibration", instrument(file, report))}
${section(
  "Definitions",
  definitions(
    report,
    figures.map(({ name }) => name),
  ),
)}
<footer>${id}, coincell ${packageJson.version}</footer>`,
  )
}

function subtitle(id: string, { started, simulated }: TestFile): string {
  const since = started === undefined ? "" : `, begun ${isoTime(Date.parse(started) / 1000)}`
  return `Test ${id}${since}${simulated ? "; on a simulated board" : ""}`
}

function verdict({ about }: CycleReport): Html {
  const isFault = about.end?.kind === "fault"
  return html`<p class="verdict${isFault ? " fault" : ""}">${endText(about)}</p>`
}

function list(notes: readonly string[]): Html | undefined {
  if (notes.length === 0) return undefined
  return html`<ul>
${notes.map((note) => html`<li>${note}</li>\n`)}</ul>`
}
