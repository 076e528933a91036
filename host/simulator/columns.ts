import type { Records } from "../records"
import type { SampleStepType } from "../sample"

/** All records of a test as columns of one length, in order of time. Nothing is interpolated. */
export interface RecordColumns {
  readonly length: number
  /** Test time, s. */
  readonly time_s: Float64Array
  /** UTC, s since 1970. A simulated board's calendar begins with 2026. */
  readonly unixTime_s: Float64Array
  readonly voltage_V: Float64Array
  /** Positive charges the cell. */
  readonly current_A: Float64Array
  /** Integral of the measured current since the step began. */
  readonly stepCharge_Ah: Float64Array
  /** Integral of measured voltage × current since the step began. */
  readonly stepEnergy_Wh: Float64Array
  /** Of the board; NaN when its thermometer had not answered. */
  readonly temperature_degC: Float64Array
  /** 1-based cycle, counted by the board. */
  readonly cycle: Uint32Array
  /** 1-based count of the steps executed so far: unique within a test. */
  readonly stepCount: Uint32Array
  /** 0-based place of the step in the program. */
  readonly stepIndex: Uint16Array
  readonly stepType: readonly SampleStepType[]
}

type Measured = {
  [Key in keyof RecordColumns]: RecordColumns[Key] extends Float64Array ? Key : never
}[keyof RecordColumns]

/** Batches of records, as the log's reader gives them, end to end. */
export function columnsOf(batches: readonly Records[]): RecordColumns {
  const length = batches.reduce((sum, batch) => sum + batch.length, 0)
  const measured = (key: Measured) => {
    const column = new Float64Array(length)
    let at = 0
    for (const batch of batches) {
      column.set(batch[key], at)
      at += batch.length
    }
    return column
  }
  const counted = <Column extends Uint32Array | Uint16Array>(
    column: Column,
    key: "cycle" | "stepCount" | "stepIndex",
  ) => {
    let at = 0
    for (const batch of batches) {
      column.fill(batch[key], at, at + batch.length)
      at += batch.length
    }
    return column
  }
  return {
    length,
    time_s: measured("time_s"),
    unixTime_s: measured("unixTime_s"),
    voltage_V: measured("voltage_V"),
    current_A: measured("current_A"),
    stepCharge_Ah: measured("stepCharge_Ah"),
    stepEnergy_Wh: measured("stepEnergy_Wh"),
    temperature_degC: measured("temperature_degC"),
    cycle: counted(new Uint32Array(length), "cycle"),
    stepCount: counted(new Uint32Array(length), "stepCount"),
    stepIndex: counted(new Uint16Array(length), "stepIndex"),
    stepType: batches.flatMap((batch) =>
      new Array<SampleStepType>(batch.length).fill(batch.stepType),
    ),
  }
}
