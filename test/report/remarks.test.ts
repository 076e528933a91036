import { expect, test } from "vitest"
import type { Gap, TestAbout } from "../../host/log/testAbout"
import { endText, remarks } from "../../host/report/remarks"

const NONE = { all: 1000, uncalibrated: 0 }
const START_s = Date.UTC(2026, 2, 1) / 1000

function about(changes: Partial<TestAbout>): TestAbout {
  return {
    channel: 0,
    test: 1,
    calibrationDate_s: START_s - 86_400,
    start_unix_s: START_s,
    temperature_degC: 25,
    events: [],
    gaps: [],
    end: undefined,
    lostPages: 0,
    duplicatePages: 0,
    last: undefined,
    ...changes,
  }
}

function gap(kind: Gap["kind"], changes: Partial<Gap> = {}): Gap {
  const resumed = { time_s: 7200, unixTime_s: START_s + 7200 + 720 }
  const time = { time_s: 7200, unixTime_s: START_s + 7200 }
  return { kind, sampleIndex: 10, ...time, resumed, restart: undefined, ...changes }
}

const restart = { uncertain_Ah: 4.2e-7, checkpoint_V: 0.0123, openCircuit_V: -0.0001 }

test.each<[string, Gap, string]>([
  [
    "a pause",
    gap("pause"),
    "Paused at 2 h 00 min of test time (2026-03-01 02:00:00 UTC), for 12 min.",
  ],
  ["a pause that lasts", gap("pause", { resumed: undefined }), "it has not gone on."],
  [
    "a pause of unknown length",
    gap("pause", { unixTime_s: undefined }),
    "2 h 00 min of test time; for how long, no clock tells.",
  ],
  [
    "a restart",
    gap("restart", { restart }),
    "Up to 0.42 µAh may have flowed uncounted. The cell then read −0.0001 V, where 0.0123 V",
  ],
  ["a restart of which no more is known", gap("restart"), "leaves uncertain is not known."],
  ["a restart in a pause", gap("pause", { restart }), "The board restarted meanwhile. Up to 0.42"],
  ["a fault that was confirmed", gap("fault"), "a person let it go on, for 12 min."],
  [
    "lost pages",
    gap("lost", { resumed: { time_s: 9000, unixTime_s: undefined } }),
    "(2026-03-01 02:00:00 UTC) to 2 h 30 min of test time: pages of the log are lost.",
  ],
])("%s is told", (_, one, text) => {
  const [remark] = remarks(about({ gaps: [one] }), NONE)
  expect(remark).toContain(text)
})

test("a sound test needs no remark", () => {
  expect(remarks(about({}), NONE)).toEqual([])
})

test.each([
  [{ all: 5, uncalibrated: 5 }, 0, "All records were read with nominal values: the channel had no"],
  [{ all: 5, uncalibrated: 2 }, START_s, "2 of 5 records were read with nominal values: no"],
])("readings without a calibration are told of: %o", (count, calibrationDate_s, text) => {
  expect(remarks(about({ calibrationDate_s }), count)[0]).toContain(text)
})

test("lost pages are counted", () => {
  expect(remarks(about({ lostPages: 3 }), NONE)[0]).toContain("In all 3 pages")
})

test.each<[string, Partial<TestAbout>, string]>([
  [
    "by its protocol",
    { end: { kind: "finished", reason: "the program ended", fault: 0, time_s: 3600 } },
    "The protocol ended after 1 h 00 min of test time; that is no failure of the cell.",
  ],
  [
    "by a stop",
    { end: { kind: "stopped", reason: "capacity retention too low", fault: 0, time_s: 90_000 } },
    "Ended after 1 d 01 h of test time: capacity retention too low.",
  ],
  [
    "by a fault",
    { end: { kind: "fault", reason: "", fault: 13, time_s: 30 } },
    "Stopped by a fault after 30 s of test time: the voltage broke down under constant current: a hard short (HardShort).",
  ],
  ["not yet, nothing being there", {}, "Nothing of this test is in the store."],
])("a test ended %s", (_, changes, text) => {
  expect(endText(about(changes))).toBe(text)
})
