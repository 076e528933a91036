import type { Ear } from "./ear"

/** Of a crystal, and of an answer's way. */
const CRYSTAL = 1e-4
const ANSWER_ms = 50
const WRAP = 2 ** 32

/** The board's clock runs as evenly as the lab's, as long as the board does not start anew. */
export class BoardTime {
  /** The longest time since a start that it told. */
  most_ms = 0
  private last = { boot: 0, board_ms: 0, now_ms: 0 }

  constructor(private readonly complain: (what: string) => void) {}

  check({ registers }: Ear, now_ms: number): void {
    const time = registers.get("time")
    const boots = registers.get("boot_count")
    if (time === undefined || boots === undefined) return
    const { last } = this
    const now = { boot: Number(boots[0]), board_ms: Number(time[0]), now_ms }
    this.last = now
    this.most_ms = Math.max(this.most_ms, now.board_ms)
    if (now.boot !== last.boot) return
    const passed_ms = now_ms - last.now_ms
    const moved_ms = now.board_ms - last.board_ms
    if (Math.abs(moved_ms - passed_ms) > CRYSTAL * passed_ms + ANSWER_ms)
      this.complain(`the board's clock moved by ${moved_ms} ms in ${passed_ms} ms`)
  }

  /** How often a clock of 32 bits wrapped between two starts, at most: of milliseconds, and of microseconds. */
  get wraps(): { ms: number; us: number } {
    return { ms: Math.floor(this.most_ms / WRAP), us: Math.floor((1000 * this.most_ms) / WRAP) }
  }

  /** A leg that is to come past the wraps did so. */
  checkWraps(): void {
    if (this.wraps.ms < 1)
      this.complain(
        `the board ran for ${this.most_ms} ms at most without a start: not past 32 bits of them`,
      )
  }
}
