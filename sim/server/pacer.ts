/** Longest stretch of board time in one go, so that whoever speaks to the board is heard in between. */
const SLICE_ms = 100
/** A board that is behind by more wall time than this is not made to catch up. */
const PATIENCE_ms = 1_000
/** Over which wall time an achieved speed is measured. */
const MEASURE_ms = 5_000

/** Board time against wall time. Both are given, so that nothing here reads a clock. */
export class Pacer {
  private origin: { wall_ms: number; board_ms: number }
  private mark: { wall_ms: number; board_ms: number }
  private isShort = false

  /** @param speed board seconds in a wall second; Infinity for as many as there can be */
  constructor(
    readonly speed: number,
    wall_ms: number,
    board_ms: number,
  ) {
    this.origin = { wall_ms, board_ms }
    this.mark = this.origin
  }

  /** Until when the board should run now; not after `board_ms` when it has to wait. */
  until_ms(wall_ms: number, board_ms: number): number {
    if (this.speed === Number.POSITIVE_INFINITY) return board_ms + SLICE_ms
    const due_ms = this.origin.board_ms + (wall_ms - this.origin.wall_ms) * this.speed
    if (due_ms - board_ms > PATIENCE_ms * this.speed) {
      this.origin = { wall_ms, board_ms }
      this.isShort = true
      return board_ms + SLICE_ms
    }
    return Math.min(due_ms, board_ms + SLICE_ms)
  }

  /** The speed that was achieved, now and then, when it falls short of what was asked for. */
  shortfall(wall_ms: number, board_ms: number): number | undefined {
    const passed_ms = wall_ms - this.mark.wall_ms
    if (passed_ms < MEASURE_ms) return undefined
    const achieved = (board_ms - this.mark.board_ms) / passed_ms
    const wasShort = this.isShort
    this.mark = { wall_ms, board_ms }
    this.isShort = false
    return wasShort ? achieved : undefined
  }
}
