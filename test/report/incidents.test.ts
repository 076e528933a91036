import { expect, test } from "vitest"
import type { Gap, TestAbout, TestEvent } from "../../host/log/testAbout"
import { cycleReport } from "../../host/report/cycles/cycleReport"
import { incidentsTable } from "../../host/report/html/incidents"
import { logList } from "../../host/report/html/log"
import { incidents, uncertainCharge_Ah } from "../../host/report/incidents"
import { cycling, reader } from "./syntheticReader"

const START_s = Date.UTC(2026, 2, 1) / 1000
const RESTART = { uncertain_Ah: 4.28e-7, checkpoint_V: 0.0123, openCircuit_V: -0.00001 }

function gap(kind: Gap["kind"], time_s: number, changes: Partial<Gap> = {}): Gap {
  const unixTime_s = START_s + time_s
  const resumed = { time_s: time_s + 9, unixTime_s: unixTime_s + 720 }
  const sampleIndex = time_s
  return { kind, sampleIndex, time_s, unixTime_s, resumed, restart: undefined, ...changes }
}

function event(time_s: number, what: Record<string, unknown>): TestEvent {
  const place = { time_s, unixTime_s: START_s + time_s, temperature_degC: 25, cycle: 3 }
  return { ...place, stepCount: 4, sampleIndex: time_s, ...what } as unknown as TestEvent
}

function about(changes: Partial<TestAbout>): TestAbout {
  return { ...reader([], changes).about, ...changes }
}

const FAULTED = about({
  gaps: [gap("lost", 9000), gap("restart", 7200, { restart: RESTART }), gap("pause", 3600)],
  events: [
    event(3600, { kind: "paused", reason: 1 }),
    event(7200, { kind: "restarted", uncertain_nAh: 428 }),
    event(7200, { kind: "paused", reason: 2 }),
    event(9999, { kind: "fault", fault: 12 }),
  ],
  end: { kind: "fault", reason: "", fault: 12, time_s: 9999 },
})

test("what happened is told in order of time, the fault that stopped the test at the end", () => {
  const all = incidents(FAULTED)
  expect(all.map(({ kind }) => kind)).toEqual(["pause", "restart", "lost", "fault"])
  expect(all.map(({ what }) => what)).toEqual([
    "paused by 'pause'",
    "the board restarted, and the test waited for a person",
    "pages of the log are lost: nothing stands in for these records",
    "no current can flow: the holder is empty, or a lead is off (OpenCell)",
  ])
  expect(all.at(-1)).toMatchObject({ cycle: 3, unixTime_s: START_s + 9999, resumed: undefined })
})

test("a restart of which nothing more is known leaves an unknown charge, not none", () => {
  expect(uncertainCharge_Ah(incidents(FAULTED))).toBe(RESTART.uncertain_Ah)
  expect(uncertainCharge_Ah(incidents(about({ gaps: [gap("restart", 5)] })))).toBeUndefined()
  expect(uncertainCharge_Ah([])).toBe(0)
})

test("the table has both times, how long it lasted, and what is uncertain", () => {
  const report = cycleReport(reader(cycling([1]), FAULTED))
  const { text } = incidentsTable(incidents(FAULTED), report)
  const rows = text.split("<tr>").slice(2)
  expect(rows).toHaveLength(4)
  for (const part of [
    "<td>2.000 h<br>",
    "2026-03-01 02:00:00 UTC",
    "2026-03-01 02:12:00 UTC",
    "<td>12 min</td>",
    "<td>≤ 0.428 µAh</td>",
    "the cell then read 0.0000 V, where 0.0123 V were to be expected.",
  ])
    expect(rows[1]).toContain(part)
  expect(rows[3]).toContain("it has not gone on")
  // Of 1 mAh into the cell and 1 mAh out of it.
  expect(text).toContain("In all 0.428 µAh, 210 ppm of the charge that passed in either direction.")
})

test("a test without any says so, and one that runs says so far", () => {
  const table = (changes: Partial<TestAbout>) =>
    incidentsTable([], cycleReport(reader(cycling([1]), changes))).text
  const last = {
    time_s: 1,
    unixTime_s: 1,
    temperature_degC: 1,
    cycle: 1,
    stepCount: 1,
    stepIndex: 0,
  }
  expect(table({ last })).toContain("None: the test ran without")
  expect(table({ last, end: undefined })).toContain("None so far: the test has run without")
  expect(table({ last: undefined })).toContain("Nothing of this test is in the store.")
})

test("the log's events and self-tests stand with their numbers", () => {
  const tests = [
    event(60, { kind: "selfTest", ratioError_ppm: -747, offset_uV: -265 }),
    event(90, { kind: "selfTest", ratioError_ppm: -735, offset_uV: -246 }),
  ]
  const { text } = logList({
    events: [...FAULTED.events, ...tests, event(1, { kind: "stepBegins" })],
  })
  expect(text).toContain("<td>2.0000</td><td>2026-03-01 02:00:00</td><td>3</td>")
  expect(text).toContain("The board has restarted. At most 0.428 µAh are uncounted.")
  expect(text).toContain("read −747 to −735 ppm off")
  expect(text).toContain("−265 to −246 µV")
  expect(text.match(/<tr><td>/g)).toHaveLength(4 + 2)
})
