import { useMemo, useRef } from "preact/hooks"
import type { Trace } from "../../api"
import type { Line } from "../charts/lines"
import { tracePath } from "../charts/paths"
import type { Range } from "../charts/range"
import { TracePanels } from "../charts/TracePanels"
import { type Palette, usePalette } from "../charts/theme"
import type { TraceLines } from "../charts/traceLines"
import { useLatest } from "../charts/useLatest"
import { useView } from "../charts/useView"
import { rangeOf } from "../charts/view"
import "../charts/charts.css"
import { get } from "../client"
import { after, type Heard, NOTHING_HEARD } from "./records"

const NOTHING: Trace = {
  ...{ from_s: 0, to_s: 0, end_s: 0, records: 0, isWhole: true },
  ...{ time_s: [], voltage_V: [], current_A: [], gaps: [], cycles: [] },
  live: { time_s: [], voltage_V: [], current_A: [] },
}

/** Shorter, a test that was just opened would race through its picture. */
const LEAST_s = 60

/**
 * Voltage and current of a test: what the dataset has, what came as records since, and readings since the last of these.
 * @param id of the dataset; undefined: it is not there
 */
export function FleetTrace(props: { id?: string; name: string; heard?: Heard; runs?: boolean }) {
  const { id, name, heard = NOTHING_HEARD, runs = false } = props
  const palette = usePalette()
  const whole = useRef<Range>({ from: 0, to: 1 })
  const { view, setView, moves } = useView(whole, runs)
  const asked = useMemo(
    () => (view.of === "all" ? undefined : rangeOf(view, whole.current)),
    [view],
  )
  const path = tracePath(id ?? "", asked, innerWidth)
  const { value, error, isLoading } = useLatest<Trace>(id ?? "", path, 0, (path, signal) =>
    id === undefined ? Promise.resolve(NOTHING) : get<Trace>(path, signal),
  )
  const trace = value ?? NOTHING
  const lines = useMemo(() => linesOf(trace, heard, palette), [trace, heard, palette])
  whole.current = lines.whole
  // One point is no line.
  if (lines.voltage.every(({ xs }) => xs.length < 2) && view.of === "all")
    return (
      <p class="chart chart-empty">
        {isLoading && id !== undefined
          ? "Reading the dataset …"
          : runs
            ? "Nothing to draw yet: the next reading is on its way."
            : "There is nothing to draw."}
      </p>
    )
  return (
    <TracePanels
      name={name}
      palette={palette}
      trace={trace}
      lines={lines}
      shown={rangeOf(view, whole.current)}
      isAll={view.of === "all"}
      isLoading={isLoading && id !== undefined}
      error={error}
      moves={moves}
      onSelect={(range) => setView({ of: "stretch", range })}
      last={
        runs
          ? {
              span_s: view.of === "end" ? view.span_s : undefined,
              onSpan: (span_s) => setView({ of: "end", span_s }),
            }
          : undefined
      }
    />
  )
}

function linesOf(
  trace: Trace,
  heard: Heard,
  { series }: Pick<Palette, "series">,
): TraceLines & { whole: Range } {
  const records = after(heard.records, trace.end_s)
  const readings = after(heard.readings, records.time_s.at(-1) ?? trace.end_s)
  const lines = (which: "voltage_V" | "current_A", colours: [string, string]): Line[] =>
    [
      { name: "dataset", xs: trace.time_s, ys: trace[which], colour: colours[0] },
      { name: "records by the broker", xs: records.time_s, ys: records[which], colour: colours[1] },
      {
        name: "readings by the broker",
        xs: readings.time_s,
        ys: readings[which],
        colour: colours[1],
        dash: [3, 3],
        width: 1,
      },
    ].filter(({ xs }, i) => xs.length > 0 || (i === 0 && trace.records > 0))
  const voltage = lines("voltage_V", [series[0], series[1]])
  const end_s = Math.max(trace.end_s, ...voltage.map(({ xs }) => xs.at(-1) ?? 0))
  const begins = trace.end_s > 0 ? 0 : (voltage[0]?.xs[0] ?? 0)
  return {
    voltage,
    current: lines("current_A", [series[2], series[1]]),
    end_s,
    whole: { from: begins, to: Math.max(end_s, begins + LEAST_s) },
  }
}
