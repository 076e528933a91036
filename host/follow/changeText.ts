import { endText, faultText, pauseText } from "./faultText"
import type { Change } from "./follower"
import type { KnownTest } from "./testBook"

/** What has happened, in a sentence for a person. */
export function changeText(change: Change, known: KnownTest | undefined): string {
  const board = `Board ${change.board.name}`
  switch (change.kind) {
    case "board_found":
      return `${board} is here.`
    case "board_back":
      return `${board} is back.`
    case "board_restarted":
      return `${board} has restarted.`
    case "board_lost":
      return `${board} is away; its tests go on.`
  }
  const { channel, test, cycle } = change.status
  const cell = known?.cell === undefined ? "" : ` (${known.cell})`
  const place = `${known?.id ?? `${change.board.name}-${channel}, test ${test}`}${cell}`
  switch (change.kind) {
    case "found":
      return `${place}: is on channel ${channel}, in cycle ${cycle}.`
    case "started":
      return `${place}: started on channel ${channel}.`
    case "cycle":
      return `${place}: cycle ${cycle}.`
    case "resumed":
      return `${place}: goes on in cycle ${cycle}.`
    case "paused": {
      const { what, toDo } = pauseText(change.status.pause)
      return `${place}: stands still in cycle ${cycle}: ${what}. ${toDo}`
    }
    case "fault": {
      const { what, toDo } = faultText(change.status.fault)
      return `${place}: stopped by a fault in cycle ${cycle}: ${what}. ${toDo}`
    }
    case "ended":
      return `${place}: over in cycle ${cycle}: ${endText(change.status.end)}.`
  }
}

/** UTC to the second, as a line begins with it. */
export function timeText(unixTime_s: number): string {
  return `${new Date(unixTime_s * 1000).toISOString().slice(0, 19)}Z`
}
