import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { EVENT_PAUSED, EVENT_RESUMED } from "../../firmware/core/logFormat"
import { BoardClock } from "../../host/log/clock"
import { traceOf } from "../../host/web/data/trace/trace"
import { PageWriter } from "../log/pageWriter"
import { bothOf, type RandomLog, randomLog } from "./randomLog"

const SEED = 20261122

interface Row {
  time_s: number
  voltage_V: number | null
  current_A: number | null
}

/** A record of the reader, not going back in time, and how many gaps stand before it. */
interface Placed extends Row {
  voltage_V: number
  current_A: number
  gaps: number
}

/** The same worked out from all records, one by one. */
function rowsOf(all: Placed[], from_s: number, to_s: number, parts: number | undefined): Row[] {
  const inside = all.filter(({ time_s }) => time_s >= from_s && time_s <= to_s)
  if (inside.length === 0) return []
  // In whole milliseconds, as the log has them: so both round alike.
  const [from_ms, to_ms] = [from_s, to_s].map((time_s) => Math.round(1000 * time_s))
  const width_ms = (to_ms - from_ms) / (parts ?? 1)
  const partOf = (time_s: number) =>
    Math.min((parts ?? 1) - 1, Math.floor((Math.round(1000 * time_s) - from_ms) / width_ms))
  const groups: Placed[][] = []
  for (const record of inside) {
    const last = groups.at(-1)?.at(-1)
    const isSame =
      parts !== undefined &&
      last?.gaps === record.gaps &&
      partOf(last.time_s) === partOf(record.time_s)
    if (isSame) groups.at(-1)?.push(record)
    else groups.push([record])
  }
  const before = all[all.indexOf(inside[0]) - 1]
  const after = all[all.lastIndexOf(inside[inside.length - 1]) + 1]
  if (before?.gaps === inside[0].gaps) groups.unshift([before])
  if (after?.gaps === inside[inside.length - 1].gaps) groups.push([after])
  return groups.flatMap((group, i) => {
    const isBroken = i > 0 && groups[i - 1][0].gaps !== group[0].gaps
    const broken = { time_s: groups[i - 1]?.at(-1)?.time_s ?? 0, voltage_V: null, current_A: null }
    return [...(isBroken ? [broken] : []), ...bandOf(group)]
  })
}

function bandOf(group: Placed[]): Row[] {
  if (group.length === 1) return [rowOf(group[0].time_s, group[0].voltage_V, group[0].current_A)]
  const [voltage, current] = (["voltage_V", "current_A"] as const).map((key) => {
    const values = group.map((record) => record[key])
    const [low, high] = [Math.min(...values), Math.max(...values)]
    return values.indexOf(high) < values.indexOf(low) ? [high, low] : [low, high]
  })
  return [group[0], group[group.length - 1]].map(({ time_s }, i) =>
    rowOf(time_s, voltage[i], current[i]),
  )
}

function rowOf(time_s: number, voltage_V: number, current_A: number): Row {
  return { time_s, voltage_V, current_A }
}

function placed({ records, index }: ReturnType<typeof bothOf>): Placed[] {
  const { stretches } = index
  const broken = new Set(
    Array.from({ length: stretches.length }, (_, i) => i)
      .filter((i) => stretches.isAfterGap(i))
      .map((i) => stretches.points(0, i)),
  )
  let latest_s = 0
  let gaps = 0
  return records.map((record, i) => {
    latest_s = Math.max(latest_s, record.time_s)
    if (broken.has(i)) gaps++
    return { ...rowOf(latest_s, 0, 0), ...record, time_s: latest_s, gaps }
  })
}

/** Of the records: which one. */
const share = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000)

const asked = fc.record({
  log: randomLog,
  points: fc.integer({ min: 10, max: 300 }),
  shares: fc.tuple(share, share),
  isAll: fc.boolean(),
})

function traceFor(log: RandomLog, both: ReturnType<typeof bothOf>, window: object, points: number) {
  const page = (sequence: number) => log.pages[sequence]
  return traceOf(
    both.index,
    { ...window, points },
    () => both.clock,
    () => ({ page }),
  )
}

describe(`traces of any window, seed ${SEED}`, () => {
  test("are all its records, or lowest and highest of each part, to the last digit", () => {
    fc.assert(
      fc.property(asked, ({ log, points, shares, isAll }) => {
        const both = bothOf(log)
        const all = placed(both)
        if (all.length === 0) return
        const [from_s, to_s] = [...shares]
          .sort((a, b) => a - b)
          .map((share) => all[Math.floor(share * (all.length - 1))].time_s)
        const trace = traceFor(log, both, isAll || from_s === to_s ? {} : { from_s, to_s }, points)
        const inside = all.filter(({ time_s }) => time_s >= trace.from_s && time_s <= trace.to_s)
        expect(trace.records).toBe(inside.length)
        if (inside.length <= points - 120) expect(trace.isWhole).toBe(true)
        if (inside.length > points) expect(trace.isWhole).toBe(false)
        const parts = trace.isWhole ? undefined : Math.ceil(points / 2)
        const rows = trace.time_s.map((time_s, i) => ({
          time_s,
          voltage_V: trace.voltage_V[i],
          current_A: trace.current_A[i],
        }))
        expect(rows).toEqual(rowsOf(all, trace.from_s, trace.to_s, parts))
        expect(trace.time_s).toEqual([...trace.time_s].sort((a, b) => a - b))
      }),
      { seed: SEED, numRuns: 200 },
    )
  })
})

test("a window takes in records at its very edges, and the line from a record outside unless a gap is between", () => {
  const log = new PageWriter()
  const recorder = log.recorder(0)
  recorder.resume(5, 0, 2, 1, 1, 0)
  for (let i = 1; i <= 400; i++) {
    recorder.point(0, 100 * i, i / 1000, 1e-3, 1, 1)
    if (i === 322) recorder.event(EVENT_PAUSED, 100 * i, 1)
    if (i === 322) recorder.event(EVENT_RESUMED, 100 * i, 0)
  }
  recorder.flush()
  const written = { pages: log.written.map((page) => Buffer.from(page)), clock: BoardClock.of([]) }
  const both = bothOf(written)
  // 1000 × 16.1 and 1000 × 32.2 are no whole numbers here.
  const trace = traceFor(written, both, { from_s: 16.1, to_s: 32.2 }, 1000)
  expect([trace.records, trace.time_s[0], trace.time_s.at(-1)]).toEqual([162, 16, 32.2])
  const after = traceFor(written, both, { from_s: 32.21, to_s: 33 }, 1000)
  expect([after.time_s[0], after.voltage_V[0], after.time_s.at(-1)]).toEqual([32.3, 0.323, 33.1])
})
