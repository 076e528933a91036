import type { TestAbout } from "../../log/testAbout"
import { uncertainCharge_Ah, type Incident } from "../incidents"
import type { CycleReport } from "../cycles/cycleReport"
import { remarksOnRecords } from "../remarks"
import { duration, isoTime, volts } from "../words"
import { type Html, html } from "./escape"

const KINDS = {
  pause: "pause",
  fault: "fault",
  restart: "restart",
  lost: "records lost",
} as const

/** Where the test did not go on, and what that leaves uncertain. */
export function incidentsTable(all: readonly Incident[], report: CycleReport): Html {
  const remarks = remarksOnRecords(report.about, report.count, report.overwritten)
  const list = remarks.length > 0 && html`<ul>${remarks.map((one) => html`<li>${one}</li>\n`)}</ul>`
  if (all.length === 0) return html`<p>${none(report.about)}</p>${list || undefined}`
  return html`<div class="scroll"><table class="text">
<thead><tr><th>#</th><th>what</th><th>cycle</th><th>from</th><th>to</th><th>lasted</th><th>uncertain charge</th></tr></thead>
<tbody>
${all.map(row)}</tbody>
</table></div>
<p class="note">${notes(all, report).join(" ")}</p>
${list || undefined}`
}

function none({ end, last }: TestAbout): string {
  if (last === undefined) return "Nothing of this test is in the store."
  const so = end === undefined ? "None so far: the test has run" : "None: the test ran"
  return `${so} without a pause, a restart of the board or a fault, and no page of its log is missing.`
}

function row(one: Incident, index: number): Html {
  const { kind, what, cycle, resumed } = one
  return html`<tr><td>${index + 1}</td>
<td><strong class="kind ${kind}">${KINDS[kind]}</strong>: ${what}.${voltages(one)}</td>
<td>${cycle}</td><td>${moment(one)}</td>
<td>${resumed === undefined ? "it has not gone on" : moment(resumed)}</td>
<td>${lasted(one)}</td><td>${uncertain(one)}</td></tr>
`
}

/** Test time, which stands still meanwhile, and UTC. */
function moment({ time_s, unixTime_s }: { time_s: number; unixTime_s: number | undefined }): Html {
  return html`${(time_s / 3600).toFixed(3)} h<br><span class="faint">${
    unixTime_s === undefined ? "UTC not known" : isoTime(unixTime_s)
  }</span>`
}

function lasted({ unixTime_s, resumed }: Incident): string {
  if (resumed === undefined) return "–"
  if (unixTime_s === undefined || resumed.unixTime_s === undefined) return "no clock tells"
  return duration(resumed.unixTime_s - unixTime_s)
}

function uncertain({ kind, restart }: Incident): string {
  if (restart !== undefined) return `≤ ${microampereHours(restart.uncertain_Ah)}`
  return kind === "restart" ? "not known" : "none"
}

/** Whether the cell is still the same one, a restart is judged by its voltage. */
function voltages({ restart }: Incident): string | undefined {
  if (restart?.checkpoint_V === undefined || restart.openCircuit_V === undefined) return undefined
  const expected = volts(restart.checkpoint_V)
  return ` At rest the cell then read ${volts(restart.openCircuit_V)}, where ${expected} were to be expected.`
}

function notes(all: readonly Incident[], { results }: CycleReport): string[] {
  const passed_Ah = results.reduce(
    (sum, { row }) => sum + (row.positive_mAh + row.negative_mAh) / 1000,
    0,
  )
  const sum_Ah = uncertainCharge_Ah(all)
  const restarts = all.filter(({ kind, restart }) => kind === "restart" || restart !== undefined)
  return [
    "Test time stands still while the test does.",
    ...(restarts.length === 0
      ? []
      : [
          "Uncertain charge is what may have flowed uncounted since the board's last checkpoint, one second's at most.",
        ]),
    ...(sum_Ah !== undefined && sum_Ah > 0 && passed_Ah > 0
      ? [
          `In all ${microampereHours(sum_Ah)}, ${ppm(sum_Ah / passed_Ah)} of the charge that passed in either direction.`,
        ]
      : []),
    ...(all.some(({ kind }) => kind === "lost")
      ? [
          "Where pages are lost the charges of complete steps are still known: the board's integral goes on.",
        ]
      : []),
  ]
}

function microampereHours(charge_Ah: number): string {
  return `${Number((charge_Ah * 1e6).toPrecision(3))} µAh`
}

function ppm(ratio: number): string {
  return `${Number((1e6 * ratio).toPrecision(2))} ppm`
}
