import { useMemo, useRef } from "preact/hooks"
import type { LiveChannel, Trace } from "../../api"
import { tracePath } from "./paths"
import type { Range } from "./range"
import { TracePanels } from "./TracePanels"
import { usePalette } from "./theme"
import { traceLines } from "./traceLines"
import { useLatest } from "./useLatest"
import { useTail } from "./useTail"
import { useView } from "./useView"
import { rangeOf } from "./view"
import { Waiting } from "./Waiting"

/** Voltage and current of a test over its test time; one that runs grows at the right. */
export function TracePlot(props: { id: string; name: string; turn: number; live?: LiveChannel }) {
  const { id, name, turn, live } = props
  const palette = usePalette()
  const isRunning = live !== undefined
  const tail = useTail(live)
  const whole = useRef<Range>({ from: 0, to: 1 })
  const { view, setView, moves } = useView(whole, isRunning)
  const asked = useMemo(
    () => (view.of === "all" ? undefined : rangeOf(view, whole.current)),
    [view, turn],
  )
  const path = tracePath(id, asked, innerWidth)
  const { value: trace, error, isLoading } = useLatest<Trace>(id, path, turn)
  const lines = useMemo(() => trace && traceLines(trace, tail, palette), [trace, tail, palette])
  if (trace === undefined || lines === undefined)
    return <Waiting what="Reading records" error={error} />
  whole.current = { from: 0, to: Math.max(lines.end_s, 1) }
  if (lines.voltage.every(({ xs }) => xs.length === 0) && view.of === "all")
    return <NothingYet isRunning={isRunning} />
  return (
    <TracePanels
      name={name}
      palette={palette}
      trace={trace}
      lines={lines}
      shown={rangeOf(view, whole.current)}
      isAll={view.of === "all"}
      isLoading={isLoading}
      error={error}
      moves={moves}
      onSelect={(range) => setView({ of: "stretch", range })}
      last={
        isRunning
          ? {
              span_s: view.of === "end" ? view.span_s : undefined,
              onSpan: (span_s) => setView({ of: "end", span_s }),
            }
          : undefined
      }
    />
  )
}

function NothingYet({ isRunning }: { isRunning: boolean }) {
  return (
    <p class="chart">
      {isRunning
        ? "Nothing to draw yet: the first readings are on their way."
        : "Nothing of this test is stored. When its board is plugged in, what the board has kept is fetched."}
    </p>
  )
}
