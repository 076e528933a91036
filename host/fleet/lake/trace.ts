import { cyclesKey } from "../../lake/places"
import { recordsKeys } from "../../lake/testRow"
import type { Gap } from "../../log/testAbout"
import { gapText } from "../../report/remarks"
import type { Trace, TraceGap } from "../../web/api"
import type { TraceWindow } from "../../web/data/trace/trace"
import type { Lake } from "./lake"
import type { LakeTest } from "./testList"

/** Where more cycles than this begin, their beginnings tell nothing. */
const MOST_CYCLES = 2000

type Row = [time_s: number, voltage_V: number, current_A: number]

/**
 * A test's trace as far as its days are in the dataset. Of many records, lowest and highest voltage and current of
 * each stretch, in the order in which they came. Of the files, the columns of time, voltage and current are read.
 */
export async function traceOf(
  lake: Lake,
  { place, about }: LakeTest,
  { from_s, to_s, points }: TraceWindow,
): Promise<Trace> {
  const files = lake.files(recordsKeys(place, about))
  const gaps = about.gaps.map(gapOf)
  if (files === undefined) return { ...NOTHING, gaps }
  const reach = await reachOf(lake, files)
  const from = Math.max(reach.from_s, from_s ?? reach.from_s)
  const to = Math.min(reach.to_s, to_s ?? reach.to_s)
  const within = `FROM read_parquet(${files}) WHERE time_s BETWEEN ${from} AND ${to}`
  const counted = await lake.ask(`SELECT count(*)::DOUBLE ${within}`)
  const records = counted.rows[0][0] as number
  const isWhole = records <= points
  const rows = isWhole
    ? await allRows(lake, within)
    : await extremes(lake, within, from, (to - from) / Math.ceil(points / 4))
  return {
    from_s: from,
    to_s: to,
    end_s: reach.to_s,
    records,
    isWhole,
    ...broken(rows, gaps),
    gaps: gaps.filter(({ time_s, resumed_s }) => (resumed_s ?? to) >= from && time_s <= to),
    cycles: await cyclesOf(lake, place, from, to),
    live: { time_s: [], voltage_V: [], current_A: [] },
  }
}

const NOTHING: Trace = {
  ...{ from_s: 0, to_s: 0, end_s: 0, records: 0, isWhole: true },
  ...{ time_s: [], voltage_V: [], current_A: [], gaps: [], cycles: [] },
  live: { time_s: [], voltage_V: [], current_A: [] },
}

async function reachOf(lake: Lake, files: string): Promise<{ from_s: number; to_s: number }> {
  const { rows } = await lake.ask(`SELECT min(time_s), max(time_s) FROM read_parquet(${files})`)
  const [from_s, to_s] = rows[0] as [number | null, number | null]
  return { from_s: from_s ?? 0, to_s: to_s ?? 0 }
}

async function allRows(lake: Lake, within: string): Promise<Row[]> {
  const { rows } = await lake.ask(`SELECT time_s, voltage_V, current_A ${within} ORDER BY time_s`)
  return rows as Row[]
}

async function extremes(
  lake: Lake,
  within: string,
  from_s: number,
  width_s: number,
): Promise<Row[]> {
  const { rows } = await lake.ask(`
    WITH stretches AS (
      SELECT list_distinct([
        arg_min({t: time_s, v: voltage_V, i: current_A}, voltage_V),
        arg_max({t: time_s, v: voltage_V, i: current_A}, voltage_V),
        arg_min({t: time_s, v: voltage_V, i: current_A}, current_A),
        arg_max({t: time_s, v: voltage_V, i: current_A}, current_A)
      ]) AS found ${within} GROUP BY floor((time_s - ${from_s}) / ${width_s})
    ), points AS (SELECT unnest(found) AS p FROM stretches)
    SELECT p.t, p.v, p.i FROM points ORDER BY p.t`)
  return rows as Row[]
}

/** Columns, whose line is broken where the test's records are. */
function broken(
  rows: readonly Row[],
  gaps: readonly TraceGap[],
): Pick<Trace, "time_s" | "voltage_V" | "current_A"> {
  const columns: Pick<Trace, "time_s" | "voltage_V" | "current_A"> = {
    time_s: [],
    voltage_V: [],
    current_A: [],
  }
  const breaks = gaps.map(({ time_s }) => time_s).sort((a, b) => a - b)
  let next = 0
  for (const [time_s, voltage_V, current_A] of rows) {
    let isBroken = false
    for (; next < breaks.length && breaks[next] < time_s; next++) isBroken = true
    if (isBroken && columns.time_s.length > 0) {
      columns.time_s.push(time_s)
      columns.voltage_V.push(null)
      columns.current_A.push(null)
    }
    columns.time_s.push(time_s)
    columns.voltage_V.push(voltage_V)
    columns.current_A.push(current_A)
  }
  return columns
}

async function cyclesOf(
  lake: Lake,
  place: LakeTest["place"],
  from_s: number,
  to_s: number,
): Promise<Trace["cycles"]> {
  const files = lake.files([cyclesKey(place)])
  if (files === undefined) return []
  const { rows } = await lake.ask(
    `SELECT cycle, start_s FROM read_parquet(${files}) WHERE end_s >= ${from_s} AND start_s <= ${to_s} ` +
      `ORDER BY cycle LIMIT ${MOST_CYCLES + 1}`,
  )
  if (rows.length > MOST_CYCLES) return []
  return rows.map(([cycle, time_s]) => ({ cycle: cycle as number, time_s: time_s as number }))
}

/** As `test.json` has it: what is not known is null or not there. */
function gapOf(told: Gap): TraceGap {
  const resumed = told.resumed ?? undefined
  const gap: Gap = {
    ...told,
    unixTime_s: told.unixTime_s ?? undefined,
    resumed: resumed && { ...resumed, unixTime_s: resumed.unixTime_s ?? undefined },
    restart: told.restart ?? undefined,
  }
  return {
    kind: gap.kind,
    time_s: gap.time_s,
    unix_s: gap.unixTime_s,
    resumed_s: gap.resumed?.time_s,
    resumed_unix_s: gap.resumed?.unixTime_s,
    text: gapText(gap),
  }
}
