import { useMemo, useState } from "preact/hooks"
import type { Trace } from "../../api"
import { ChartFrame, Hint } from "./ChartFrame"
import { cycleAxis } from "./cycleAxis"
import { hatchGaps, labelGaps } from "./drawGaps"
import { GapList } from "./GapList"
import type { Moves } from "./keys"
import { type Pointer, pointerAlong, pointsAlongX } from "./nearest"
import { Plot } from "./Plot"
import type { Layer } from "./plotContent"
import type { Range } from "./range"
import type { Palette } from "./theme"
import { type LastSpan, TraceControls } from "./TraceControls"
import { timeAxis } from "./timeAxis"
import type { TraceLines } from "./traceLines"
import { traceReading } from "./traceReading"
import { traceSummary, useTraceScales } from "./traceScales"
import { voltageUnit } from "./units"
import { valueAxis } from "./valueAxis"

/** Voltage above, current below, on one scale of test time. */
export function TracePanels(props: {
  name: string
  palette: Palette
  trace: Trace
  lines: TraceLines
  shown: Range
  isAll: boolean
  isLoading: boolean
  error: unknown
  moves: Omit<Moves, "onRead" | "isZoomed">
  onSelect: (range: Range) => void
  last?: LastSpan
}) {
  const { palette, trace, lines, shown, isAll, onSelect, last } = props
  const [chosen, setChosen] = useState<{ voltage?: Range; current?: Range }>({})
  const [pointer, setPointer] = useState<Pointer>()
  const [isFitted, setFitted] = useState(false)
  const scales = useTraceScales(lines, shown, isAll)
  const narrowed = chosen.voltage ?? (isFitted ? scales.plateaus : undefined)
  const voltage = narrowed ?? scales.voltage
  const current = chosen.current ?? scales.current
  const inUnit = narrowed === undefined ? scales.voltageUnit : voltageUnit(narrowed)
  const voltageAxis = useMemo(() => valueAxis("Voltage", inUnit), [inUnit])
  const topAxis = useMemo(() => cycleAxis(trace.cycles), [trace])
  const { under, over } = useMemo(() => {
    const layer =
      (draw: typeof hatchGaps): Layer =>
      (context, frame) =>
        draw(context, frame, trace.gaps, palette)
    return { under: layer(hatchGaps), over: layer(labelGaps) }
  }, [trace, palette])
  const moves: Moves = {
    ...props.moves,
    isZoomed: !isAll || chosen.voltage !== undefined || chosen.current !== undefined,
    onReset: () => {
      setChosen({})
      props.moves.onReset()
    },
    onRead: (part) => setPointer(pointerAlong(pointer, part, shown)),
  }
  const select = (panel: "voltage" | "current") => (selected: { x?: Range; y?: Range }) => {
    if (selected.x !== undefined) onSelect(selected.x)
    if (selected.y !== undefined) setChosen({ ...chosen, [panel]: selected.y })
  }
  const points = useMemo(
    () => pointsAlongX(lines.voltage, pointer, shown),
    [lines, pointer, shown.from, shown.to],
  )
  const shared = {
    x: shown,
    xAxis: timeAxis,
    under,
    palette,
    pointer,
    points,
    gestures: moves,
    onPointer: setPointer,
  }
  const tall = innerWidth < 600 ? 210 : 290
  return (
    <ChartFrame
      title="Voltage and current"
      summary={traceSummary(shown, scales)}
      of={props.name}
      palette={palette}
      items={lines.voltage.length > 1 ? lines.voltage : []}
      moves={moves}
      hasButtons
      isLoading={props.isLoading}
      error={props.error}
      note={<GapList gaps={trace.gaps} end_s={lines.end_s} onLook={onSelect} />}
      reading={
        traceReading(points, trace, lines, {
          ...scales,
          voltageUnit: inUnit,
          x: shown,
          voltage,
          current,
        }) || <Hint />
      }
      controls={
        <TraceControls
          end_s={lines.end_s}
          last={last}
          hasPlateaus={scales.plateaus !== undefined}
          isFitted={isFitted}
          onFit={setFitted}
        />
      }
    >
      <Plot
        {...shared}
        lines={lines.voltage}
        y={voltage}
        yAxis={voltageAxis}
        topAxis={topAxis}
        isXShared
        over={over}
        height={tall}
        onSelect={select("voltage")}
      />
      <Plot
        {...shared}
        lines={lines.current}
        y={current}
        yAxis={scales.currentAxis}
        height={tall * 0.55}
        onSelect={select("current")}
      />
    </ChartFrame>
  )
}
