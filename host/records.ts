import type { Sample, SampleStepType } from "./sample"

/**
 * Records of one executed step as columns, in order of time: what every analysis and export reads, some
 * thousands at once, so that a test of millions of records takes neither long nor memory. All that a
 * `Sample` has, in SI units; what the board did not know is NaN. Nothing here is interpolated.
 */
export interface Records {
  /** 1-based cycle, counted by the board. */
  readonly cycle: number
  /** 1-based count of the steps executed so far: unique within a test. */
  readonly stepCount: number
  /** 0-based place of the step in the program. */
  readonly stepIndex: number
  readonly stepType: SampleStepType
  /** Read with nominal values, no calibration being in force. */
  readonly isUncalibrated: boolean
  /** These begin, or end, with the first, or the last, record of the step. */
  readonly hasFirst: boolean
  readonly hasLast: boolean
  /**
   * What had passed in the step by the board's memory, when the board started anew behind the last record here;
   * undefined where it did not, or said nothing of it.
   */
  readonly kept?: { charge_Ah: number; energy_Wh: number }
  /** Records here, and entries in each column. */
  readonly length: number
  /** Test time, s. */
  readonly time_s: Float64Array
  /** UTC, s since 1970; NaN when that boot of the board was never told. */
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
}

/** The records of a batch one by one. */
export function* samplesOf(records: Records): Generator<Sample> {
  const { cycle, stepCount, stepIndex, stepType, isUncalibrated, length } = records
  for (let i = 0; i < length; i++)
    yield {
      time_s: records.time_s[i],
      unixTime_s: known(records.unixTime_s[i]),
      voltage_V: records.voltage_V[i],
      current_A: records.current_A[i],
      stepCharge_Ah: records.stepCharge_Ah[i],
      stepEnergy_Wh: records.stepEnergy_Wh[i],
      temperature_degC: known(records.temperature_degC[i]),
      cycle,
      stepCount,
      stepIndex,
      stepType,
      isFirst: records.hasFirst && i === 0,
      isLast: records.hasLast && i === length - 1,
      isUncalibrated,
    }
}

function known(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value
}
