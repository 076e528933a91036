import packageJson from "../../../package.json" with { type: "json" }
import type { Cell } from "../../cell"
import type { TestFile } from "../../store/documents"
import type { CycleReport } from "../cycles/cycleReport"
import { notesOf } from "../cycles/text"
import { endText } from "../remarks"
import { duration, isoDate, isoTime } from "../words"
import { cellFacts } from "./cell"
import { cyclesTable, definitions } from "./cycles"
import { type Html, html, trusted } from "./escape"
import { facts, page, section } from "./page"
import { protocolWords } from "./protocol"

/** All that a report tells of one test. */
export interface ReportInput {
  id: string
  cell: Cell
  /** What `test.yaml` says. */
  file: TestFile
  protocol: { fileName: string; text: string } | undefined
  report: CycleReport
  /** The figure, as `plotCells` draws it. */
  plot: string
}

/** One test as a self-contained HTML file. */
export function reportHtml(input: ReportInput): string {
  const { id, cell, file, report, protocol, plot } = input
  return page(
    `${cell.name}, ${id}`,
    html`<header>
<h1>${cell.name}</h1>
<p class="subtitle">${subtitle(id, file)}</p>
${verdict(report)}
</header>
${section("Voltage", html`<figure>${trusted(plot)}</figure>`)}
${section("Cycles", html`${cyclesTable(report)}${noteList(report)}`)}
${section("Cell", cellFacts(cell))}
${section("Protocol", protocolWords(protocol, cell))}
${section("Instrument", instrument(file, report))}
${section("Definitions", definitions(report))}
<footer>coincell ${packageJson.version}</footer>`,
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

/** What is to be known of the numbers besides; how it ended stands on top already. */
function noteList(report: CycleReport): Html {
  const notes = notesOf(report).slice(0, -1)
  return html`<ul>
${notes.map((note) => html`<li>${note}</li>\n`)}</ul>`
}

function instrument(file: TestFile, { about, count }: CycleReport): Html {
  const { firmware } = file
  return facts([
    ["Board", `${file.board_name} (${file.board})${file.simulated ? ", simulated" : ""}`],
    ["Channel", `${file.channel}`],
    ["Test number", `${file.test}`],
    ["Firmware", firmware && `${firmware.version} for ${firmware.board}`],
    ["Host that started it", file.host_version && `coincell ${file.host_version}`],
    ["Calibrated", calibration(about.calibrationDate_s, about.start_unix_s)],
    ["Calibration standard", file.calibration_standard],
    [
      "Board at the start",
      about.temperature_degC === undefined ? undefined : `${about.temperature_degC.toFixed(1)} °C`,
    ],
    ["Records", `${count.all}`],
    ["Test time", about.last && duration(about.last.time_s)],
  ])
}

function calibration(date_s: number | undefined, start_s: number | undefined): string | undefined {
  if (date_s === undefined) return undefined
  if (date_s === 0) return "no: nominal values"
  const age =
    start_s === undefined ? "" : `, ${Math.round((start_s - date_s) / 86_400)} days before`
  return `${isoDate(date_s)}${age}`
}
