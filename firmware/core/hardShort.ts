/** Readings of the last minute: one in five samples of a second. */
const READINGS = 12
const SAMPLES_PER_READING = 5
const MIDDLE = READINGS / 2
/** Of the median of the last minute. */
const SHORTED = 0.5
/** Of the last reading, at most 5 s old. */
const ABRUPT = 0.6
/** A median below this is too near to the noise, 20 µV, and to what zeroing leaves to have a half. */
const LOWEST_V = 1e-3

/**
 * A hard short at constant current: |V| below half the median of the last 60 s. A short is told from a
 * voltage that falls for a good reason by two more rules:
 *
 * - Only a voltage of the current's sign is judged: it is the cell's resistance and overpotential, which a
 *   short takes away. While the voltage is against the current the cell gives energy, and may fall through
 *   0 V all by itself: a first plating on copper, that comes from 2 V or more, or a discharge. There,
 *   voltage limits and cutoffs see a short. When it has changed its sign, the 60 s begin anew.
 * - The fall must be abrupt, to below 0.6 of a reading at most 5 s old. A nucleation spike that decays
 *   over half a minute or more may halve within 60 s, but not so fast.
 *
 * Armed at constant current only, and not at all in a step's first 60 s: the potential of a set voltage or
 * a scan may come near 0 V by itself.
 */
export class HardShort {
  /** A |V| below this is a short. 0 while nothing can be told. */
  limit_V = 0
  /** The current's sign. */
  private direction = 0
  /** Samples until the next reading. */
  private wait = SAMPLES_PER_READING
  private count = 0
  private oldest = 0
  /** Readings as they came, a ring, and in ascending order. */
  private readonly readings_V: number[] = []
  private readonly sorted_V: number[] = []

  constructor() {
    for (let i = 0; i < READINGS; ++i) {
      this.readings_V.push(0)
      this.sorted_V.push(0)
    }
  }

  /** A step at a constant current begins, or is taken up again; at 0 A nothing is judged. */
  begin(current_A: number): void {
    this.direction = current_A > 0 ? 1 : current_A < 0 ? -1 : 0
    this.forget()
  }

  /** Once a second. A reading below the limit is not counted, so that a short does not become normal. */
  sample(voltage_V: number): void {
    const along_V = voltage_V * this.direction
    if (along_V > this.limit_V) {
      this.wait = this.wait - 1
      if (this.wait === 0) {
        this.wait = SAMPLES_PER_READING
        this.take(along_V)
      }
    } else if (along_V <= -this.limit_V) this.forget()
  }

  private forget(): void {
    this.limit_V = 0
    this.wait = SAMPLES_PER_READING
    this.count = 0
  }

  private take(reading_V: number): void {
    const sorted_V = this.sorted_V
    const left_V = this.readings_V[this.oldest]
    this.readings_V[this.oldest] = reading_V
    this.oldest = this.oldest === READINGS - 1 ? 0 : this.oldest + 1
    // The new reading takes the oldest one's place in the order and moves from there to its own.
    let at = 0
    if (this.count < READINGS) {
      at = this.count
      this.count = this.count + 1
    } else while (at < READINGS - 1 && sorted_V[at] !== left_V) ++at
    while (at > 0 && sorted_V[at - 1] > reading_V) {
      sorted_V[at] = sorted_V[at - 1]
      --at
    }
    while (at < this.count - 1 && sorted_V[at + 1] < reading_V) {
      sorted_V[at] = sorted_V[at + 1]
      ++at
    }
    sorted_V[at] = reading_V
    if (this.count < READINGS) return
    const median_V = (sorted_V[MIDDLE - 1] + sorted_V[MIDDLE]) * 0.5
    this.limit_V = median_V < LOWEST_V ? 0 : Math.min(median_V * SHORTED, reading_V * ABRUPT)
  }
}
