import type { Sample } from "../sample"
import { type HalfCycle, iterateHalfCycles } from "./halfCycles"
import { type Nucleation, type NucleationOptions, nucleation } from "./nucleation"
import { hysteresis_V, overpotential_V } from "./overpotential"

/** One direction of one cycle. What could not be computed is undefined. */
export interface HalfCycleRow {
  /** All that passed in this direction in the cycle, by the board's integral. */
  charge_mAh: number
  arealCapacity_mAh_per_cm2: number
  /** η: mean |V| over the middle half. */
  overpotential_V: number | undefined
  /** |V_tip|, |V_plateau| and their difference. */
  nucleation: Nucleation | undefined
  end_V: number | undefined
  duration_s: number
  /** Every step of this direction has its first and its last record. */
  complete: boolean
}

export interface CycleRow {
  cycle: number
  plating: HalfCycleRow | undefined
  stripping: HalfCycleRow | undefined
  /** 2η = V̄₊ − V̄₋. */
  hysteresis_V: number | undefined
  /** Time under current, both directions; rests not counted. */
  duration_s: number
  /** Both directions are here and complete; false for the cycle that is still running. */
  complete: boolean
}

export interface CycleTableOptions extends NucleationOptions {
  /** Area of the working electrode, which no default could stand for. */
  area_cm2: number
}

/**
 * One row per cycle of one test. Charges (mAh, and mAh per cm² of `area_cm2`) are sums over all that
 * passed in a direction, whatever kind of step drove it; voltages come from the constant-current step
 * of that direction that passed most charge, or where there is none from the step that did, so that a
 * pulse or a hold at the end does not displace the main step. Definitions and their sources
 * stand at `overpotential_V`, `hysteresis_V` and `nucleation`.
 * @throws RangeError when the area is not a positive number
 */
export function cycleTable(samples: Iterable<Sample>, options: CycleTableOptions): CycleRow[] {
  if (!(options.area_cm2 > 0) || !Number.isFinite(options.area_cm2))
    throw new RangeError(
      `area_cm2 is ${options.area_cm2}: give the electrode's area in cm², 1.539 for a 14 mm disc.`,
    )
  const rows: CycleRow[] = []
  let halves: HalfCycle[] = []
  for (const half of iterateHalfCycles(samples)) {
    if (halves.length > 0 && halves[0].cycle !== half.cycle) {
      rows.push(cycleRow(halves, options))
      halves = []
    }
    halves.push(half)
  }
  if (halves.length > 0) rows.push(cycleRow(halves, options))
  return rows
}

function cycleRow(halves: HalfCycle[], options: CycleTableOptions): CycleRow {
  const platings = halves.filter((half) => half.sign > 0)
  const strippings = halves.filter((half) => half.sign < 0)
  const both = platings.length > 0 && strippings.length > 0
  return {
    cycle: halves[0].cycle,
    plating: halfCycleRow(platings, strippings, options),
    stripping: halfCycleRow(strippings, platings, options),
    hysteresis_V: both ? hysteresis_V(main(platings), main(strippings)) : undefined,
    duration_s: sum(halves.map((half) => half.duration_s)),
    complete: both && halves.every((half) => half.complete),
  }
}

function halfCycleRow(
  halves: HalfCycle[],
  opposite: HalfCycle[],
  options: CycleTableOptions,
): HalfCycleRow | undefined {
  if (halves.length === 0) return undefined
  const turned_Ah = sum(opposite.map((half) => half.reverseCharge_Ah))
  const charge_mAh = 1000 * (sum(halves.map((half) => half.charge_Ah)) + turned_Ah)
  return {
    charge_mAh,
    arealCapacity_mAh_per_cm2: charge_mAh / options.area_cm2,
    overpotential_V: overpotential_V(main(halves)),
    nucleation: nucleation(main(halves), options),
    end_V: main(halves).end_V,
    duration_s: sum(halves.map((half) => half.duration_s)),
    complete: halves.every((half) => half.complete),
  }
}

function main(halves: HalfCycle[]): HalfCycle {
  const steady = halves.filter((half) => half.stepType === "constant_current")
  const candidates = steady.length > 0 ? steady : halves
  return candidates.reduce((most, half) => (half.charge_Ah > most.charge_Ah ? half : most))
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
