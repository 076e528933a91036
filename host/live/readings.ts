import type { ChannelStatus } from "../boardClient"

/** For how long readings are kept: longer than it takes until what a board logged is stored. */
const KEPT_ms = 600_000

/** Readings of a test in columns, in the order of test time. */
export interface Readings {
  time_s: number[]
  voltage_V: number[]
  current_A: number[]
}

interface Kept {
  test: number
  /** When each was seen, from any zero. */
  seen_ms: number[]
  columns: Readings
}

/** The readings that were seen in the last ten minutes, one a look, of the test on each channel. */
export class RecentReadings {
  private readonly kept = new Map<string, Kept>()

  /** @param now_ms from any zero, but always the same */
  note(board: string, status: ChannelStatus, now_ms: number): void {
    const key = `${board} ${status.channel}`
    let kept = this.kept.get(key)
    const last_s = kept?.columns.time_s.at(-1)
    // Test time never goes back but by a second, after a restart: what falls is another test, or counts no more.
    if (kept?.test !== status.test || (last_s !== undefined && status.testTime_s < last_s)) {
      kept = {
        test: status.test,
        seen_ms: [],
        columns: { time_s: [], voltage_V: [], current_A: [] },
      }
      this.kept.set(key, kept)
    }
    const { seen_ms, columns } = kept
    if (columns.time_s.at(-1) === status.testTime_s) return
    seen_ms.push(now_ms)
    columns.time_s.push(status.testTime_s)
    columns.voltage_V.push(status.voltage_V)
    columns.current_A.push(status.current_A)
    const first = seen_ms.findIndex((one_ms) => one_ms > now_ms - KEPT_ms)
    if (first <= 0) return
    for (const column of [seen_ms, ...Object.values(columns)]) column.splice(0, first)
  }

  /**
   * Readings of a channel's test after a test time, such as that of the last stored record.
   * @param board its id
   */
  since(board: string, channel: number, test: number, time_s: number): Readings {
    const kept = this.kept.get(`${board} ${channel}`)
    if (kept?.test !== test) return { time_s: [], voltage_V: [], current_A: [] }
    const { columns } = kept
    const found = columns.time_s.findIndex((one_s) => one_s > time_s)
    const from = found < 0 ? columns.time_s.length : found
    return {
      time_s: columns.time_s.slice(from),
      voltage_V: columns.voltage_V.slice(from),
      current_A: columns.current_A.slice(from),
    }
  }
}
