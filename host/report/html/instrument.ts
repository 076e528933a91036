import { firmwareText } from "../../board/firmware"
import type { TestAbout } from "../../log/testAbout"
import type { TestFile } from "../../store/documents"
import type { CycleReport } from "../cycles/cycleReport"
import { days, duration, isoDate } from "../words"
import { type Html, html } from "./escape"
import { facts } from "./page"

/** Board, firmware, and what its readings are traced to. */
export function instrument(file: TestFile, { about, count }: CycleReport): Html {
  const { firmware } = file
  return html`<div class="columns">
${facts([
  ["Board", `${file.board_name} (${file.board})${file.simulated ? ", simulated" : ""}`],
  ["Channel", `${file.channel}, counted from 0`],
  ["Test number", `${file.test}`],
  ["Firmware", firmware && firmwareText(firmware)],
  ["Host that started it", file.host_version && `coincell ${file.host_version}`],
])}
${facts([
  ["Calibrated", calibrated(about)],
  ["Against", file.calibration_standard],
  ["Age of the calibration", age(about)],
  ["Board's temperature", temperatures(about)],
  ["Records", count.all.toLocaleString("en").replaceAll(",", " ")],
  ["Test time", about.last && duration(about.last.time_s)],
])}
</div>`
}

/** Stands at the top of a report: numbers of a channel that nobody calibrated are nominal. */
export function calibrationWarning({ count }: CycleReport): Html | undefined {
  if (count.uncalibrated === 0) return undefined
  const which = count.uncalibrated === count.all ? "All records" : "Some records"
  return html`<p class="verdict warning">${which} were read without a calibration, with nominal values of the circuit.</p>`
}

function calibrated({ calibrationDate_s }: TestAbout): string | undefined {
  if (calibrationDate_s === undefined)
    return "not known: the log no longer has the test's beginning"
  return calibrationDate_s === 0 ? "no: nominal values" : isoDate(calibrationDate_s)
}

/** At the test's beginning and end: drift is what a reader thinks of. */
function age({ calibrationDate_s, start_unix_s, last }: TestAbout): string | undefined {
  if (!calibrationDate_s || start_unix_s === undefined) return undefined
  const begin = days(Math.max(0, start_unix_s - calibrationDate_s))
  if (last?.unixTime_s === undefined) return `${begin} at the beginning`
  const end = days(Math.max(0, last.unixTime_s - calibrationDate_s))
  return begin === end ? begin : `${begin} at the beginning, ${end} at the end`
}

/** Between which the log noted it. */
function temperatures({ temperature_degC, events, last }: TestAbout): string | undefined {
  const all = [
    temperature_degC,
    ...events.map((event) => event.temperature_degC),
    last?.temperature_degC,
  ]
    .filter((one) => one !== undefined)
    .sort((a, b) => a - b)
  if (all.length === 0) return undefined
  const [least, most] = [all[0].toFixed(1), all[all.length - 1].toFixed(1)]
  return least === most ? `${least} °C` : `${least} to ${most} °C`
}
