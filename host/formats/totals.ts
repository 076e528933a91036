import type { Records } from "../records"

/**
 * Charges and energies are summed as whole pAh and pWh, so that sums and differences of the written columns
 * hold to the last digit; doubles count them exactly up to 9000 Ah.
 */
const PICO = 1e12

/** Charge and energy that passed in each direction, as whole pAh and pWh. */
export interface Passed {
  charging_pAh: number
  discharging_pAh: number
  charging_pWh: number
  discharging_pWh: number
}

/** A batch of records, and what only those before it tell. */
export interface Rows {
  readonly records: Records
  /** Of the first record here: how many records of the test, and of the step, came with it. */
  readonly recordIndex: number
  readonly stepRecordIndex: number
  /** Test time at which the step began; NaN when the log does not say. */
  readonly stepStart_s: number
  /** Which way the step's current flows: 1 charges, −1 discharges, 0 while nothing has flowed. */
  readonly direction: 1 | -1 | 0
  /** Passed since the test began, up to and with each record. */
  readonly charging_pAh: Float64Array
  readonly discharging_pAh: Float64Array
  readonly charging_pWh: Float64Array
  readonly discharging_pWh: Float64Array
  /** What of that had passed when the step, and the cycle, began. */
  readonly beforeStep: Passed
  readonly beforeCycle: Passed
}

/**
 * Sums of one test over its batches of records, which must come in order.
 *
 * They follow the board's own integrals, and go on from them where records are missing. Charge that flowed
 * between the last record seen of a step and its true end is not invented: a truncated log gives truncated
 * sums. A rest adds nothing, so that the offset of the current reading does not pile up while the relay is
 * open. Energy is counted by the sign of the power, as BDF defines it: what a cell takes up is charging energy,
 * also while lithium is stripped at a negative voltage.
 */
export class Totals {
  private records = 0
  private stepRecords = 0
  private stepCount: number | undefined
  private cycle: number | undefined
  private stepStart_s = 0
  private direction: Rows["direction"] = 0
  /** When the step before ended; NaN while its last record is missing. */
  private stepEnd_s = Number.NaN
  private charge_pAh = 0
  private energy_pWh = 0
  private readonly sum: Passed = nothing()
  private beforeStep: Passed = nothing()
  private beforeCycle: Passed = nothing()

  /** Takes the next batch. The rows' arrays are their own. */
  next(records: Records): Rows {
    if (records.cycle !== this.cycle) this.beforeCycle = { ...this.sum }
    this.cycle = records.cycle
    if (records.stepCount !== this.stepCount) this.beginStep(records)
    if (this.direction === 0) this.direction = directionOf(records)
    const rows = {
      records,
      recordIndex: this.records + 1,
      stepRecordIndex: this.stepRecords + 1,
      stepStart_s: this.stepStart_s,
      direction: this.direction,
      ...this.add(records),
      beforeStep: this.beforeStep,
      beforeCycle: this.beforeCycle,
    }
    this.records += records.length
    this.stepRecords += records.length
    this.stepEnd_s = records.hasLast ? records.time_s[records.length - 1] : Number.NaN
    return rows
  }

  private beginStep({ stepCount, hasFirst }: Records): void {
    // A step begins when the one before it ends, and test time with the first.
    const end_s =
      stepCount === 1 ? 0 : stepCount - 1 === this.stepCount ? this.stepEnd_s : Number.NaN
    this.stepStart_s = hasFirst ? end_s : Number.NaN
    this.stepCount = stepCount
    this.stepRecords = 0
    this.direction = 0
    this.charge_pAh = 0
    this.energy_pWh = 0
    this.beforeStep = { ...this.sum }
  }

  private add({ length, stepType, stepCharge_Ah, stepEnergy_Wh }: Records) {
    const charging_pAh = new Float64Array(length).fill(this.sum.charging_pAh)
    const discharging_pAh = new Float64Array(length).fill(this.sum.discharging_pAh)
    const charging_pWh = new Float64Array(length).fill(this.sum.charging_pWh)
    const discharging_pWh = new Float64Array(length).fill(this.sum.discharging_pWh)
    if (stepType !== "rest") {
      this.charge_pAh = split(stepCharge_Ah, length, this.charge_pAh, charging_pAh, discharging_pAh)
      this.energy_pWh = split(stepEnergy_Wh, length, this.energy_pWh, charging_pWh, discharging_pWh)
      this.sum.charging_pAh = charging_pAh[length - 1]
      this.sum.discharging_pAh = discharging_pAh[length - 1]
      this.sum.charging_pWh = charging_pWh[length - 1]
      this.sum.discharging_pWh = discharging_pWh[length - 1]
    }
    return { charging_pAh, discharging_pAh, charging_pWh, discharging_pWh }
  }
}

/**
 * Adds the increments of an integral to the running sums, by their sign. Both arrays must hold the sums before.
 * @returns where the integral stands then, in whole parts
 */
function split(
  integral: Float64Array,
  length: number,
  before: number,
  up: Float64Array,
  down: Float64Array,
): number {
  let at = before
  let raised = up[0]
  let lowered = down[0]
  for (let i = 0; i < length; i++) {
    const now = Math.round(integral[i] * PICO)
    if (now > at) raised += now - at
    else lowered += at - now
    at = now
    up[i] = raised
    down[i] = lowered
  }
  return at
}

/**
 * By the first record that shows it, from the second one on: a step's first record can still show the current
 * of the step before. The charge speaks before the current.
 */
function directionOf({ length, hasFirst, stepCharge_Ah, current_A }: Records): Rows["direction"] {
  for (let i = hasFirst && length > 1 ? 1 : 0; i < length; i++) {
    const sign = Math.sign(stepCharge_Ah[i]) || Math.sign(current_A[i])
    if (sign !== 0) return sign > 0 ? 1 : -1
  }
  return 0
}

function nothing(): Passed {
  return { charging_pAh: 0, discharging_pAh: 0, charging_pWh: 0, discharging_pWh: 0 }
}
