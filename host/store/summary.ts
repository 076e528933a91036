import { decodePage } from "../log/decodePage"
import { isWhole } from "../log/page"
import type { BoardClock } from "../log/clock"
import { END_REASONS } from "../log/testAbout"

/** Where a test stands, as far as its pages tell that were fetched. */
export type TestState =
  /** Nothing of it was fetched yet. */
  "waiting" | "running" | "paused" | "fault" | "finished" | "stopped"

/** A test in a line of a list. */
export interface TestSummary {
  state: TestState
  /** Why it ended, in words; a fault's number is in `fault`. */
  reason: string | undefined
  fault: number | undefined
  /** No record will come any more: it came to its end, or a person ended it, perhaps after a fault. */
  isOver: boolean
  began_unix_s: number | undefined
  /** The last point and where it stands. */
  last: LastPoint | undefined
}

export interface LastPoint {
  time_s: number
  unixTime_s: number | undefined
  cycle: number
  stepIndex: number
  voltage_V: number
  current_A: number
}

/** Both ends of a test's pages tell enough for a list, however long it is. */
export function summarise(
  firstPage: Uint8Array | undefined,
  lastPages: readonly Uint8Array[],
  clock: BoardClock,
): TestSummary {
  const summary: TestSummary = {
    state: firstPage === undefined ? "waiting" : "running",
    reason: undefined,
    fault: undefined,
    isOver: false,
    began_unix_s: undefined,
    last: undefined,
  }
  if (firstPage !== undefined && isWhole(firstPage)) {
    const { boot, boardTime_ms, records } = decodePage(firstPage)
    const begins = records[0]?.kind === "testBegins"
    if (begins) summary.began_unix_s = seconds(clock.unix_ms(boot, boardTime_ms))
  }
  for (const page of lastPages) if (isWhole(page)) read(page, clock, summary)
  return summary
}

function read(bytes: Uint8Array, clock: BoardClock, summary: TestSummary): void {
  const page = decodePage(bytes)
  for (const record of page.records) {
    if (record.kind === "point")
      summary.last = {
        time_s: record.testTime_ms / 1000,
        unixTime_s: seconds(clock.unix_ms(page.boot, record.boardTime_ms)),
        cycle: record.cycle,
        stepIndex: record.stepIndex,
        voltage_V: record.voltage_uV / 1e6,
        current_A: record.current_nA / 1e9,
      }
    else if (record.kind === "paused") summary.state = "paused"
    else if (record.kind === "fault") {
      summary.state = "fault"
      summary.fault = record.fault
    } else if (record.kind === "resumed") {
      summary.state = "running"
      summary.fault = undefined
    } else if (record.kind === "testEnds") {
      summary.isOver = true
      // A test that a fault stopped is ended by the person who looks after it.
      if (summary.state === "fault") continue
      summary.state = record.reason === 0 ? "finished" : "stopped"
      summary.reason = END_REASONS[record.reason] ?? `reason ${record.reason}`
    }
  }
}

function seconds(unix_ms: number | undefined): number | undefined {
  return unix_ms === undefined ? undefined : unix_ms / 1000
}
