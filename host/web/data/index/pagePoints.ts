import { type Context, type Points, RecordReader, type RecordSink } from "../../../log/recordReader"
import type { PageSource } from "./pages"

/** All points of one page, whatever stands between them, in the log's own whole numbers. */
export class PagePoints implements RecordSink {
  length = 0
  readonly time_ms: number[] = []
  readonly voltage_uV: number[] = []
  readonly current_nA: number[] = []
  readonly stepCharge_nAh: number[] = []
  /** 1-based count of the steps executed so far. */
  readonly stepCount: number[] = []
  private sequence = -1
  private readonly reader = new RecordReader(this)

  constructor(private readonly pages: PageSource) {}

  /** Goes to a page, which is there and whole. */
  read(sequence: number): void {
    if (sequence === this.sequence) return
    this.sequence = sequence
    this.length = 0
    this.reader.read(this.pages.page(sequence))
  }

  points(points: Points, { stepCount }: Context): void {
    const { length, time_ms, voltage_uV, current_nA, stepCharge_nAh } = points
    for (let i = 0; i < length; i++) {
      this.time_ms[this.length] = time_ms[i]
      this.voltage_uV[this.length] = voltage_uV[i]
      this.current_nA[this.length] = current_nA[i]
      this.stepCharge_nAh[this.length] = stepCharge_nAh[i]
      this.stepCount[this.length] = stepCount
      this.length++
    }
  }

  event(): void {}
}
