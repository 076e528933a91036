import { BOARD_CHANNEL } from "../../firmware/core/logFormat"
import type { LogPage } from "./page"

/** The board was told the time: its own clock and UTC at one moment, in ms. */
interface Telling {
  boardTime_ms: number
  unix_ms: number
}

/** Crystal, network and the host's own clock together: what is further off was set anew. */
const MOST_OFF_ms = 1000
const MOST_DRIFT = 500e-6

/**
 * UTC of the board's clock, from what hosts told it. A board counts milliseconds since its start and has no
 * other clock, so each boot stands for itself.
 */
export class BoardClock {
  private readonly boots = new Map<number, Telling[]>()

  constructor(pages: LogPage[]) {
    const told = new Map<number, Telling[]>()
    for (const page of pages) {
      if (page.channel !== BOARD_CHANNEL) continue
      for (const record of page.records) {
        if (record.kind !== "clock") continue
        const tellings = told.get(page.boot) ?? []
        told.set(page.boot, tellings)
        tellings.push({ boardTime_ms: record.testTime_ms, unix_ms: record.unix_ms })
      }
    }
    for (const [boot, tellings] of told) this.boots.set(boot, consistent(tellings))
  }

  /**
   * Unix time in ms; undefined when that boot was never told the time. It rises with the board's: between
   * two tellings in proportion, beyond them at the board's own rate.
   */
  unix_ms(boot: number, boardTime_ms: number): number | undefined {
    const tellings = this.boots.get(boot)
    if (tellings === undefined) return undefined
    const after = tellings.findIndex((telling) => telling.boardTime_ms > boardTime_ms)
    const b = tellings[after]
    const a = tellings.at(after < 0 ? -1 : after - 1)
    if (a === undefined || b === undefined || after === 0) {
      const nearest = after === 0 ? tellings[0] : tellings[tellings.length - 1]
      return nearest.unix_ms + boardTime_ms - nearest.boardTime_ms
    }
    const share = (boardTime_ms - a.boardTime_ms) / (b.boardTime_ms - a.boardTime_ms)
    return a.unix_ms + share * (b.unix_ms - a.unix_ms)
  }
}

/**
 * Drops tellings that a later one corrects: a host whose clock was wrong and was set. In order of board
 * time, UTC then rises too.
 */
function consistent(tellings: Telling[]): Telling[] {
  const kept: Telling[] = []
  let next: Telling | undefined
  for (const telling of [...tellings].reverse()) {
    if (next !== undefined) {
      const board_ms = next.boardTime_ms - telling.boardTime_ms
      const unix_ms = next.unix_ms - telling.unix_ms
      const off_ms = Math.abs(unix_ms - board_ms)
      if (board_ms <= 0 || unix_ms <= 0 || off_ms > MOST_OFF_ms + MOST_DRIFT * board_ms) continue
    }
    kept.unshift(telling)
    next = telling
  }
  return kept
}
