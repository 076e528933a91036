import {
  EVENT_FAULT,
  EVENT_PAUSED,
  EVENT_RESUMED,
  EVENT_TEST_ENDS,
} from "../../firmware/core/logFormat"

export interface Point {
  kind: "point"
  /** Which reading of its step: an ordinary one, the first, or the last. */
  mark: "." | "F" | "L"
  step: number
  testTime_ms: number
  voltage_V: number
  current_A: number
  charge_mAs: number
  energy_mWs: number
}

export interface Begin {
  kind: "step"
  testTime_ms: number
  index: number
  type: number
  cycle: number
  cause: number
}

export type Entry =
  | Point
  | Begin
  | { kind: "test"; test: number; date_s: number; flags: number; temperature_degC: number }
  | {
      kind: "boot"
      test: number
      index: number
      type: number
      cycle: number
      count: number
      flags: number
    }
  | { kind: "event"; event: number; detail: number; testTime_ms: number }
  | { kind: "temperature"; testTime_ms: number; temperature_degC: number }
  | { kind: "selfTest"; testTime_ms: number; error_ppm: number; offset_uV: number }
  | {
      kind: "restarted"
      testTime_ms: number
      uncertain_nAh: number
      checkpoint_V: number
      openCircuit_V: number
      charge_mAs: number
      energy_mWs: number
    }

/** Stands in for a channel's `Recorder`: keeps what it is told, in order. */
export class Records {
  isLosing = false
  flushes = 0
  readonly entries: Entry[] = []
  private step = 0

  testBegins(test: number, date_s: number, flags: number, temperature_degC: number): void {
    this.entries.push({ kind: "test", test, date_s, flags, temperature_degC })
    this.isLosing = false
  }

  resume(
    test: number,
    index: number,
    type: number,
    cycle: number,
    count: number,
    flags: number,
  ): void {
    this.step = index
    this.entries.push({ kind: "boot", test, index, type, cycle, count, flags })
  }

  stepBegins(testTime_ms: number, index: number, type: number, cycle: number, cause: number): void {
    this.step = index
    this.entries.push({ kind: "step", testTime_ms, index, type, cycle, cause })
  }

  point(
    flags: number,
    testTime_ms: number,
    voltage_V: number,
    current_A: number,
    charge_mAs: number,
    energy_mWs: number,
  ): void {
    const mark = ["." as const, "F" as const, "L" as const][flags]
    const { step } = this
    this.entries.push({
      kind: "point",
      mark,
      step,
      testTime_ms,
      voltage_V,
      current_A,
      charge_mAs,
      energy_mWs,
    })
  }

  temperature(testTime_ms: number, temperature_degC: number): void {
    this.entries.push({ kind: "temperature", testTime_ms, temperature_degC })
  }

  event(event: number, testTime_ms: number, detail: number): void {
    this.entries.push({ kind: "event", event, detail, testTime_ms })
  }

  restarted(
    testTime_ms: number,
    uncertain_nAh: number,
    checkpoint_V: number,
    openCircuit_V: number,
    charge_mAs: number,
    energy_mWs: number,
  ): void {
    this.entries.push({
      kind: "restarted",
      testTime_ms,
      uncertain_nAh,
      checkpoint_V,
      openCircuit_V,
      charge_mAs,
      energy_mWs,
    })
  }

  selfTest(testTime_ms: number, error_ppm: number, offset_uV: number): void {
    this.entries.push({ kind: "selfTest", testTime_ms, error_ppm, offset_uV })
  }

  flush(): void {
    this.flushes++
  }

  of<K extends Entry["kind"]>(kind: K): Extract<Entry, { kind: K }>[] {
    return this.entries.filter((entry): entry is Extract<Entry, { kind: K }> => entry.kind === kind)
  }

  get points(): Point[] {
    return this.of("point")
  }

  /** Last points of all steps. */
  get ends(): Point[] {
    return this.points.filter(({ mark }) => mark === "L")
  }

  get marks(): string {
    return this.points.map(({ mark }) => mark).join("")
  }

  private detailsOf(event: number): number[] {
    return this.of("event")
      .filter((entry) => entry.event === event)
      .map(({ detail }) => detail)
  }

  get faults(): number[] {
    return this.detailsOf(EVENT_FAULT)
  }

  get testEnds(): number[] {
    return this.detailsOf(EVENT_TEST_ENDS)
  }

  get pauses(): number[] {
    return this.detailsOf(EVENT_PAUSED)
  }

  get resumes(): number {
    return this.detailsOf(EVENT_RESUMED).length
  }

  /** Times of all that has one, in the order in which it was told. */
  get times_ms(): number[] {
    return this.entries.flatMap((entry) => ("testTime_ms" in entry ? [entry.testTime_ms] : []))
  }
}
