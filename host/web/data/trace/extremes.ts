/** Lowest and highest of some values, and which of the two came first. */
export class Extremes {
  private low = 0
  private high = 0
  private lowAt = 0
  private highAt = 0

  begin(): void {
    this.low = Number.POSITIVE_INFINITY
    this.high = Number.NEGATIVE_INFINITY
  }

  /** Values of which one is the lowest and one the highest. @param order greater than those before, by 2 at least */
  add(low: number, high: number, isHighFirst: boolean, order: number): void {
    if (low < this.low) {
      this.low = low
      this.lowAt = isHighFirst ? order + 1 : order
    }
    if (high > this.high) {
      this.high = high
      this.highAt = isHighFirst ? order : order + 1
    }
  }

  get first(): number {
    return this.highAt < this.lowAt ? this.high : this.low
  }

  get second(): number {
    return this.highAt < this.lowAt ? this.low : this.high
  }
}
