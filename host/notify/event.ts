import { endText, faultText } from "../follow/faultText"
import type { Notice } from "./judge"

/** How people call what a notice is about. */
export interface Names {
  /** The board's, of four characters. */
  board: string | undefined
  /** The test's id in the store. */
  test: string | undefined
  cell: string | undefined
}

/** A notice as commands and webhooks get it: JSON with SI units in its names. */
export interface NoticeEvent {
  event: Notice["kind"]
  /** UTC, ISO 8601. */
  time: string
  /** For a person, one sentence or two. */
  message: string
  board_id?: string
  board?: string
  channel?: number
  test?: string
  cell?: string
  state?: string
  /** Of a fault, as `firmware/services/coincell.md` names it. */
  fault?: string
  /** Why the test ended, as it is named there. */
  end?: string
  cycle?: number
  test_time_s?: number
  voltage_V?: number
  current_A?: number
  age_s?: number
  free_bytes?: number
}

/** Puts a notice into words, and beside them what a program can use. */
export function noticeEvent(notice: Notice, names: Names): NoticeEvent {
  const { kind, status } = notice
  return {
    event: kind,
    time: new Date(notice.unixTime_s * 1000).toISOString(),
    message: messageOf(notice, names),
    board_id: notice.board,
    board: names.board,
    channel: status?.channel,
    test: names.test,
    cell: names.cell,
    state: status?.state,
    fault: kind === "fault" ? status?.fault : undefined,
    end: kind === "end" ? status?.end : undefined,
    cycle: status?.cycle,
    test_time_s: status?.testTime_s,
    voltage_V: status?.voltage_V,
    current_A: status?.current_A,
    age_s: kind === "board_lost" || kind === "sample_too_old" ? notice.age_s : undefined,
    free_bytes: kind === "disk_nearly_full" ? notice.free_bytes : undefined,
  }
}

function messageOf({ kind, status, age_s, free_bytes }: Notice, names: Names): string {
  const board = `Board ${names.board ?? "?"}`
  const cell = names.cell === undefined ? "" : `, ${names.cell}`
  const test = `${board}, channel ${status?.channel} (${names.test ?? "unknown test"}${cell})`
  switch (kind) {
    case "end":
      return `${test}: the test is over: ${endText(status?.end ?? "")}.`
    case "fault": {
      const { what, toDo } = faultText(status?.fault ?? "")
      return `${test}: stopped by a fault: ${what}. ${toDo}`
    }
    case "waiting":
      return `${test}: the board restarted, and the test waits for a person. Look at the cell, then 'resume' or 'stop'.`
    case "board_lost":
      return `${board} has not answered for ${minutes(age_s)}. Its tests go on; is it plugged in?`
    case "sample_too_old":
      return `${test}: no new reading for ${minutes(age_s)}. Does the board still run?`
    case "disk_nearly_full":
      return (
        `Only ${(free_bytes / 1e6).toFixed(0)} MB are left on the disk of the data folder. ` +
        "Make room: the boards keep what cannot be stored, but not for ever."
      )
  }
}

function minutes(duration_s: number): string {
  return duration_s < 90 ? `${Math.round(duration_s)} s` : `${Math.round(duration_s / 60)} min`
}
