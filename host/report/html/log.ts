import { faultText, pauseText } from "../../follow/faultText"
import { END_REASONS, type TestAbout, type TestEvent } from "../../log/testAbout"
import { enumName } from "../../service"
import { isoDate, isoTime, volts } from "../words"
import { type Html, html } from "./escape"

/** A longer list is one to unfold. */
const MOST_OPEN = 12
/** Of more self-tests the first and the last of these. */
const MOST_SELF_TESTS = 40

/** What the board noted besides its records; where each step began is left to the exports. */
export function logList({ events }: Pick<TestAbout, "events">): Html {
  const notes = events.filter((event) => textOf(event) !== undefined)
  const tests = events.filter((event) => event.kind === "selfTest")
  return html`${notes.length === 0 ? undefined : folded("What the board noted", notes, rows(notes))}
${selfTests(tests)}`
}

function folded(title: string, all: readonly TestEvent[], body: Html): Html {
  if (all.length <= MOST_OPEN) return html`<h3>${title}</h3>${body}`
  return html`<details><summary>${title}: ${all.length} events</summary>${body}</details>`
}

function rows(events: readonly TestEvent[]): Html {
  return html`<div class="scroll"><table class="text">
<thead><tr><th>test time / h</th><th>UTC</th><th>cycle</th><th>event</th></tr></thead>
<tbody>
${events.map((event) => row(event, textOf(event)))}</tbody>
</table></div>`
}

function row({ time_s, unixTime_s, cycle }: TestEvent, text: string | undefined): Html {
  const utc = unixTime_s === undefined ? "not known" : isoTime(unixTime_s).slice(0, 19)
  return html`<tr><td>${(time_s / 3600).toFixed(4)}</td><td>${utc}</td><td>${cycle === 0 ? "–" : cycle}</td><td>${text}</td></tr>
`
}

/** Undefined for what has a place of its own, or belongs to a record. */
function textOf(event: TestEvent): string | undefined {
  switch (event.kind) {
    case "testBegins":
      return event.calibrationDate_s === 0
        ? "The test begins, without a calibration."
        : `The test begins, with the calibration of ${isoDate(event.calibrationDate_s)}.`
    case "testEnds":
      return `The test ends: ${END_REASONS[event.reason] ?? `reason ${event.reason}`}.`
    case "fault": {
      const name = enumName("Fault", event.fault)
      return `Fault: ${faultText(name).what} (${name}).`
    }
    case "paused":
      return `Pause: ${pauseText(enumName("Pause", event.reason)).what}.`
    case "resumed":
      return "The test goes on."
    case "restarted":
      return restartText(event)
    case "unknown":
      return `An event ${event.number} that this program does not know.`
    default:
      return undefined
  }
}

function restartText(event: Extract<TestEvent, { kind: "restarted" }>): string {
  const { uncertain_nAh, openCircuit_uV } = event
  const read = openCircuit_uV === undefined ? "" : ` The cell reads ${volts(openCircuit_uV / 1e6)}.`
  const missed = uncertain_nAh === 0 ? "" : ` At most ${uncertain_nAh / 1000} µAh are uncounted.`
  return `The board has restarted.${read}${missed}`
}

type SelfTest = Extract<TestEvent, { kind: "selfTest" }>

/** How the channel measured its own dummy load, which is no calibration: it tells whether something has changed. */
function selfTests(tests: readonly SelfTest[]): Html | undefined {
  if (tests.length === 0) return undefined
  const of = (key: "ratioError_ppm" | "offset_uV") => {
    const values = tests.map((test) => test[key]).sort((a, b) => a - b)
    const [least, most] = [values[0], values[values.length - 1]]
    return least === most ? signed(least) : `${signed(least)} to ${signed(most)}`
  }
  const some =
    tests.length <= MOST_SELF_TESTS
      ? tests
      : [...tests.slice(0, MOST_SELF_TESTS / 2), ...tests.slice(-MOST_SELF_TESTS / 2)]
  return html`<h3>Self-tests</h3>
<p>${tests.length} on the channel's dummy resistor: its resistance read ${of("ratioError_ppm")} ppm off, at no current
${of("offset_uV")} µV were read.</p>
<details><summary>${some.length === tests.length ? "All of them" : `The first and the last ${MOST_SELF_TESTS / 2}`}</summary>
<div class="scroll"><table class="text">
<thead><tr><th>test time / h</th><th>UTC</th><th>cycle</th><th>resistance off by / ppm</th><th>offset / µV</th></tr></thead>
<tbody>
${some.map(
  ({ time_s, unixTime_s, cycle, ratioError_ppm, offset_uV }) =>
    html`<tr><td>${(time_s / 3600).toFixed(4)}</td><td>${
      unixTime_s === undefined ? "not known" : isoTime(unixTime_s).slice(0, 19)
    }</td><td>${cycle === 0 ? "–" : cycle}</td><td>${signed(ratioError_ppm)}</td><td>${signed(offset_uV)}</td></tr>
`,
)}</tbody>
</table></div></details>`
}

function signed(value: number): string {
  return `${value}`.replace("-", "−")
}
