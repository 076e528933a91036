/** A board's virtual time. Nothing in the simulator reads any other clock. */
export class Clock {
  /** Microseconds since this board was first powered; never steps back. Fractions are allowed. */
  now_us = 0

  /** Lets `duration_us` pass: the time that a bus transfer or a wait takes. */
  advanceBy_us(duration_us: number): void {
    this.now_us += duration_us
  }
}
