import type { TestAbout } from "../../host/log/testAbout"
import type { Records } from "../../host/records"
import type { Sample } from "../../host/sample"
import { recordsOf } from "../analysis/recordsOf"
import { record } from "../analysis/synthetic"

/** A test that ran to its protocol's end, calibrated, without a gap. */
const ABOUT: TestAbout = {
  channel: 0,
  test: 1,
  calibrationDate_s: 1_767_225_600,
  start_unix_s: 1_767_225_600,
  temperature_degC: 25,
  events: [],
  gaps: [],
  end: { kind: "finished", reason: "the program ended", fault: 0, time_s: 7200 },
  lostPages: 0,
  duplicatePages: 0,
  last: undefined,
}

/** Batches as if a `TestReader` had read them. */
export function reader(batches: Records[], about: Partial<TestAbout> = {}) {
  return {
    about: { ...ABOUT, ...about },
    [Symbol.iterator]: () => batches[Symbol.iterator](),
  }
}

export function readerOf(samples: Sample[], about: Partial<TestAbout> = {}) {
  return reader(recordsOf(samples), about)
}

/** A cell that takes 1 mAh an hour, and gives back what it is told to, cycle by cycle. */
export function cycling(returned: number[], charge_V = 4, discharge_V = 3.5): Records[] {
  return recordsOf(
    record(
      returned.flatMap((share, i) => [
        { cycle: i + 1, current_A: 1e-3, duration_s: 3600, voltage_V: () => charge_V },
        { cycle: i + 1, current_A: -1e-3, duration_s: 3600 * share, voltage_V: () => discharge_V },
      ]),
    ),
  )
}
