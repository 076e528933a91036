import { useMemo, useRef, useState } from "preact/hooks"
import type { Trace } from "../../api"
import { ChartFrame, Hint } from "./ChartFrame"
import type { ComparedTest } from "./comparedTest"
import { extentOf, type Line, roomy } from "./lines"
import { type Pointer, pointerAlong, pointsAlongX } from "./nearest"
import { Plot } from "./Plot"
import { tracePath } from "./paths"
import type { Range } from "./range"
import { usePalette } from "./theme"
import { timeAxis, timeText } from "./timeAxis"
import { reading, voltageUnit } from "./units"
import { useLatestOfEach } from "./useLatestOfEach"
import { useView } from "./useView"
import { valueAxis } from "./valueAxis"
import { rangeOf } from "./view"
import { Waiting } from "./Waiting"

/** Voltages of several tests over the time since each began. */
export function CompareTraces(props: {
  tests: readonly ComparedTest[]
  hidden: ReadonlySet<string>
  onToggle: (name: string) => void
}) {
  const { tests, hidden, onToggle } = props
  const palette = usePalette()
  const whole = useRef<Range>({ from: 0, to: 1 })
  const { view, setView, moves } = useView(whole, false)
  const [y, setY] = useState<Range>()
  const [pointer, setPointer] = useState<Pointer>()
  const asked = view.of === "all" ? undefined : rangeOf(view, whole.current)
  const paths = tests.map(({ id }) => tracePath(id, asked, innerWidth))
  const { values, isLoading } = useLatestOfEach<Trace>(paths)
  const lines = useMemo(
    () =>
      tests.flatMap((test, i): Line[] => {
        const trace = values?.[i]
        if (trace === undefined || hidden.has(test.name)) return []
        const { name, colour, dash } = test
        return [{ name, colour, dash, xs: trace.time_s, ys: trace.voltage_V, width: 1.25 }]
      }),
    [tests, values, hidden],
  )
  const ends_s = values?.map((trace) => trace?.end_s ?? 0) ?? []
  whole.current = { from: 0, to: Math.max(1, ...ends_s) }
  const x = rangeOf(view, whole.current)
  const extent = extentOf(lines, x) ?? extentOf(lines) ?? { from: 0, to: 1 }
  const unit = voltageUnit(extent)
  const yAxis = useMemo(() => valueAxis("Voltage", unit), [unit])
  if (values === undefined) return <Waiting what="Reading records" error={undefined} />
  const shownY = y ?? roomy(extent, 0.001)
  const all = {
    ...moves,
    isZoomed: view.of !== "all" || y !== undefined,
    onReset: () => {
      setY(undefined)
      moves.onReset()
    },
    onRead: (part: number) => setPointer(pointerAlong(pointer, part, x)),
  }
  const points = pointsAlongX(lines, pointer, x)
  const says = points.map(({ line, index }) => {
    const voltage_V = lines[line].ys[index]
    return voltage_V === null ? "" : `${lines[line].name} ${reading(voltage_V, unit, shownY)}`
  })
  const [first] = points
  const at = first && timeText(lines[first.line].xs[first.index], x)
  return (
    <ChartFrame
      title="Voltage"
      summary={`Voltage of ${tests.length} tests over test time.`}
      of={tests.map(({ name }) => name).join(", ")}
      palette={palette}
      items={tests.map(({ marker: _, ...item }) => item)}
      hidden={hidden}
      onToggle={onToggle}
      moves={all}
      hasButtons
      isLoading={isLoading}
      reading={first ? [at, ...says].join("  ·  ") : <Hint />}
    >
      {lines.length === 0 ? (
        <p class="chart-empty">
          Nothing to draw: all tests are hidden, or nothing of them is stored.
        </p>
      ) : (
        <Plot
          lines={lines}
          x={x}
          y={shownY}
          xAxis={timeAxis}
          yAxis={yAxis}
          palette={palette}
          height={innerWidth < 600 ? 260 : 360}
          gestures={all}
          pointer={pointer}
          points={points}
          onPointer={setPointer}
          onSelect={(selected) => {
            if (selected.x) setView({ of: "stretch", range: selected.x })
            if (selected.y) setY(selected.y)
          }}
        />
      )}
    </ChartFrame>
  )
}
