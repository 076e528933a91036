import type { Log } from "./log"
import * as format from "./logFormat"
import type { LogPage } from "./logPage"

/** Writes one channel's records: opens, fills and hands over its two pages in turn. */
export class Recorder {
  private page: LogPage
  private spare: LogPage
  private test = 0
  private stepIndex = 0
  private stepType = 0
  private cycle = 0
  private stepCount = 0
  /** A record of this test found no free page: the flash, far faster than records come, is gone. */
  isLosing = false

  constructor(
    private readonly channel: number,
    private readonly log: Log,
    page: LogPage,
    spare: LogPage,
  ) {
    this.page = page
    this.spare = spare
  }

  testBegins(test: number, calibrationDate_s: number, temperature_degC: number | undefined): void {
    this.test = test
    this.isLosing = false
    this.stepIndex = 0
    this.stepType = 0
    this.cycle = 0
    this.stepCount = 0
    if (!this.ready(0)) return
    this.page.event(format.EVENT_TEST_BEGINS, 0)
    this.page.integer(4, calibrationDate_s)
    this.page.integer(
      2,
      temperature_degC === undefined ? format.NO_TEMPERATURE : Math.round(temperature_degC * 100),
    )
  }

  stepBegins(testTime_ms: number, stepIndex: number, stepType: number, cycle: number): void {
    if (!this.ready(testTime_ms)) return
    this.page.event(format.EVENT_STEP_BEGINS, testTime_ms)
    this.page.byte(stepIndex)
    this.page.byte(stepType)
    this.page.integer(4, cycle)
    this.stepIndex = stepIndex
    this.stepType = stepType
    this.cycle = cycle
    this.stepCount = this.stepCount + 1
  }

  point(
    flags: number,
    testTime_ms: number,
    voltage_V: number,
    current_A: number,
    charge_mAs: number,
    energy_mWs: number,
  ): void {
    if (this.ready(testTime_ms))
      this.page.point(flags, testTime_ms, voltage_V, current_A, charge_mAs, energy_mWs)
  }

  /** An event with one byte: the end of a test, a fault. */
  event(kind: number, testTime_ms: number, detail: number): void {
    if (!this.ready(testTime_ms)) return
    this.page.event(kind, testTime_ms)
    this.page.byte(detail)
  }

  /** Hands the open page to the log, full or not. */
  flush(): void {
    if (!this.page.isOpen) return
    this.log.append(this.page)
    const full = this.page
    this.page = this.spare
    this.spare = full
  }

  /** Makes room for one record. */
  private ready(testTime_ms: number): boolean {
    if (this.page.isOpen && !this.page.hasRoom()) this.flush()
    if (this.page.isOpen) return true
    if (this.log.isQueued(this.page)) {
      this.isLosing = true
      return false
    }
    this.page.open(
      this.channel,
      this.test,
      testTime_ms,
      this.stepIndex,
      this.stepType,
      this.cycle,
      this.stepCount,
    )
    return true
  }
}
