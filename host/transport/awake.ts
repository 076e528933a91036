/** A process that runs looks at the clock so often, */
const LOOK_ms = 500
/** and has slept when it did not for so long. */
const SLEPT_ms = 2_000

/**
 * A clock that stands still while this process sleeps, is stopped, or is kept busy: nobody could have heard a board
 * then, so its silence means nothing.
 */
export class AwakeClock {
  private last_ms: number
  private slept_ms = 0
  private isLooking = false

  /** @param clock_ms goes on in sleep; never back */
  constructor(private readonly clock_ms = () => performance.now()) {
    this.last_ms = clock_ms()
  }

  /** From any zero. */
  get now_ms(): number {
    if (!this.isLooking) {
      this.isLooking = true
      this.last_ms = this.clock_ms()
      setInterval(() => this.look(), LOOK_ms).unref()
    }
    return this.look()
  }

  private look(): number {
    const now_ms = this.clock_ms()
    const passed_ms = now_ms - this.last_ms
    if (passed_ms > SLEPT_ms) this.slept_ms += passed_ms
    this.last_ms = now_ms
    return now_ms - this.slept_ms
  }
}

/** This process's. */
export const AWAKE = new AwakeClock()
