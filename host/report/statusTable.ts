import type { ChannelStatus } from "../boardClient"
import { CALIBRATION_TEST } from "../calibrate"
import { endText, faultText, pauseText } from "../follow/faultText"
import { ABSENT, alignedTable, type TextColumn } from "./alignedTable"

/** A channel of a board, with what the store knows of its test. */
export interface StatusRow {
  /** The board's name, of four characters. */
  board: string
  status: ChannelStatus
  /** The test's id in the store, and its cell. */
  test: string | undefined
  cell: string | undefined
  /** The step that runs, as a chemist would say it. */
  step: string | undefined
}

const COLUMNS: readonly TextColumn[] = [
  { head: ["board"], isLeft: true },
  { head: ["channel"] },
  { head: ["state"], isLeft: true },
  { head: ["test"], isLeft: true },
  { head: ["cell"], isLeft: true },
  { head: ["step"], isLeft: true },
  { head: ["cycle"] },
  { head: ["time", "h"] },
  { head: ["voltage", "V"] },
  { head: ["current", "mA"] },
  { head: ["in step", "mAh"] },
]

/**
 * All channels as plain text: a line each, and below them a sentence or two on each that waits for somebody.
 * Charge is that of the step that runs.
 */
export function formatStatusTable(rows: readonly StatusRow[]): string {
  const notes = rows.flatMap((row) => noteOf(row) ?? [])
  return `${[...alignedTable(COLUMNS, [{ rows: rows.map(cells) }]), ...notes].join("\n")}\n`
}

function cells({ board, status, test, cell, step }: StatusRow): string[] {
  const isIdle = status.state === "Idle"
  const tested = (text: string) => (isIdle ? ABSENT : text)
  return [
    board,
    String(status.channel),
    stateText(status),
    test ?? tested(testText(status)),
    cell ?? ABSENT,
    // What ends it would make the table too wide for a terminal.
    status.step === undefined ? ABSENT : (step?.split(" until ")[0] ?? `step ${status.step}`),
    tested(String(status.cycle)),
    tested((status.testTime_s / 3600).toFixed(3)),
    signed(status.voltage_V, 5),
    signed(status.current_A * 1e3, 5),
    tested(signed(status.stepCharge_Ah * 1e3, 5)),
  ]
}

function testText({ test }: ChannelStatus): string {
  return test === CALIBRATION_TEST ? "calibration" : `number ${test}`
}

/** What a channel does, in a word or two. */
export function stateText({ state, fault, pause }: ChannelStatus): string {
  switch (state) {
    case "Zeroing":
      return "preparing"
    case "Fault":
      return `fault: ${fault}`
    case "Paused":
      return pause === "Restart" ? "waits for you" : pause === "FullLog" ? "log full" : "paused"
    default:
      return state.toLowerCase()
  }
}

/** What there is to say, or to do, about a channel that does not run. */
function noteOf({ board, status }: StatusRow): string | undefined {
  const place = `${board} channel ${status.channel}`
  if (status.state === "Fault") {
    const { what, toDo } = faultText(status.fault)
    return `${place}: stopped by a fault: ${what}. ${toDo}`
  }
  if (status.state === "Paused") {
    const { what, toDo } = pauseText(status.pause)
    return `${place}: ${what}. ${toDo}`
  }
  return status.state === "Finished" && status.test !== CALIBRATION_TEST
    ? `${place}: over: ${endText(status.end)}.`
    : undefined
}

function signed(value: number, places: number): string {
  return value.toFixed(places).replace("-", "−")
}
