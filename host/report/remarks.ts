import { faultText } from "../follow/faultText"
import type { Gap, TestAbout, TestEnd } from "../log/testAbout"
import { enumName } from "../service"
import { duration, isoTime, volts } from "./words"

/** How many records a test has, and of those how many with no calibration in force. */
export interface RecordCount {
  all: number
  uncalibrated: number
}

/** Pages `first` to `next` − 1 of a board's log. */
export interface PageRange {
  first: number
  next: number
}

/**
 * What a reader of a test's numbers must know besides, in sentences: where it did not go on or its records are
 * missing, faults, readings without a calibration.
 * @param overwritten pages within the test that the board overwrote before any host fetched them
 */
export function remarks(
  about: TestAbout,
  count: RecordCount,
  overwritten: readonly PageRange[] = [],
): string[] {
  return [...about.gaps.map(gapText), ...remarksOnRecords(about, count, overwritten)]
}

/** The same but for gaps, of which a report has a table. */
export function remarksOnRecords(
  about: TestAbout,
  count: RecordCount,
  overwritten: readonly PageRange[] = [],
): string[] {
  return [
    ...overwritten.map(
      ({ first, next }) =>
        `Pages ${first} to ${next - 1} of the board's log were overwritten before they were fetched: some may ` +
        "have been of this test.",
    ),
    ...(about.lostPages > 0
      ? [
          `In all ${plural(about.lostPages, "page")} of the log are missing: nothing stands in for them.`,
        ]
      : []),
    ...uncalibrated(about, count),
    ...about.events.flatMap((event) =>
      event.kind === "unknown"
        ? [`The log holds an event ${event.number} that this program does not know.`]
        : [],
    ),
  ]
}

/** How a test ended. That its protocol ended says nothing of the cell. */
export function endText(about: TestAbout): string {
  const { end, last } = about
  if (end === undefined)
    return last === undefined
      ? "Nothing of this test is in the store."
      : `Not ended, as far as it was downloaded: the last record is at ${at(last.time_s, last.unixTime_s)}.`
  return endedText(end)
}

function endedText(end: TestEnd): string {
  const when = `after ${duration(end.time_s)} of test time`
  switch (end.kind) {
    case "finished":
      return `The protocol ended ${when}; that is no failure of the cell.`
    case "stopped":
      return `Ended ${when}: ${end.reason}.`
    case "fault": {
      const name = enumName("Fault", end.fault)
      return `Stopped by a fault ${when}: ${faultText(name).what} (${name}).`
    }
  }
}

export function gapText(gap: Gap): string {
  const lasted = gapDuration(gap)
  const from = at(gap.time_s, gap.unixTime_s)
  switch (gap.kind) {
    case "pause":
      return `Paused at ${from}${lasted}.${restartText(gap)}`
    case "fault":
      return `A fault at ${from}, from which a person let it go on${lasted}.${restartText(gap)}`
    case "restart":
      return `The board restarted: last record before it at ${from}${lasted}.${restartText(gap)}`
    case "lost":
      return `Records are missing from ${from}${
        gap.resumed === undefined ? " on" : ` to ${at(gap.resumed.time_s, gap.resumed.unixTime_s)}`
      }: pages of the log are lost.`
  }
}

function gapDuration({ unixTime_s, resumed }: Gap): string {
  if (resumed === undefined) return "; it has not gone on"
  if (unixTime_s === undefined || resumed.unixTime_s === undefined)
    return "; for how long, no clock tells"
  return `, for ${duration(resumed.unixTime_s - unixTime_s)}`
}

function restartText({ kind, restart }: Gap): string {
  if (restart === undefined)
    return kind === "restart" ? " What charge that leaves uncertain is not known." : ""
  const charge = `${Number((restart.uncertain_Ah * 1e6).toPrecision(3))} µAh`
  const { checkpoint_V, openCircuit_V } = restart
  const voltages =
    checkpoint_V === undefined || openCircuit_V === undefined
      ? ""
      : ` The cell then read ${volts(openCircuit_V)}, where ${volts(checkpoint_V)} were to be expected.`
  const again = kind === "restart" ? "" : " The board restarted meanwhile."
  return `${again} Up to ${charge} may have flowed uncounted.${voltages}`
}

function uncalibrated({ calibrationDate_s }: TestAbout, { all, uncalibrated }: RecordCount) {
  if (uncalibrated === 0) return []
  const which = uncalibrated === all ? "All records were" : `${uncalibrated} of ${all} records were`
  const why =
    calibrationDate_s === 0 ? "the channel had no calibration" : "no calibration was in force"
  return [`${which} read with nominal values: ${why}.`]
}

function at(time_s: number, unixTime_s: number | undefined): string {
  const clock = unixTime_s === undefined ? "" : ` (${isoTime(unixTime_s)})`
  return `${duration(time_s)} of test time${clock}`
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`
}
