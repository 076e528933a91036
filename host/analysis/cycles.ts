import type { Records } from "../records"
import { meanCurrent_A } from "./halfCycles"
import { type Cycle, type CycleCharges, type Direction, iterateCycles } from "./iterateCycles"
import { mediumVoltage_V } from "./mediumVoltage"
import { type Nucleation, type NucleationOptions, nucleation } from "./nucleation"
import { highestVoltage_V, hysteresis_V, overpotential_V } from "./overpotential"

/** One direction of one cycle. What could not be computed is undefined. */
export interface HalfCycleRow {
  /** All that passed in this direction in the cycle, by the board's integral. */
  charge_mAh: number
  /** Undefined where no area was given. */
  arealCapacity_mAh_per_cm2: number | undefined
  /** Integral of voltage × |current|: below 0 where the voltage was. */
  energy_Wh: number
  /** Energy ÷ charge. */
  mean_V: number | undefined
  /** Voltage when half of the charge of the step whose voltages count had passed. */
  medium_V: number | undefined
  /** Of that step: mean |current|, charge ÷ time. */
  current_A: number | undefined
  /** Of that step: largest |V|, of the records whose voltage had the current's sign; undefined without one. */
  highest_V: number | undefined
  /** η: mean |V| over the middle half. */
  overpotential_V: number | undefined
  /** |V_tip|, |V_plateau| and their difference. */
  nucleation: Nucleation | undefined
  end_V: number | undefined
  duration_s: number
  /** Every step of this direction has its first and its last record. */
  complete: boolean
}

/** A cycle; of its charges, `strippedOverPlated` and `dischargeOverCharge` make Coulombic efficiencies. */
export interface CycleRow extends CycleCharges {
  plating: HalfCycleRow | undefined
  stripping: HalfCycleRow | undefined
  /** 2η = V̄₊ − V̄₋. */
  hysteresis_V: number | undefined
  /** Test time at which the first current of the cycle began, and the last one ended. */
  start_s: number
  end_s: number
  /** Time under current, both directions; rests not counted. */
  duration_s: number
  /** Both directions are here and complete; false for the cycle that is still running. */
  complete: boolean
}

export interface CycleTableOptions extends NucleationOptions {
  /** Area of the working electrode, which no default could stand for. */
  area_cm2?: number
}

/** One row per cycle of one test, all at once: see `cycleRows`. */
export function cycleTable(records: Iterable<Records>, options?: CycleTableOptions): CycleRow[] {
  return [...cycleRows(records, options)]
}

/**
 * One row per cycle of one test that drove a current, in a single pass over its records. Charges (mAh, and mAh
 * per cm² of `area_cm2`) and energies are sums over all that passed in a direction, whatever kind of step drove
 * it; voltages come from the constant-current step of that direction that passed most charge, or where there is
 * none from the step that did, so that a pulse or a hold at the end does not displace the main step. Definitions
 * and their sources stand at `overpotential_V`, `hysteresis_V` and `nucleation`.
 * @throws RangeError when the area is not a positive number
 */
export function* cycleRows(
  records: Iterable<Records>,
  options: CycleTableOptions = {},
): Generator<CycleRow> {
  const { area_cm2 } = options
  if (area_cm2 !== undefined && !(area_cm2 > 0 && Number.isFinite(area_cm2)))
    throw new RangeError(
      `area_cm2 is ${area_cm2}: give the electrode's area in cm², 1.539 for a 14 mm disc.`,
    )
  for (const cycle of iterateCycles(records))
    if (cycle.positive.main !== undefined || cycle.negative.main !== undefined)
      yield cycleRow(cycle, options)
}

function cycleRow(cycle: Cycle, options: CycleTableOptions): CycleRow {
  const { positive, negative } = cycle
  const areBoth = positive.main !== undefined && negative.main !== undefined
  return {
    ...cycle.charges(),
    plating: halfCycleRow(positive, options),
    stripping: halfCycleRow(negative, options),
    hysteresis_V: positive.main && negative.main && hysteresis_V(positive.main, negative.main),
    start_s: cycle.start_s,
    end_s: cycle.end_s,
    duration_s: positive.duration_s + negative.duration_s,
    complete: areBoth && positive.complete && negative.complete,
  }
}

function halfCycleRow(
  { main, charge_Ah, energy_Wh, duration_s, complete }: Direction,
  options: CycleTableOptions,
): HalfCycleRow | undefined {
  if (main === undefined) return undefined
  const charge_mAh = 1000 * charge_Ah
  return {
    charge_mAh,
    arealCapacity_mAh_per_cm2: options.area_cm2 && charge_mAh / options.area_cm2,
    energy_Wh,
    mean_V: charge_Ah > 0 ? energy_Wh / charge_Ah : undefined,
    medium_V: mediumVoltage_V(main),
    current_A: meanCurrent_A(main),
    highest_V: highestVoltage_V(main),
    overpotential_V: overpotential_V(main),
    nucleation: nucleation(main, options),
    end_V: main.end_V,
    duration_s,
    complete,
  }
}
