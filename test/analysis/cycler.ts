import type { Sample, SampleStepType } from "../../host/sample"
import type { Cell } from "../../sim/cells/cell"

/** What ends a step of `Cycler`, judged at every record. */
interface End {
  after_s?: number
  /** Reached from below by positive current, from above by negative. */
  until_V?: number
  /** |I| at or below this. */
  until_A?: number
}

/**
 * A cycler without errors, for real cell models: it knows the current, integrates it exactly, ends a
 * step to the microsecond and records as it is told.
 */
export class Cycler {
  readonly samples: Sample[] = []
  private time_s = 0
  private stepCount = 0

  constructor(private readonly cell: Cell) {}

  /** At constant current; a rest where that is 0. Records every `every_s`, as well as the end. */
  current(
    cycle: number,
    current_A: number,
    end: End,
    every_s: number,
    stepType: SampleStepType = current_A === 0 ? "rest" : "constant_current",
  ): void {
    this.run(cycle, () => current_A, end, every_s, stepType)
  }

  /** Sweeps the voltage; from record to record the current stands still. */
  scan(cycle: number, from_V: number, to_V: number, rate_V_per_s: number, every_s: number): void {
    const start_s = this.time_s
    const after_s = Math.abs(to_V - from_V) / rate_V_per_s
    const set_A = () => {
      const share = (this.time_s - start_s) / after_s
      return this.currentAt(from_V + share * (to_V - from_V), -1, 1)
    }
    this.run(cycle, set_A, { after_s }, every_s, "scan")
  }

  /** At constant current up to a voltage, which is then held until the current has fallen. */
  currentThenVoltage(cycle: number, current_A: number, hold_V: number, until_A: number): void {
    const held_A = () => this.currentAt(hold_V, Math.min(0, current_A), Math.max(0, current_A))
    this.run(cycle, held_A, { until_A }, 1, "cccv")
  }

  /** The current at which the cell has a voltage, or the nearer end of the range. */
  private currentAt(voltage_V: number, from_A: number, to_A: number): number {
    let [low_A, high_A] = [from_A, to_A]
    for (let k = 0; k < 60; k++) {
      const middle_A = (low_A + high_A) / 2
      if (this.cell.voltage_V(middle_A) < voltage_V) low_A = middle_A
      else high_A = middle_A
    }
    return (low_A + high_A) / 2
  }

  private run(
    cycle: number,
    current_A: () => number,
    end: End,
    every_s: number,
    stepType: SampleStepType,
  ): void {
    const { cell, samples } = this
    this.stepCount++
    const place = { cycle, stepCount: this.stepCount, stepIndex: this.stepCount - 1, stepType }
    const start_s = this.time_s
    const start_C = cell.charge_C
    const record = (isFirst: boolean, isLast: boolean, now_A: number) =>
      samples.push({
        ...place,
        time_s: this.time_s,
        unixTime_s: undefined,
        voltage_V: cell.voltage_V(now_A),
        current_A: now_A,
        stepCharge_Ah: (cell.charge_C - start_C) / 3600,
        stepEnergy_Wh: 0,
        temperature_degC: undefined,
        isFirst,
        isLast,
        isUncalibrated: false,
      })
    record(true, false, current_A())
    while (true) {
      if (this.time_s - start_s > 1e6) throw new Error("The step does not end.")
      const now_A = current_A()
      const left_s = start_s + (end.after_s ?? Number.POSITIVE_INFINITY) - this.time_s
      let step_s = Math.min(every_s, left_s)
      let isOver = left_s <= every_s || Math.abs(now_A) <= (end.until_A ?? -1)
      if (end.until_V !== undefined) {
        const cut_s = this.timeTo_s(end.until_V, now_A, step_s)
        isOver = isOver || cut_s < step_s
        step_s = cut_s
      }
      cell.advance(now_A, step_s)
      this.time_s += step_s
      record(false, isOver, now_A)
      if (isOver) return
    }
  }

  /** When within the next `step_s` a voltage is reached; `step_s` when it is not. */
  private timeTo_s(until_V: number, current_A: number, step_s: number): number {
    const sign = Math.sign(current_A)
    const isReachedAfter = (after_s: number) => {
      const copy = Object.assign(Object.create(Object.getPrototypeOf(this.cell)), this.cell)
      copy.advance(current_A, after_s)
      return sign * (copy.voltage_V(current_A) - until_V) >= 0
    }
    if (!isReachedAfter(step_s)) return step_s
    let [early_s, late_s] = [0, step_s]
    while (late_s - early_s > 1e-6) {
      const middle_s = (early_s + late_s) / 2
      if (isReachedAfter(middle_s)) late_s = middle_s
      else early_s = middle_s
    }
    return late_s
  }
}
