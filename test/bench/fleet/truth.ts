import { BOARD_CHANNEL } from "../../../firmware/core/logFormat"
import { decodePage, type LogRecord } from "../../../host/log/decodePage"
import { PAGE_BYTES, pageHead } from "../../../host/log/page"
import { findBoards } from "../../../host/session"
import type { RunningBoard } from "./boards"

/** A record as the board logged it. */
export type Point = Extract<LogRecord, { kind: "point" }>

export interface LoggedPage {
  board: string
  channel: number
  sequence: number
  points: Point[]
}

/** At once: each takes a second to be found. */
const AT_ONCE = 25

/** What the boards' logs hold, downloaded from each by a client of its own. */
export async function readLogs(boards: readonly RunningBoard[]): Promise<LoggedPage[]> {
  const pages: LoggedPage[] = []
  const due = [...boards]
  const work = async () => {
    for (let board = due.pop(); board !== undefined; board = due.pop())
      pages.push(...(await readLog(board)))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return pages
}

async function readLog({ id, port }: RunningBoard): Promise<LoggedPage[]> {
  const { sessions, failures } = await findBoards({ port: `tcp:127.0.0.1:${port}` })
  if (sessions.length !== 1) throw failures[0] ?? new Error(`no board at port ${port}`)
  const [session] = sessions
  try {
    const { first, next } = await session.board.logRange()
    const bytes = await session.board.readLog(first, next)
    return Array.from({ length: next - first }, (_, i) =>
      bytes.subarray(i * PAGE_BYTES, (i + 1) * PAGE_BYTES),
    ).flatMap((page) => loggedPage(id, page) ?? [])
  } finally {
    await session.close()
  }
}

function loggedPage(board: string, bytes: Uint8Array): LoggedPage | undefined {
  const head = pageHead(bytes)
  if (head === undefined || head.channel === BOARD_CHANNEL) return undefined
  const points = decodePage(bytes).records.filter((record) => record.kind === "point")
  if (points.length === 0) return undefined
  return { board, channel: head.channel, sequence: head.sequence, points }
}

/** All that tells one record of a test from another, in the board's own whole numbers. */
export function keyOf(one: {
  time_ms: number
  stepCount: number
  stepIndex: number
  voltage_uV: number
  current_nA: number
  stepCharge_nAh: number
  stepEnergy_nWh: number
}): string {
  const { time_ms, stepCount, stepIndex, voltage_uV, current_nA } = one
  return [
    time_ms,
    stepCount,
    stepIndex,
    voltage_uV,
    current_nA,
    one.stepCharge_nAh,
    one.stepEnergy_nWh,
  ].join(" ")
}

/** Records that one side has and not the other, each as often as there are more of it. */
export interface Difference {
  lost: number
  doubledOrForeign: number
}

/** What is missing among `found` of `wanted`, and what is there besides. */
export function difference(wanted: Iterable<string>, found: Iterable<string>): Difference {
  const open = new Map<string, number>()
  for (const key of wanted) open.set(key, (open.get(key) ?? 0) + 1)
  let doubledOrForeign = 0
  for (const key of found) {
    const left = open.get(key) ?? 0
    if (left === 0) doubledOrForeign++
    else open.set(key, left - 1)
  }
  let lost = 0
  for (const left of open.values()) lost += left
  return { lost, doubledOrForeign }
}
