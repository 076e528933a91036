/**
 * One record of a test as the board logged it, in SI units: what every analysis and export reads.
 * Nothing here is interpolated.
 */
export interface Sample {
  /** Test time: seconds since the test began, by the board's clock. */
  time_s: number
  voltage_V: number
  /** Positive charges the cell (plates lithium on the working electrode). */
  current_A: number
  /** Integral of the measured current since this step began, with the current's sign. */
  stepCharge_Ah: number
  /** Integral of measured voltage × current since this step began. */
  stepEnergy_Wh: number
  /** 1-based cycle, counted by the board: one more at each pass of the outermost loop. */
  cycle: number
  /** 1-based count of the steps executed so far: unique within a test. */
  stepCount: number
  /** 0-based place of the step in the program. */
  stepIndex: number
  /** What the step does. */
  stepType: "constant_current" | "rest"
  /** This record is the first, or the last, of its step. */
  isFirst: boolean
  isLast: boolean
}
