import { type CurvePoint, Decimator } from "../../analysis/decimate"
import type { TestAbout } from "../../log/testAbout"
import type { Records } from "../../records"

/** A stretch of test time, and how many pixels wide it is drawn. */
export interface Window {
  from_s: number
  to_s: number
  width: number
}

/** Points per pixel, so that figures stay sharp when they are enlarged. */
const OVERSAMPLING = 1.5

/** Draws the voltage of a test in several windows at once, while its records are read for something else. */
export class VoltageTraces {
  private readonly decimators: Decimator[]
  /** Counts of records before which pages of the log are lost: a line breaks there, and nowhere else. */
  private readonly lost: Set<number>

  /** @param about tells of gaps, as another pass has read it */
  constructor(
    private readonly windows: readonly Window[],
    { gaps }: Pick<TestAbout, "gaps">,
  ) {
    this.decimators = windows.map(({ from_s, to_s, width }) => {
      const columns = Math.round(width * OVERSAMPLING)
      return new Decimator({ from_s, to_s, columns, gap_s: Number.POSITIVE_INFINITY })
    })
    this.lost = new Set(
      gaps.flatMap(({ kind, sampleIndex }) => (kind === "lost" ? [sampleIndex] : [])),
    )
  }

  /** Lets all records of a test pass. */
  *watch(records: Iterable<Records>): Generator<Records> {
    let count = 0
    for (const batch of records) {
      // A reader begins a new batch after lost pages.
      if (this.lost.has(count)) for (const one of this.decimators) one.breakLine()
      for (const one of this.decimators) one.add(batch)
      count += batch.length
      yield batch
    }
  }

  /** Window by window, once the records have passed. */
  curves(): { window: Window; points: CurvePoint[] }[] {
    return this.windows.map((window, i) => ({ window, points: this.decimators[i].points() }))
  }
}
