import type { BoardClock } from "../../../log/clock"
import type { Gap } from "../../../log/testAbout"
import { gapText } from "../../../report/remarks"
import type { Trace, TraceGap } from "../../api"
import type { PageSource } from "../index/pages"
import type { TestIndex } from "../index/testIndex"
import { PagePoints } from "../index/pagePoints"
import { Rows } from "./rows"

/** What part of a test is asked for, and by about how many points it may be told. */
export interface TraceWindow {
  /** All of it unless given. */
  from_s?: number
  to_s?: number
  points: number
}

/** Where more cycles than this begin, their beginnings tell nothing. */
const MOST_CYCLES = 2000

/** A test's trace, without what is not stored yet. Opens the log's pages where it has to read records. */
export function traceOf(
  index: TestIndex,
  window: TraceWindow,
  clock: () => BoardClock,
  pages: () => PageSource,
): Omit<Trace, "live"> {
  const { end_s } = index
  const reach = reachOf(index, window)
  const { from_s, to_s } = reach
  const begins = index.cycles.filter(
    ({ time_ms }, i) =>
      (index.cycles[i + 1]?.time_ms ?? Number.POSITIVE_INFINITY) > 1000 * (window.from_s ?? 0) &&
      time_ms <= 1000 * (window.to_s ?? Number.POSITIVE_INFINITY),
  )
  const { columns, records, isWhole } = rowsOf(index, reach, window.points, pages)
  return {
    from_s,
    to_s,
    end_s,
    records,
    isWhole,
    ...columns,
    gaps: index
      .gaps(clock)
      .filter((gap) => (gap.resumed?.time_s ?? end_s) >= from_s && gap.time_s <= to_s)
      .map(gapOf),
    cycles:
      begins.length > MOST_CYCLES
        ? []
        : begins.map(({ cycle, time_ms }) => ({ cycle, time_s: time_ms / 1000 })),
  }
}

/** The window, as far as records reach. */
function reachOf({ stretches, end_s }: TestIndex, { from_s, to_s }: TraceWindow) {
  const { length, first_ms, last_ms } = stretches
  const first_s = length === 0 ? 0 : first_ms[0] / 1000
  const last_s = length === 0 ? end_s : last_ms[length - 1] / 1000
  const reach = {
    from_s: Math.max(first_s, from_s ?? first_s),
    to_s: Math.min(last_s, to_s ?? last_s),
  }
  return reach.from_s <= reach.to_s
    ? reach
    : { from_s: from_s ?? to_s ?? 0, to_s: to_s ?? from_s ?? 0 }
}

function rowsOf(
  { stretches }: TestIndex,
  { from_s, to_s }: { from_s: number; to_s: number },
  points: number,
  pages: () => PageSource,
) {
  const [from_ms, to_ms] = [milliseconds(from_s), milliseconds(to_s)]
  // With one more on each side, for the records just outside.
  const from = Math.max(0, stretches.reaching(from_ms) - 1)
  const to = Math.min(stretches.length, stretches.after(to_ms) + 1)
  const isWhole = stretches.points(from, to) <= points
  const rows = new Rows(from_ms, to_ms, isWhole ? undefined : Math.ceil(points / 2))
  let read: PagePoints | undefined
  for (let at = from; at < to; at++) {
    if (stretches.isAfterGap(at)) rows.gap()
    if (rows.stretch(stretches, at)) continue
    read ??= new PagePoints(pages())
    read.read(stretches.sequence[at])
    const first = stretches.from[at]
    for (let i = first; i < first + stretches.count[at]; i++)
      rows.record(read.time_ms[i], read.voltage_uV[i], read.current_nA[i])
  }
  rows.end()
  return { columns: rows.columns, records: rows.records, isWhole }
}

/** To a thousandth: 0.3 s are 300 ms, not 299.99999999999994. */
function milliseconds(time_s: number): number {
  return Math.round(1e6 * time_s) / 1000
}

function gapOf(gap: Gap): TraceGap {
  const { kind, time_s, unixTime_s, resumed } = gap
  return {
    kind,
    time_s,
    unix_s: unixTime_s,
    resumed_s: resumed?.time_s,
    resumed_unix_s: resumed?.unixTime_s,
    text: gapText(gap),
  }
}
