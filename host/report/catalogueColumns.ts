import type { Row } from "../catalogue/catalogue"
import { days, duration } from "./words"

/** A column of a table for people: its head, and what stands in it; undefined is not known. */
export type TextColumn = readonly [head: string, text: (row: Row) => unknown]

const column = (name: string, head = name): TextColumn => [head, (row) => known(row[name])]
const time = (name: string, head: string): TextColumn => [head, (row) => shortTime(row[name])]
const LAB = column("lab")

/** How the catalogue's tables are shown; a table that is not here shows its own columns. */
export function textColumns(table: string, now_s: number): readonly TextColumn[] | undefined {
  const due: TextColumn = ["calibration due", (row) => dueText(row, now_s)]
  const columns: Readonly<Record<string, readonly TextColumn[]>> = {
    boards: [
      ...[column("name", "board"), column("board", "id"), LAB, column("host")],
      ...[column("firmware"), column("channels"), time("calibrated", "calibrated"), due],
      column("calibration_standard", "standard"),
    ],
    tests: [
      ...[column("test"), column("cell"), column("operator"), column("project"), LAB],
      ...[column("host"), column("protocol"), time("began", "began"), column("state")],
      ...[column("reason"), column("cycle")],
      ["time", ({ time_s }) => (typeof time_s === "number" ? duration(time_s) : undefined)],
    ],
    actions: [
      time("time", "when"),
      ["who", ({ by, by_source }) => (by && by_source === "account" ? `${by} (account)` : by)],
      ["did", ({ action, is_done }) => `${action}${is_done === true ? "" : ", refused"}`],
      ["board", ({ board_name, board }) => board_name ?? board],
      ["ch.", ({ channel }) => channel],
      ...[column("test"), column("cell"), column("why"), column("via"), column("host"), LAB],
      ["said", ({ is_done, message }) => (is_done === true ? undefined : message)],
    ],
    operators: [
      ...[column("operator"), LAB, column("tests"), column("not_over", "not over")],
      column("cells"),
      ["projects", ({ projects }) => (projects as string[]).join(", ") || undefined],
      time("last_action", "last did something"),
    ],
  }
  return columns[table]
}

/** An empty text says nothing. */
function known(value: unknown): unknown {
  return value === "" ? undefined : value
}

/** 2026-11-21 14:03 UTC. */
function shortTime(value: unknown): string | undefined {
  const time_ms = Date.parse(`${value}`)
  if (Number.isNaN(time_ms)) return undefined
  return `${new Date(time_ms).toISOString().slice(0, 16).replace("T", " ")} UTC`
}

/** 2026-12-01, in 10 days; 2026-11-01, 20 days ago. A board of which a channel has no calibration is due at once. */
function dueText({ calibration_due, is_simulated }: Row, now_s: number): string {
  const due_s = Date.parse(`${calibration_due}`) / 1000
  if (Number.isNaN(due_s)) return is_simulated ? "never: simulated" : "now: not all calibrated"
  const left_s = due_s - now_s
  const when = left_s >= 0 ? `in ${days(left_s)}` : `${days(-left_s)} ago`
  return `${new Date(due_s * 1000).toISOString().slice(0, 10)}, ${when}`
}
