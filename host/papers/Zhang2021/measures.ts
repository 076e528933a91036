import { apparentExchangeCurrent } from "../../analysis/exchangeCurrent/tafel"
import { sweeps } from "../../analysis/voltammetry"
import { USUAL_CRITERIA } from "../../analysis/life/criterion"
import { cycleLife } from "../../analysis/life/cycleLife"
import { iterateHalfCycles } from "../../analysis/halfCycles"
import { type FirstPlating, firstPlating } from "../../analysis/firstPlating"
import { meanOf } from "../../analysis/mean"
import { rateCapability } from "../../analysis/rateCapability"
import { retentions } from "../../analysis/retention"
import { pulseResistances } from "../../analysis/resistance"
import { requireOf } from "../../cell"
import { resultOf, scaled } from "../common/results"
import { kneeAt } from "../common/series"
import type { Printed, RunResult } from "../paper"

/** Of lithium, as the paper takes it. */
export const LITHIUM_mAh_per_g = 3860

/** The temperature is not printed. */
const ROOM_degC = 25

/** A number that one run of this paper tells. */
export function of(
  name: string,
  read: (result: RunResult) => number | undefined,
): Printed["measure"] {
  return (results) => read(resultOf(results, { key: `Zhang2021/${name}` }))
}

/** Keys of this paper's runs. */
export const keys = (...names: string[]): string[] => names.map((name) => `Zhang2021/${name}`)

/**
 * Cycles, or hours, before the first of which η is over twice that of cycle 10; undefined while there is none.
 */
export function cyclesUntilRise(result: RunResult): number | undefined {
  return rise(result)?.cycles
}
export function hoursUntilRise(result: RunResult): number | undefined {
  return scaled(rise(result)?.life_s, 1 / 3600)
}
function rise(result: RunResult) {
  const life = cycleLife(result.cycles(), USUAL_CRITERIA.overpotentialGrowth)
  return life?.failed && life
}

/** Mean η of a staircase's step, counted from 0, mV. */
export const stepOverpotential_mV = (index: number) => (result: RunResult) =>
  scaled(rateCapability(result.cycles())[index]?.hysteresis_V, 500)

/** Mean discharge capacity of the cycles at one rate, the rates counted from 0, mAh g⁻¹. */
export const rateCapacity_mAh_per_g = (index: number) => (result: RunResult) =>
  scaled(
    rateCapability(result.cycles())[index]?.mean_mAh,
    1000 / requireOf(result.cell, "active_mass_mg", "mAh g⁻¹"),
  )

/** What each cycle loses of the first one's capacity, over the cycles up to `cycle`, %. */
export const decay_percent = (cycle: number) => (result: RunResult) =>
  scaled(retentions(result.cycles(), 1)?.find((one) => one.cycle === cycle)?.decayPerCycle, 100)

/** The cycle after which the capacity falls along a steeper line. */
export function kneeCycle(result: RunResult): number | undefined {
  const series = result
    .cycles()
    .flatMap(({ cycle, isChargeKnown, negative_mAh }) =>
      isChargeKnown ? [{ at: cycle, value: negative_mAh }] : [],
    )
  return kneeAt(series)
}

/** A number of the run's first plating, mV. */
export const plating_mV =
  (read: (plating: FirstPlating) => number | undefined) => (result: RunResult) => {
    const plating = firstPlating(iterateHalfCycles(result.records()))
    return plating && scaled(read(plating), 1000)
  }

/** Charge of the first plating per area, mAh cm⁻², and its mean current density, mA cm⁻². */
export function plated_mAh_per_cm2(result: RunResult): number | undefined {
  return result.cycles().at(0)?.plating?.arealCapacity_mAh_per_cm2
}
export function platingCurrent_mA_per_cm2(result: RunResult): number | undefined {
  const current_A = result.cycles().at(0)?.plating?.current_A
  return scaled(current_A, 1000 / requireOf(result.cell, "area_cm2", "mA cm⁻²"))
}

/**
 * Apparent exchange current density, mA cm⁻²: by a plain line from 100 to 190 mV of the terminals, mean of both
 * branches.
 */
export function apparentExchange_mA_per_cm2(result: RunResult): number | undefined {
  const [sweep] = sweeps(result.records())
  const area_cm2 = requireOf(result.cell, "area_cm2", "mA cm⁻²")
  const window = { from_V: 0.1, to_V: 0.19 }
  const ofBranch = (branch: 1 | -1) =>
    sweep &&
    apparentExchangeCurrent(
      sweep.records,
      { area_cm2, temperature_degC: ROOM_degC },
      { branch, ...window },
    )?.exchangeCurrent_mA_per_cm2
  return meanOf([ofBranch(1), ofBranch(-1)])
}

/** Before the last reading of a pulse of 10 s. */
const READ_AT_s = 9.5

/**
 * R_DC × area of the three pulses of `pulseSteps` along the half-cycle before, before cycling and after it; Ω cm².
 */
export const resistanceBefore_ohm_cm2 = (result: RunResult) => pulses_ohm_cm2(result, 0)
export const resistanceAfter_ohm_cm2 = (result: RunResult) => pulses_ohm_cm2(result, 6)
function pulses_ohm_cm2(result: RunResult, from: number): number | undefined {
  const area_cm2 = requireOf(result.cell, "area_cm2", "Ω cm²")
  const three = pulseResistances(result.records(), READ_AT_s).slice(from, from + 3)
  return scaled(meanOf(three.map((one) => one.resistance_ohm)), area_cm2)
}
