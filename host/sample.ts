import * as step from "../firmware/core/step"

/** What a step does, as the protocol calls it. */
export type SampleStepType =
  | "rest"
  | "constant_current"
  | "constant_voltage"
  | "cccv"
  | "pulse"
  | "scan"

/** By the number that the board has for it. */
export const STEP_TYPES: ReadonlyMap<number, SampleStepType> = new Map([
  [step.STEP_REST, "rest"],
  [step.STEP_CONSTANT_CURRENT, "constant_current"],
  [step.STEP_CONSTANT_VOLTAGE, "constant_voltage"],
  [step.STEP_CC_CV, "cccv"],
  [step.STEP_PULSE, "pulse"],
  [step.STEP_SCAN, "scan"],
])

/**
 * One record of a test as the board logged it, in SI units: what every analysis and export reads.
 * Nothing here is interpolated.
 */
export interface Sample {
  /** Test time: seconds since the test began, by the board's clock. */
  time_s: number
  /** When it was read, seconds since 1970 UTC; undefined when that boot of the board was never told. */
  unixTime_s: number | undefined
  voltage_V: number
  /** Positive charges the cell (plates lithium on the working electrode). */
  current_A: number
  /** Integral of the measured current since this step began, with the current's sign. */
  stepCharge_Ah: number
  /** Integral of measured voltage × current since this step began. */
  stepEnergy_Wh: number
  /** Of the board, to 0.1 °C; undefined when its thermometer had not answered. */
  temperature_degC: number | undefined
  /** 1-based cycle, counted by the board: one more at each pass of the outermost loop. */
  cycle: number
  /** 1-based count of the steps executed so far: unique within a test. */
  stepCount: number
  /** 0-based place of the step in the program. */
  stepIndex: number
  /** What the step does. */
  stepType: SampleStepType
  /** This record is the first, or the last, of its step. */
  isFirst: boolean
  isLast: boolean
  /** Read with nominal values, no calibration being in force. */
  isUncalibrated: boolean
}
