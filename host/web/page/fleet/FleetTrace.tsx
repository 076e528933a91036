import { useMemo } from "preact/hooks"
import type { Trace } from "../../api"
import type { Line } from "../charts/lines"
import type { Range } from "../charts/range"
import { NO_TRACE, TracePicture, useTrace } from "../charts/TracePicture"
import type { Palette } from "../charts/theme"
import type { TraceLines } from "../charts/traceLines"
import { Waiting } from "../charts/Waiting"
import "../charts/charts.css"
import { after, type Heard, NOTHING_HEARD } from "./records"

/** Shorter, a test that was just opened would race through its picture. */
const LEAST_s = 60

/**
 * Voltage and current of a test: what the dataset has, what came as records since, and readings since the last of these.
 * @param id of the dataset; undefined: it is not there
 */
export function FleetTrace(props: { id?: string; name: string; heard?: Heard; runs?: boolean }) {
  const { id, name, heard = NOTHING_HEARD, runs = false } = props
  const asked = useTrace(id, 0, runs)
  const { palette, error } = asked
  // What the broker tells is to be seen though the dataset cannot be read.
  const trace = asked.trace ?? (error !== undefined && heard.read_unix_s > 0 ? NO_TRACE : undefined)
  const lines = useMemo(() => trace && linesOf(trace, heard, palette), [trace, heard, palette])
  if (trace === undefined || lines === undefined)
    return <Waiting what="Reading the dataset" error={error} />
  return (
    <TracePicture
      {...{ name, asked, trace, lines, whole: lines.whole }}
      // One point is no line.
      fewest={2}
      nothing={
        runs ? "Nothing to draw yet: the next reading is on its way." : "There is nothing to draw."
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
