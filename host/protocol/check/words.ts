import { platingSign } from "../../cell"
import { SIMPLE } from "../conditions"
import type { Job } from "../quantities"
import type { RecordRule, Step, StepOf, UntilEntry } from "../steps"
import type { TableStep } from "../table"
import { joined, number, rate, time } from "./numbers"

type Key = Exclude<keyof UntilEntry, "goto">
type Term = [key: Key, value: number]

/** Things that end a step together, and where that leads. */
interface End {
  terms: Term[]
  goto?: string | number
}

/** A step that is in the table and is neither a loop nor a tag. */
export type Said = Exclude<Step, StepOf<"loop"> | StepOf<"tag">>

/** What a step does to this cell, as a chemist would say it. */
export function stepText(step: Said, { current_nA }: TableStep, job: Job): string {
  const current_mA = current_nA / 1e6
  const untilText = untilWords(step, current_mA, job)
  switch (step.step) {
    case "open_circuit_voltage":
      return isOnlyTime(step) ? `Rest for ${time(step.until_time_s ?? 0)}` : `Rest${untilText}`
    case "constant_current":
      return `${verb(current_mA, job)} at ${currentText(step, current_mA, job)}${untilText}`
    case "pulse":
      return `Pulse: ${verb(current_mA, job).toLowerCase()} at ${currentText(step, current_mA, job)}${untilText}, every reading recorded`
    case "constant_voltage":
      return `Hold ${number(step.voltage_V)} V with at most ${number(current_mA)} mA${untilText}`
    case "constant_current_constant_voltage":
      return `${verb(current_mA, job)} at ${currentText(step, current_mA, job)} to ${number(step.voltage_V)} V, then hold it${untilText}`
    case "voltage_scan":
      return (
        `Scan from ${number(step.start_voltage_V)} to ${number(step.end_voltage_V)} V at ` +
        `${number(step.scan_rate_mV_per_s)} mV s⁻¹ with at most ${number(current_mA)} mA${untilText}`
      )
    case "jump":
      return `Look${untilText.replace(" until", ":")}, else on`
  }
}

function isOnlyTime(step: Said): boolean {
  const ends = endsOf(step, 0)
  return (
    ends.length === 1 &&
    ends[0].terms.length === 1 &&
    ends[0].terms[0][0] === "time_s" &&
    "until_time_s" in step &&
    step.until_time_s !== undefined
  )
}

/** What a current of this sign does to this cell. */
export function verb(
  current_mA: number,
  { cell }: Job,
): "Plate" | "Strip" | "Charge" | "Discharge" {
  const sign = platingSign(cell)
  if (sign === undefined) return current_mA > 0 ? "Charge" : "Discharge"
  return current_mA * sign > 0 ? "Plate" : "Strip"
}

interface CurrentKeys {
  current_density_mA_per_cm2?: number
  rate_C?: number
}

/** A current as it was given, and in brackets in the other units that are known. */
function currentText(given: CurrentKeys, signed_mA: number, job: Job): string {
  const { cell, protocol } = job
  const current_mA = Math.abs(signed_mA)
  const capacity_mAh = cell.capacity_mAh ?? protocol.sample?.capacity_mAh
  const isGivenPerArea = given.current_density_mA_per_cm2 !== undefined
  const absolute = `${number(current_mA)} mA`
  const perArea =
    cell.area_cm2 === undefined ? undefined : `${number(current_mA / cell.area_cm2)} mA cm⁻²`
  const perCapacity = capacity_mAh === undefined ? undefined : rate(current_mA / capacity_mAh)
  const all = isGivenPerArea
    ? [perArea, absolute, perCapacity]
    : given.rate_C !== undefined
      ? [perCapacity, absolute, perArea]
      : [absolute, perArea, perCapacity]
  return withOthers(all.filter((text) => text !== undefined))
}

function withOthers([first, ...others]: string[]): string {
  return others.length === 0 ? first : `${first} (${others.join(", ")})`
}

/** What ends a step, in the order in which it is judged. */
export function endsOf(step: Said, current_mA: number): End[] {
  const ends: End[] = (step.until ?? []).map(({ goto, ...keys }) => ({
    terms: Object.entries(keys).filter(([, value]) => value !== undefined) as Term[],
    goto,
  }))
  const values: { [key: string]: unknown } = step
  for (const [name, key] of Object.entries(SIMPLE))
    if (typeof values[name] === "number") ends.push({ terms: [[key, values[name]]] })
  if ("until_voltage_V" in step && step.until_voltage_V !== undefined)
    ends.push({
      terms: [[current_mA > 0 ? "voltage_above_V" : "voltage_below_V", step.until_voltage_V]],
    })
  return ends
}

function untilWords(step: Said, current_mA: number, job: Job): string {
  const ends = endsOf(step, current_mA)
  if (ends.length === 0) return ""
  const isConstant = step.step === "constant_current" || step.step === "pulse"
  const words = ends.map(({ terms, goto }) => {
    const all = terms.map(([key, value]) => termText(key, value, isConstant ? current_mA : 0, job))
    return `${joined(all, "and")}${goto === undefined ? "" : ` → ${placeText(goto, job)}`}`
  })
  return ` until ${joined(words, "or")}`
}

function placeText(place: string | number, { protocol }: Job): string {
  if (place === "end") return "the end"
  const entry = protocol.method.findIndex(
    (step, i) => (step.step === "tag" && step.tag === place) || i + 1 === place,
  )
  const target = protocol.method.findIndex((step, i) => i >= entry && step.step !== "tag")
  return target < 0 ? "the end" : `step ${target + 1}`
}

/** @param constant_mA the current, where it is constant, else 0 */
function termText(key: Key, value: number, constant_mA: number, { cell, protocol }: Job): string {
  const about = (capacity_mAh: number) =>
    constant_mA === 0 ? [] : [`about ${time((capacity_mAh / Math.abs(constant_mA)) * 3600)}`]
  const area_cm2 = cell.area_cm2 ?? Number.NaN
  const capacity_mAh = cell.capacity_mAh ?? protocol.sample?.capacity_mAh ?? Number.NaN
  switch (key) {
    case "time_s":
      return time(value)
    case "voltage_above_V":
      return `V ≥ ${number(value)} V`
    case "voltage_below_V":
      return `V ≤ ${number(value)} V`
    case "capacity_mAh":
      return withOthers([`${number(value)} mAh`, ...about(value)])
    case "areal_capacity_mAh_per_cm2": {
      const total_mAh = value * area_cm2
      return withOthers([
        `${number(value)} mAh cm⁻²`,
        `${number(total_mAh)} mAh`,
        ...about(total_mAh),
      ])
    }
    case "energy_mWh":
      return `${number(value)} mWh`
    case "current_below_mA":
      return `|I| ≤ ${number(Math.abs(value))} mA`
    case "current_above_mA":
      return `|I| ≥ ${number(Math.abs(value))} mA`
    case "current_density_below_mA_per_cm2":
      return `|I| ≤ ${number(Math.abs(value))} mA cm⁻² (${number(Math.abs(value) * area_cm2)} mA)`
    case "rate_below_C":
      return `|I| ≤ ${rate(value)} (${number(Math.abs(value) * capacity_mAh)} mA)`
    case "voltage_rate_below_mV_per_h":
      return `|dV/dt| ≤ ${number(value)} mV/h`
    case "voltage_rate_above_mV_per_h":
      return `|dV/dt| ≥ ${number(value)} mV/h`
    case "temperature_above_degC":
      return `board ≥ ${number(value)} °C`
    case "temperature_below_degC":
      return `board ≤ ${number(value)} °C`
    case "cycle":
      return `cycle ≥ ${number(value)}`
  }
}

/** "each 10 s, 1 mV or 0.1 mA, and every reading of the first 10 s". */
export function recordText({ time_s, voltage_V, current_mA, burst_s }: RecordRule): string {
  const rules = [
    ...(time_s === undefined ? [] : [time(time_s)]),
    ...(voltage_V === undefined ? [] : [`${number(voltage_V * 1000)} mV`]),
    ...(current_mA === undefined ? [] : [`${number(current_mA)} mA`]),
  ]
  const burst = burst_s === 0 ? "" : `, and every reading of a step's first ${time(burst_s)}`
  return `each ${joined(rules, "or")}${burst}`
}
