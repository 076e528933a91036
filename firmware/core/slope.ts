/** Samples to a mean, a second each: long enough for 20 µV of noise to become 0.2 µV/s. */
const SAMPLES = 30

/**
 * How fast a step's voltage changes, for its cutoffs: the difference of two neighbouring means of 30 s. It
 * is what |dV/dt| was 30 s ago on average, and new every 30 s.
 */
export class Slope {
  /** |dV/dt|. NaN, which is neither above nor below anything, before the step's 60th second. */
  rate_V_per_s = NaN
  private count = 0
  private sum_V = 0
  private mean_V = NaN

  /** A step begins, or is taken up again. */
  begin(): void {
    this.rate_V_per_s = NaN
    this.count = 0
    this.sum_V = 0
    this.mean_V = NaN
  }

  /** Once a second. */
  sample(voltage_V: number): void {
    this.sum_V = this.sum_V + voltage_V
    this.count = this.count + 1
    if (this.count < SAMPLES) return
    const mean_V = this.sum_V / SAMPLES
    this.rate_V_per_s = Math.abs(mean_V - this.mean_V) / SAMPLES
    this.mean_V = mean_V
    this.sum_V = 0
    this.count = 0
  }
}
