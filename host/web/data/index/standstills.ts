import type { BoardClock } from "../../../log/clock"
import type { LogEvent } from "../../../log/event"
import { type Moment, Notes } from "../../../log/notes"
import type { Gap } from "../../../log/testAbout"

/** When something was: by test time, and by the clock of that start of the board. */
export interface BoardMoment {
  testTime_ms: number
  /** −1: none that is known. */
  boot: number
  boardTime_ms: number
}

/** What a test's pages tell of its going and standing still. `points` stand before it. */
export type Mark = { points: number } & (
  | { kind: "event"; event: LogEvent; at: BoardMoment }
  /** The board has started again; its last record before that. */
  | { kind: "restart"; at: BoardMoment }
  | { kind: "lost"; pages: number; at: BoardMoment; next: BoardMoment }
  /** The first point after lost pages. */
  | { kind: "point"; at: BoardMoment }
)

/**
 * Where a test stood still or its records are missing: what `TestReader` tells, with UTC by the clock as it is known
 * now, since a board may be told the time long after.
 */
export function gapsOf(marks: readonly Mark[], clock: BoardClock): Gap[] {
  const notes = new Notes()
  const moment = ({ testTime_ms, boot, boardTime_ms }: BoardMoment): Moment => {
    const unix_ms = boot < 0 ? undefined : clock.unix_ms(boot, boardTime_ms)
    return {
      time_s: testTime_ms / 1000,
      unixTime_s: unix_ms === undefined ? undefined : unix_ms / 1000,
    }
  }
  for (const mark of marks) {
    const { kind, points } = mark
    const at = moment(mark.at)
    if (kind === "restart") notes.standStill("restart", at, points)
    else if (kind === "lost") notes.lose(mark.pages, at, moment(mark.next), points)
    else if (kind === "event")
      notes.event({ ...mark.event, ...at, ...NOWHERE, sampleIndex: points })
    else if (notes.isAwaitingPoint) notes.goOn(at)
  }
  return notes.about.gaps
}

/** What gaps do not tell of an event. */
const NOWHERE = { temperature_degC: undefined, cycle: 0, stepCount: 0 }
