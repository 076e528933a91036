/**
 * A function given by rows of x and y, both ascending, linear between them. Its end segments go on, so
 * that every y has an x. Looks begin where the last one ended: what is asked moves slowly.
 */
export class Piecewise {
  private readonly x: Float64Array
  private readonly y: Float64Array
  private segment = 0

  /** @throws RangeError where rows are fewer than two or do not ascend */
  constructor(rows: readonly (readonly [x: number, y: number])[]) {
    const falls = (k: number) => rows[k][0] <= rows[k - 1][0] || rows[k][1] <= rows[k - 1][1]
    if (rows.length < 2 || rows.some((_, k) => k > 0 && falls(k)))
      throw new RangeError("needs two or more rows, ascending in both columns")
    this.x = Float64Array.from(rows, ([x]) => x)
    this.y = Float64Array.from(rows, ([, y]) => y)
  }

  at(x: number): number {
    const k = this.find(x)
    return this.y[k] + this.slope(k) * (x - this.x[k])
  }

  /** Where the function has the value `y`. */
  inverse(y: number): number {
    let k = 0
    while (k < this.y.length - 2 && y > this.y[k + 1]) k++
    return this.x[k] + (y - this.y[k]) / this.slope(k)
  }

  /** The segment that a point moves along which leaves `x` upward or downward. */
  leaving(x: number, upward: boolean): { slope: number; end: number } {
    let k = this.find(x)
    if (upward && k < this.x.length - 2 && x >= this.x[k + 1]) k++
    if (!upward && k > 0 && x <= this.x[k]) k--
    const isLast = upward ? k === this.x.length - 2 : k === 0
    const end = upward ? this.x[k + 1] : this.x[k]
    if (!isLast) return { slope: this.slope(k), end }
    return { slope: this.slope(k), end: upward ? Number.POSITIVE_INFINITY : -Infinity }
  }

  private slope(k: number): number {
    return (this.y[k + 1] - this.y[k]) / (this.x[k + 1] - this.x[k])
  }

  private find(x: number): number {
    let k = this.segment
    while (k > 0 && x < this.x[k]) k--
    while (k < this.x.length - 2 && x > this.x[k + 1]) k++
    this.segment = k
    return k
  }
}
