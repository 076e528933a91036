import { BOARD_CHANNEL } from "../../firmware/core/logFormat"
import { pageHead } from "./page"
import { RecordReader } from "./recordReader"

/** The board was told the time: its own clock and UTC at one moment, in ms. */
interface Telling {
  boardTime_ms: number
  unix_ms: number
}

/** A stretch of one boot, `from_ms` ≤ board time < `to_ms`, over which UTC rises evenly. */
class Stretch {
  constructor(
    readonly from_ms: number,
    readonly to_ms: number,
    /** It passes through these two, */
    private readonly telling: Telling,
    /** and rises by so much in so much. */
    private readonly unixSpan_ms: number,
    private readonly boardSpan_ms: number,
  ) {}

  unix_ms(boardTime_ms: number): number {
    const share = (boardTime_ms - this.telling.boardTime_ms) / this.boardSpan_ms
    return this.telling.unix_ms + share * this.unixSpan_ms
  }
}

/** Crystal, network and the host's own clock together: what is further off was set anew. */
const MOST_OFF_ms = 1000
const MOST_DRIFT = 500e-6

/**
 * UTC of the board's clock, from what hosts told it. A board counts milliseconds since its start and has no
 * other clock, so each boot stands for itself.
 */
export class BoardClock {
  private readonly boots = new Map<number, Stretch[]>()

  private constructor(told: Map<number, Telling[]>) {
    for (const [boot, tellings] of told) this.boots.set(boot, stretches(consistent(tellings)))
  }

  /**
   * What the board's own pages say, raw and in their order. Pages of tests, and torn ones, are passed over.
   * @throws LogError when a page is not to be understood
   */
  static of(pages: Iterable<Uint8Array>): BoardClock {
    const told = new Map<number, Telling[]>()
    let boot = 0
    const reader = new RecordReader({
      points() {},
      event(event, boardTime_ms) {
        if (event.kind !== "clock") return
        const tellings = told.get(boot) ?? []
        told.set(boot, tellings)
        tellings.push({ boardTime_ms, unix_ms: event.unix_ms })
      },
    })
    for (const page of pages) {
      const head = pageHead(page)
      if (head?.channel !== BOARD_CHANNEL) continue
      boot = head.boot
      reader.read(page)
    }
    return new BoardClock(told)
  }

  /**
   * Unix time in ms; undefined when that boot was never told the time. It rises with the board's: between
   * two tellings in proportion, beyond them at the board's own rate.
   */
  unix_ms(boot: number, boardTime_ms: number): number | undefined {
    const unix_ms = this.ofBoot(boot).unix_ms(boardTime_ms)
    return Number.isNaN(unix_ms) ? undefined : unix_ms
  }

  /** For whoever asks for many times of one boot, mostly in order. */
  ofBoot(boot: number): BootClock {
    return new BootClock(this.boots.get(boot))
  }
}

/** UTC of one boot. */
export class BootClock {
  private stretch: Stretch | undefined

  constructor(private readonly stretches: Stretch[] | undefined) {
    this.stretch = stretches?.[0]
  }

  /** Unix time in ms; NaN when this boot was never told the time. */
  unix_ms(boardTime_ms: number): number {
    return this.at(boardTime_ms)?.unix_ms(boardTime_ms) ?? Number.NaN
  }

  /** The same in s for many moments, `ahead_ms` later than given: `from` … `to` (not counted), into `out` at `at`. */
  putUnix_s(
    out: Float64Array,
    at: number,
    times_ms: Float64Array,
    from: number,
    to: number,
    ahead_ms: number,
  ): void {
    for (let i = from; i < to; i++) {
      const stretch = this.at(times_ms[i] + ahead_ms)
      out[at + i - from] =
        stretch === undefined ? Number.NaN : stretch.unix_ms(times_ms[i] + ahead_ms) / 1000
    }
  }

  private at(boardTime_ms: number): Stretch | undefined {
    const { stretch } = this
    if (stretch === undefined || (boardTime_ms >= stretch.from_ms && boardTime_ms < stretch.to_ms))
      return stretch
    return this.find(boardTime_ms)
  }

  private find(boardTime_ms: number): Stretch {
    const all = this.stretches ?? []
    let low = 0
    let high = all.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (boardTime_ms < all[middle].to_ms) high = middle
      else low = middle + 1
    }
    this.stretch = all[low]
    return all[low]
  }
}

/** Before the first telling, between each and the next, after the last. */
function stretches(tellings: Telling[]): Stretch[] {
  const first = tellings[0]
  const last = tellings[tellings.length - 1]
  const between = tellings.slice(1).map((next, i) => {
    const telling = tellings[i]
    const unixSpan_ms = next.unix_ms - telling.unix_ms
    const boardSpan_ms = next.boardTime_ms - telling.boardTime_ms
    return new Stretch(telling.boardTime_ms, next.boardTime_ms, telling, unixSpan_ms, boardSpan_ms)
  })
  return [
    new Stretch(Number.NEGATIVE_INFINITY, first.boardTime_ms, first, 1, 1),
    ...between,
    new Stretch(last.boardTime_ms, Number.POSITIVE_INFINITY, last, 1, 1),
  ]
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
    kept.push(telling)
    next = telling
  }
  return kept.reverse()
}
