import type { Records } from "../records"

type Column = {
  [Key in keyof Records]-?: Records[Key] extends Float64Array ? Key : never
}[keyof Records]

/**
 * The records of one test step by step, each step whole, whatever batches it came in: memory is bounded by the
 * longest step. Of a rest, which may be most of a test, only the first and the last record are kept.
 */
export function* iterateSteps(records: Iterable<Records>): Generator<Records> {
  let batches: Records[] = []
  for (const batch of records) {
    if (batch.length === 0) continue
    if (batches.length > 0 && batches[0].stepCount !== batch.stepCount) {
      yield join(batches)
      batches = []
    }
    if (batch.stepType !== "rest") batches.push(batch)
    else batches = ends(batches, batch)
  }
  if (batches.length > 0) yield join(batches)
}

/** The first and the last record of a rest so far. */
function ends(before: Records[], batch: Records): Records[] {
  const { length } = batch
  if (before.length > 0) return [before[0], part(batch, length - 1, length)]
  return length === 1 ? [batch] : [part(batch, 0, 1), part(batch, length - 1, length)]
}

/** Records `from` … `to` (not counted), with columns of their own. */
function part(records: Records, from: number, to: number): Records {
  return {
    ...records,
    hasFirst: records.hasFirst && from === 0,
    hasLast: records.hasLast && to === records.length,
    length: to - from,
    ...columns((column) => records[column].slice(from, to)),
  }
}

function join(batches: Records[]): Records {
  if (batches.length === 1) return batches[0]
  const length = batches.reduce((sum, batch) => sum + batch.length, 0)
  return {
    ...batches[0],
    hasLast: batches[batches.length - 1].hasLast,
    kept: batches[batches.length - 1].kept,
    isUncalibrated: batches.some((batch) => batch.isUncalibrated),
    length,
    ...columns((column) => {
      const joined = new Float64Array(length)
      let at = 0
      for (const batch of batches) {
        joined.set(batch[column], at)
        at += batch.length
      }
      return joined
    }),
  }
}

function columns(of: (column: Column) => Float64Array): Pick<Records, Column> {
  return {
    time_s: of("time_s"),
    unixTime_s: of("unixTime_s"),
    voltage_V: of("voltage_V"),
    current_A: of("current_A"),
    stepCharge_Ah: of("stepCharge_Ah"),
    stepEnergy_Wh: of("stepEnergy_Wh"),
    temperature_degC: of("temperature_degC"),
  }
}
