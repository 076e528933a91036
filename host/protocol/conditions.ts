import * as table from "../../firmware/core/step"
import { ProtocolError } from "../errors"
import { cutoff_nA } from "./currents"
import { gotoIndex } from "./places"
import { areaOf, capacityOf, type Job, temperature_cdegC, voltage_uV, whole } from "./quantities"
import type { Step, StepOf, UntilEntry } from "./steps"
import type { Condition } from "./table"

/** Makes a value the table's. */
type Convert = (value: number, path: string, job: Job) => number

/** What a key of `until` compares, how its value becomes the table's, and what the value is per. */
interface Kind {
  quantity: number
  isAbove: boolean
  convert: Convert
  per?: (job: Job, path: string) => number
}

type Key = Exclude<keyof UntilEntry, "goto">

const above = (quantity: number, convert: Convert, per?: Kind["per"]): Kind => ({
  quantity,
  isAbove: true,
  convert,
  per,
})
const below = (quantity: number, convert: Convert, per?: Kind["per"]): Kind => ({
  quantity,
  isAbove: false,
  convert,
  per,
})

const scaled =
  (scale: number, unit: string): Convert =>
  (value, path) =>
    whole(value, scale, path, unit)
const time_ms = scaled(1000, "s")
const charge_nAh = scaled(1e6, "mAh")
const energy_nWh = scaled(1e6, "mWh")
const slope_nV_per_s = scaled(1e6 / 3600, "mV/h")
const cycles = scaled(1, "cycles")

const KINDS: { [key in Key]-?: Kind } = {
  time_s: above(table.QUANTITY_TIME, time_ms),
  voltage_above_V: above(table.QUANTITY_VOLTAGE, voltage_uV),
  voltage_below_V: below(table.QUANTITY_VOLTAGE, voltage_uV),
  capacity_mAh: above(table.QUANTITY_CHARGE, charge_nAh),
  areal_capacity_mAh_per_cm2: above(table.QUANTITY_CHARGE, charge_nAh, areaOf),
  energy_mWh: above(table.QUANTITY_ENERGY, energy_nWh),
  current_below_mA: below(table.QUANTITY_CURRENT, cutoff_nA),
  current_above_mA: above(table.QUANTITY_CURRENT, cutoff_nA),
  current_density_below_mA_per_cm2: below(table.QUANTITY_CURRENT, cutoff_nA, areaOf),
  rate_below_C: below(table.QUANTITY_CURRENT, cutoff_nA, capacityOf),
  voltage_rate_below_mV_per_h: below(table.QUANTITY_VOLTAGE_RATE, slope_nV_per_s),
  voltage_rate_above_mV_per_h: above(table.QUANTITY_VOLTAGE_RATE, slope_nV_per_s),
  temperature_above_degC: above(table.QUANTITY_TEMPERATURE, temperature_cdegC),
  temperature_below_degC: below(table.QUANTITY_TEMPERATURE, temperature_cdegC),
  cycle: above(table.QUANTITY_CYCLE, cycles),
}

/** The keys of a step that are cutoffs by themselves, as keys of `until`. */
export const SIMPLE: { readonly [key: string]: Key } = {
  until_time_s: "time_s",
  until_capacity_mAh: "capacity_mAh",
  until_areal_capacity_mAh_per_cm2: "areal_capacity_mAh_per_cm2",
  until_energy_mWh: "energy_mWh",
  until_current_mA: "current_below_mA",
  until_current_density_mA_per_cm2: "current_density_below_mA_per_cm2",
  until_rate_C: "rate_below_C",
  until_voltage_rate_mV_per_h: "voltage_rate_below_mV_per_h",
  until_temperature_degC: "temperature_above_degC",
}

/** A step that has conditions. */
type Ending = Exclude<Step, StepOf<"loop"> | StepOf<"tag">>

/**
 * What ends a step, in the order in which it is judged.
 * @param current_nA the set-point, whose sign says from where `until_voltage_V` is reached
 */
export function conditionsOf(
  step: Ending,
  path: string,
  current_nA: number,
  job: Job,
): Condition[] {
  const { problems } = job
  const conditions = (step.until ?? []).flatMap((entry, i) =>
    problems.attempt(() => entryConditions(entry, `${path}.until[${i}]`, job), []),
  )
  const add = (key: Key, value: number, name: string) =>
    conditions.push(...problems.attempt(() => [condition(key, value, `${path}.${name}`, job)], []))
  const values: { [key: string]: unknown } = step
  for (const [name, key] of Object.entries(SIMPLE)) {
    const value = values[name]
    if (typeof value === "number") add(key, value, name)
  }
  if ("until_voltage_V" in step && step.until_voltage_V !== undefined) {
    const key = current_nA > 0 ? "voltage_above_V" : "voltage_below_V"
    add(key, step.until_voltage_V, "until_voltage_V")
  }
  if (conditions.length > table.MAX_CONDITIONS)
    problems.all.push(
      new ProtocolError(
        path,
        `ends by ${conditions.length} conditions; a step holds ${table.MAX_CONDITIONS}.`,
      ),
    )
  return conditions
}

function entryConditions(entry: UntilEntry, path: string, job: Job): Condition[] {
  const conditions: Condition[] = []
  for (const key of Object.keys(KINDS) as Key[]) {
    const value = entry[key]
    if (value === undefined) continue
    conditions.push({ ...condition(key, value, `${path}.${key}`, job), isLinked: true })
  }
  const last = conditions[conditions.length - 1]
  last.isLinked = false
  if (entry.goto !== undefined) last.goTo = gotoIndex(entry.goto, `${path}.goto`, job)
  return conditions
}

function condition(key: Key, given: number, path: string, job: Job): Condition {
  const { quantity, isAbove, convert, per } = KINDS[key]
  const value = convert(per === undefined ? given : given * per(job, path), path, job)
  return { quantity, isAbove, isLinked: false, goTo: table.GOTO_NEXT, value }
}
