import { RECORD_FIRST, RECORD_LAST } from "../../firmware/core/logFormat"
import { LogError } from "../errors"
import type { Records } from "../records"
import { STEP_TYPES } from "../sample"
import type { BootClock } from "./clock"
import type { Context, Points } from "./recordReader"

/** Records that one batch holds at most. */
export const MOST_RECORDS = 65_536

/** A batch of records while it fills. */
export class Columns {
  length = 0
  private step: Omit<Context, "ahead_ms" | "temperature_degC"> | undefined
  private hasFirst = false
  private hasLast = false
  private kept: Records["kept"]
  private readonly time_s = new Float64Array(MOST_RECORDS)
  private readonly unixTime_s = new Float64Array(MOST_RECORDS)
  private readonly voltage_V = new Float64Array(MOST_RECORDS)
  private readonly current_A = new Float64Array(MOST_RECORDS)
  private readonly stepCharge_Ah = new Float64Array(MOST_RECORDS)
  private readonly stepEnergy_Wh = new Float64Array(MOST_RECORDS)
  private readonly temperature_degC = new Float64Array(MOST_RECORDS)

  /** Whether points `from` … `to` (not counted) may stand in one batch with what is here. */
  takes(points: Points, from: number, to: number, context: Context): boolean {
    const { step } = this
    if (step === undefined) return true
    return (
      !this.hasLast &&
      points.kind[from] !== RECORD_FIRST &&
      this.length + to - from <= MOST_RECORDS &&
      step.stepCount === context.stepCount &&
      step.stepIndex === context.stepIndex &&
      step.stepType === context.stepType &&
      step.cycle === context.cycle &&
      step.isUncalibrated === context.isUncalibrated
    )
  }

  /** Adds them, of which only the first may be the first of its step, and only the last the last. */
  add(points: Points, from: number, to: number, context: Context, clock: BootClock): void {
    if (this.step === undefined) {
      const { stepCount, stepIndex, stepType, cycle, isUncalibrated } = context
      this.step = { stepCount, stepIndex, stepType, cycle, isUncalibrated }
      this.hasFirst = points.kind[from] === RECORD_FIRST
    }
    this.hasLast = points.kind[to - 1] === RECORD_LAST
    this.kept = undefined
    const {
      time_s,
      unixTime_s,
      voltage_V,
      current_A,
      stepCharge_Ah,
      stepEnergy_Wh,
      temperature_degC,
    } = this
    const degC = context.temperature_degC ?? Number.NaN
    let at = this.length
    clock.putUnix_s(unixTime_s, at, points.time_ms, from, to, context.ahead_ms)
    for (let i = from; i < to; i++) {
      time_s[at] = points.time_ms[i] / 1000
      voltage_V[at] = points.voltage_uV[i] / 1e6
      current_A[at] = points.current_nA[i] / 1e9
      stepCharge_Ah[at] = points.stepCharge_nAh[i] / 1e9
      stepEnergy_Wh[at] = points.stepEnergy_nWh[i] / 1e9
      temperature_degC[at] = degC
      at++
    }
    this.length = at
  }

  /** Notes what the board kept of the step through a restart. Whatever point of it follows knows better. */
  keep(charge_nAh: number, energy_nWh: number, { stepCount }: Context): void {
    if (this.step?.stepCount !== stepCount) return
    this.kept = { charge_Ah: charge_nAh / 1e9, energy_Wh: energy_nWh / 1e9 }
  }

  /**
   * What is here, as a batch of its own; empties this.
   * @throws LogError when the step is of a type that this program does not know
   */
  take(): Records | undefined {
    const { step, length, hasFirst, hasLast, kept } = this
    if (step === undefined) return undefined
    const stepType = STEP_TYPES.get(step.stepType)
    if (stepType === undefined)
      throw new LogError(`The log holds a step of type ${step.stepType}, which is not known here.`)
    const buffer = new Float64Array(7 * length)
    let at = 0
    const own = (column: Float64Array) => {
      buffer.set(column.subarray(0, length), at)
      at += length
      return buffer.subarray(at - length, at)
    }
    this.step = undefined
    this.length = 0
    this.hasLast = false
    this.kept = undefined
    return {
      ...step,
      stepType,
      hasFirst,
      hasLast,
      ...(kept === undefined ? {} : { kept }),
      length,
      time_s: own(this.time_s),
      unixTime_s: own(this.unixTime_s),
      voltage_V: own(this.voltage_V),
      current_A: own(this.current_A),
      stepCharge_Ah: own(this.stepCharge_Ah),
      stepEnergy_Wh: own(this.stepEnergy_Wh),
      temperature_degC: own(this.temperature_degC),
    }
  }
}
