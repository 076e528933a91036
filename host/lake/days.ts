import { type Rows, Totals } from "../formats/totals"
import type { Records } from "../records"
import type { Day } from "./places"

const DAY_s = 86_400

/** Records of one day, and what only those before them tell. */
export interface DayRows {
  day: Day
  rows: Rows
}

/**
 * The records of one test, cut at midnight UTC. A day never goes back: records whose clock was set back, or that
 * have none, stay with the day of those before them, so that each day is one stretch of the test.
 */
export function* daysOf(batches: Iterable<Records>): Generator<DayRows> {
  const totals = new Totals()
  let today = Number.NEGATIVE_INFINITY
  for (const batch of batches) {
    if (batch.length === 0) continue
    const rows = totals.next(batch)
    const { unixTime_s, length } = batch
    let from = 0
    for (let i = 0; i < length; i++) {
      const day = Math.floor(unixTime_s[i] / DAY_s)
      // NaN is not after anything.
      if (!(day > today)) continue
      if (i > from) yield { day: dayText(today), rows: part(rows, from, i) }
      from = i
      today = day
    }
    yield { day: dayText(today), rows: from === 0 ? rows : part(rows, from, length) }
  }
}

function dayText(day: number): Day {
  if (day === Number.NEGATIVE_INFINITY) return undefined
  return new Date(day * DAY_s * 1000).toISOString().slice(0, 10)
}

/** The rows `from` to `to` of a batch; their arrays are the batch's. */
export function part(rows: Rows, from: number, to: number): Rows {
  const cut = (column: Float64Array) => column.subarray(from, to)
  const { records } = rows
  return {
    ...rows,
    records: {
      ...records,
      length: to - from,
      hasFirst: records.hasFirst && from === 0,
      hasLast: records.hasLast && to === records.length,
      time_s: cut(records.time_s),
      unixTime_s: cut(records.unixTime_s),
      voltage_V: cut(records.voltage_V),
      current_A: cut(records.current_A),
      stepCharge_Ah: cut(records.stepCharge_Ah),
      stepEnergy_Wh: cut(records.stepEnergy_Wh),
      temperature_degC: cut(records.temperature_degC),
    },
    recordIndex: rows.recordIndex + from,
    stepRecordIndex: rows.stepRecordIndex + from,
    charging_pAh: cut(rows.charging_pAh),
    discharging_pAh: cut(rows.discharging_pAh),
    charging_pWh: cut(rows.charging_pWh),
    discharging_pWh: cut(rows.discharging_pWh),
  }
}
