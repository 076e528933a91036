import { type Acceptance, isAccepted } from "../acceptance/accept"
import type { Check } from "../acceptance/check"
import { ABSENT, alignedTable } from "./alignedTable"
import { isoTime } from "./words"

const COLUMNS = [
  { head: ["check"], isLeft: true },
  { head: ["measured"] },
  { head: [""], isJoined: true, isLeft: true },
  { head: ["limit"], isLeft: true },
  { head: [""], isLeft: true },
]

/** An acceptance test for a person to read: a block for the board, and one for each channel. */
export function acceptanceText(acceptance: Acceptance): string {
  const { board, checks, channels, date_s, standard_ohm } = acceptance
  const of = (channel: number | undefined) => checks.filter((one) => one.channel === channel)
  const failed = checks.filter(({ passes }) => !passes)
  return [
    `Board ${board.name}, ${isoTime(date_s)}, firmware ${board.version} for ${board.for}, ${standard_ohm} Ω`,
    ...alignedTable(COLUMNS, [
      { title: "board", rows: of(undefined).map(row) },
      ...channels.map(({ channel, calibration }) => ({
        title: `channel ${channel}, calibrated ${isoTime(calibration.date_s)} with ${calibration.standard}`,
        rows: of(channel).map(row),
      })),
    ]),
    ...failed.map((one) => `${placeOf(one)}: ${one.what}: ${one.why}.`),
    isAccepted(acceptance)
      ? `Accepted: ${checks.length} checks passed.`
      : `Not accepted: ${failed.length} of ${checks.length} checks failed. hardware/GUIDE.md says what to look at.`,
  ].join("\n")
}

function placeOf({ channel }: Check): string {
  return channel === undefined ? "Board" : `Channel ${channel}`
}

function row({ what, measured, unit, limit, passes }: Check): string[] {
  const value = typeof measured === "number" ? number(measured) : (measured ?? ABSENT)
  return [what, value, typeof measured === "number" ? unit : "", limit, passes ? "ok" : "FAILS"]
}

function number(value: number): string {
  if (Number.isInteger(value)) return String(value)
  return value.toPrecision(3).replace("-", "−")
}
