import type { Rows } from "./totals"

/** A value for each record of a batch, or one for all of them; NaN or undefined is not known. */
export type Values = Float64Array | number | string | boolean | undefined

/** Something that a format can write in a column. */
export interface Quantity {
  /** An index is another whole number for each record; all but it and a real are one for a whole batch. */
  kind: "real" | "index" | "label" | "text" | "flag" | "date"
  /** Decimals that hold every digit of it. */
  places: number
  of(rows: Rows): Values
}

const TIME_PLACES = 6
const VOLTAGE_PLACES = 9
const PICO_PLACES = 12
const PER_PICO = 1e12

/** All that can be told of a record, in SI units, under the name that says the unit. */
export const QUANTITIES = {
  record_index: index((rows) => counting(rows, rows.recordIndex)),
  time_s: real(TIME_PLACES, ({ records }) => records.time_s),
  unix_time_s: real(TIME_PLACES, ({ records }) => records.unixTime_s),
  step_time_s: real(TIME_PLACES, stepTime_s),
  step_record_index: index((rows) => counting(rows, rows.stepRecordIndex)),
  cycle: label(({ records }) => records.cycle),
  step_count: label(({ records }) => records.stepCount),
  step_index: label(({ records }) => records.stepIndex),
  step_number: label(({ records }) => records.stepIndex + 1),
  step_type: text(({ records }) => records.stepType),
  voltage_V: real(VOLTAGE_PLACES, ({ records }) => records.voltage_V),
  current_A: real(PICO_PLACES, ({ records }) => records.current_A),
  power_W: real(PICO_PLACES, power_W),
  temperature_degC: real(2, ({ records }) => records.temperature_degC),
  is_uncalibrated: flag(({ records }) => records.isUncalibrated),
  step_charge_Ah: real(PICO_PLACES, ({ records }) => records.stepCharge_Ah),
  step_energy_Wh: real(PICO_PLACES, ({ records }) => records.stepEnergy_Wh),

  charging_capacity_Ah: since((rows) => rows.charging_pAh),
  discharging_capacity_Ah: since((rows) => rows.discharging_pAh),
  net_capacity_Ah: difference((rows) => [rows.charging_pAh, rows.discharging_pAh]),
  cumulative_capacity_Ah: total((rows) => [rows.charging_pAh, rows.discharging_pAh]),
  charging_energy_Wh: since((rows) => rows.charging_pWh),
  discharging_energy_Wh: since((rows) => rows.discharging_pWh),
  net_energy_Wh: difference((rows) => [rows.charging_pWh, rows.discharging_pWh]),
  cumulative_energy_Wh: total((rows) => [rows.charging_pWh, rows.discharging_pWh]),

  step_charging_capacity_Ah: since(
    (rows) => rows.charging_pAh,
    (rows) => rows.beforeStep.charging_pAh,
  ),
  step_discharging_capacity_Ah: since(
    (rows) => rows.discharging_pAh,
    (rows) => rows.beforeStep.discharging_pAh,
  ),
  step_charging_energy_Wh: since(
    (rows) => rows.charging_pWh,
    (rows) => rows.beforeStep.charging_pWh,
  ),
  step_discharging_energy_Wh: since(
    (rows) => rows.discharging_pWh,
    (rows) => rows.beforeStep.discharging_pWh,
  ),
  step_cumulative_capacity_Ah: total(
    (rows) => [rows.charging_pAh, rows.discharging_pAh],
    ({ beforeStep }) => beforeStep.charging_pAh + beforeStep.discharging_pAh,
  ),
  step_cumulative_energy_Wh: total(
    (rows) => [rows.charging_pWh, rows.discharging_pWh],
    ({ beforeStep }) => beforeStep.charging_pWh + beforeStep.discharging_pWh,
  ),

  cycle_charging_capacity_Ah: since(
    (rows) => rows.charging_pAh,
    (rows) => rows.beforeCycle.charging_pAh,
  ),
  cycle_discharging_capacity_Ah: since(
    (rows) => rows.discharging_pAh,
    (rows) => rows.beforeCycle.discharging_pAh,
  ),
  cycle_charging_energy_Wh: since(
    (rows) => rows.charging_pWh,
    (rows) => rows.beforeCycle.charging_pWh,
  ),
  cycle_discharging_energy_Wh: since(
    (rows) => rows.discharging_pWh,
    (rows) => rows.beforeCycle.discharging_pWh,
  ),
} satisfies Record<string, Quantity>

export type QuantityName = keyof typeof QUANTITIES

function real(places: number, of: Quantity["of"]): Quantity {
  return { kind: "real", places, of }
}

function index(of: Quantity["of"]): Quantity {
  return { kind: "index", places: 0, of }
}

function label(of: (rows: Rows) => number): Quantity {
  return { kind: "label", places: 0, of }
}

export function text(of: (rows: Rows) => string | undefined): Quantity {
  return { kind: "text", places: 0, of }
}

function flag(of: (rows: Rows) => boolean): Quantity {
  return { kind: "flag", places: 0, of }
}

// Plain loops: `map` of a typed array takes ten times as long, and there are tens of millions of values.

function counting({ records: { length } }: Rows, first: number): Float64Array {
  const result = new Float64Array(length)
  for (let i = 0; i < length; i++) result[i] = first + i
  return result
}

function stepTime_s({ records: { length, time_s }, stepStart_s }: Rows): Values {
  if (Number.isNaN(stepStart_s)) return undefined
  const result = new Float64Array(length)
  // The board tells ms: what a difference of doubles has beyond is not its.
  for (let i = 0; i < length; i++) result[i] = Math.round((time_s[i] - stepStart_s) * 1000) / 1000
  return result
}

function power_W({ records: { length, voltage_V, current_A } }: Rows): Float64Array {
  const result = new Float64Array(length)
  for (let i = 0; i < length; i++) result[i] = voltage_V[i] * current_A[i]
  return result
}

type Part = (rows: Rows) => Float64Array
type Parts = (rows: Rows) => readonly [Float64Array, Float64Array]
type Start = (rows: Rows) => number

/** A running sum since its start, or since the test began. */
function since(part: Part, start?: Start): Quantity {
  return real(PICO_PLACES, (rows) => {
    const sum = part(rows)
    const before = start?.(rows) ?? 0
    const result = new Float64Array(sum.length)
    for (let i = 0; i < sum.length; i++) result[i] = (sum[i] - before) / PER_PICO
    return result
  })
}

function total(parts: Parts, start?: Start): Quantity {
  return real(PICO_PLACES, (rows) => {
    const [one, other] = parts(rows)
    const before = start?.(rows) ?? 0
    const result = new Float64Array(one.length)
    for (let i = 0; i < one.length; i++) result[i] = (one[i] + other[i] - before) / PER_PICO
    return result
  })
}

function difference(parts: Parts): Quantity {
  return real(PICO_PLACES, (rows) => {
    const [one, other] = parts(rows)
    const result = new Float64Array(one.length)
    for (let i = 0; i < one.length; i++) result[i] = (one[i] - other[i]) / PER_PICO
    return result
  })
}
