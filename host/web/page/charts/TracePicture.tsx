import type { ComponentChildren } from "preact"
import { useMemo, useRef } from "preact/hooks"
import type { Trace } from "../../api"
import { get } from "../client"
import { tracePath } from "./paths"
import type { Range } from "./range"
import { TracePanels } from "./TracePanels"
import { usePalette } from "./theme"
import type { TraceLines } from "./traceLines"
import { useLatest } from "./useLatest"
import { useView } from "./useView"
import { rangeOf } from "./view"

/** What is looked at of a test's trace, and what the server has answered. */
export interface TraceAsked {
  trace: Trace | undefined
  error: unknown
  isLoading: boolean
  runs: boolean
  palette: ReturnType<typeof usePalette>
  whole: { current: Range }
  look: ReturnType<typeof useView>
}

/** The trace of a test of which nothing is known. */
export const NO_TRACE: Trace = {
  ...{ from_s: 0, to_s: 0, end_s: 0, records: 0, isWhole: true },
  ...{ time_s: [], voltage_V: [], current_A: [], gaps: [], cycles: [] },
  live: { time_s: [], voltage_V: [], current_A: [] },
}

/**
 * Asks for the part of a trace that is looked at.
 * @param id undefined: the server has nothing of it
 * @param turn asked again when it changes
 */
export function useTrace(id: string | undefined, turn: number, runs: boolean): TraceAsked {
  const palette = usePalette()
  const whole = useRef<Range>({ from: 0, to: 1 })
  const look = useView(whole, runs)
  const { view } = look
  const asked = useMemo(
    () => (view.of === "all" ? undefined : rangeOf(view, whole.current)),
    [view, turn],
  )
  const path = tracePath(id ?? "", asked, innerWidth)
  const { value, error, isLoading } = useLatest<Trace>(id ?? "", path, turn, (path, signal) =>
    id === undefined ? Promise.resolve(NO_TRACE) : get<Trace>(path, signal),
  )
  const isAsking = isLoading && id !== undefined
  return { trace: value, error, isLoading: isAsking, runs, palette, whole, look }
}

/** Voltage and current over test time; of a test that runs, the end can be followed. */
export function TracePicture(props: {
  name: string
  asked: TraceAsked
  trace: Trace
  lines: TraceLines
  /** All that there is to look at. */
  whole: Range
  /** Shown when the lines have too few points to be drawn. */
  nothing: ComponentChildren
  fewest?: number
}) {
  const { asked, whole, fewest = 1, ...drawn } = props
  const { error, isLoading, palette, runs } = asked
  const { view, setView, moves } = asked.look
  asked.whole.current = whole
  const isAll = view.of === "all"
  if (isAll && drawn.lines.voltage.every(({ xs }) => xs.length < fewest))
    return <p class="chart">{props.nothing}</p>
  return (
    <TracePanels
      {...{ ...drawn, error, isLoading, palette, moves, isAll }}
      shown={rangeOf(view, whole)}
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
