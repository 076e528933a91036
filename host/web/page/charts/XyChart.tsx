import type { ComponentChildren } from "preact"
import { useMemo, useState } from "preact/hooks"
import { calmExtent } from "./calm"
import { ChartFrame } from "./ChartFrame"
import type { Item } from "./Legend"
import { breadthOf, extentOf, type Line, roomy, withZero } from "./lines"
import { nearestPoint, type Pointer, type PointOf, pointerAlong, pointsAlongX } from "./nearest"
import { Plot } from "./Plot"
import type { Axis } from "./plotContent"
import { panned, type Range, zoomed } from "./range"
import type { Palette } from "./theme"

/** What is in view, where that is not all. */
interface Chosen {
  x?: Range
  y?: Range
}

/** Curves that are all here: what is zoomed into is not asked for anew. */
export function XyChart(props: {
  title: string
  of: string
  palette: Palette
  lines: readonly Line[]
  /** Of the legend; of the lines unless given. */
  items?: readonly Item[]
  hidden?: ReadonlySet<string>
  onToggle?: (name: string) => void
  xAxis: Axis
  yAxis: Axis
  /** Narrower scales are not shown. */
  least: { x: number; y: number }
  /** Zero is on the scale of y. */
  hasZero?: boolean
  /** A few points that lie far from all others are left outside at first. */
  isCalm?: boolean
  /** What is read off: of each line what is at an x, or the one point that is nearest. */
  hover: "x" | "nearest"
  reading: (
    points: readonly PointOf[],
    lines: readonly Line[],
    view: { x: Range; y: Range },
  ) => string
  controls?: ComponentChildren
  note?: ComponentChildren
  isLoading?: boolean
  error?: unknown
}) {
  const { lines: all, hidden, palette, xAxis, yAxis, least, hasZero, isCalm } = props
  const [chosen, setChosen] = useState<Chosen>({})
  const [pointer, setPointer] = useState<Pointer>()
  const [isWhole, setWhole] = useState(false)
  const lines = useMemo(() => all.filter(({ name }) => !hidden?.has(name)), [all, hidden])
  const whole = useMemo(
    () => roomy(breadthOf(lines) ?? { from: 0, to: 1 }, least.x),
    [lines, least.x],
  )
  const x = chosen.x ?? whole
  const calm = useMemo(
    () => (isCalm && !isWhole ? calmExtent(lines, x, least.y) : undefined),
    [lines, isCalm, isWhole, x.from, x.to],
  )
  const fitting = useMemo(() => {
    const extent = calm?.range ?? extentOf(lines, x) ?? { from: 0, to: 1 }
    return roomy(hasZero ? withZero(extent) : extent, least.y)
  }, [lines, x.from, x.to, calm, hasZero, least.y])
  const y = chosen.y ?? fitting
  const points = useMemo(
    () =>
      props.hover === "x"
        ? pointsAlongX(lines, pointer, x)
        : nearestPoint(lines, pointer, { x, y }),
    [lines, pointer, props.hover, x.from, x.to, y.from, y.to],
  )
  const changeX = (change: (shown: Range) => Range) =>
    setChosen((before) => ({ ...before, x: change(before.x ?? whole) }))
  const zoom = (factor: number, about?: number) =>
    changeX((shown) => zoomed(shown, factor, about ?? (shown.from + shown.to) / 2, whole, least.x))
  const moves = {
    isZoomed: chosen.x !== undefined || chosen.y !== undefined,
    onZoom: zoom,
    onStep: (factor: number) => zoom(factor),
    onPan: (part: number) => changeX((shown) => panned(shown, part, whole)),
    onReset: () => setChosen({}),
    onRead: (part: number) => setPointer(pointerAlong(pointer, part, x)),
  }
  return (
    <ChartFrame
      {...props}
      items={props.items ?? (all.length > 1 ? all : [])}
      summary={`${props.title}: ${xAxis(x, 5).title ?? ""} and ${yAxis(y, 5).title ?? ""}.`}
      moves={moves}
      reading={props.reading(points, lines, { x, y })}
      note={
        <>
          {calm && (
            <p>
              {calm.outside} far away {calm.outside === 1 ? "point is" : "points are"} outside this
              scale.{" "}
              <button type="button" class="as-link" onClick={() => setWhole(true)}>
                Show all
              </button>
            </p>
          )}
          {props.note}
        </>
      }
    >
      {lines.length === 0 ? (
        <p class="chart-empty">
          {all.length === 0
            ? "There is nothing to draw of these cycles yet."
            : "All lines are hidden: press a name above to see its line."}
        </p>
      ) : (
        <Plot
          lines={lines}
          x={x}
          y={y}
          xAxis={xAxis}
          yAxis={yAxis}
          palette={palette}
          height={innerWidth < 600 ? 240 : 300}
          gestures={moves}
          pointer={pointer}
          points={points}
          onPointer={setPointer}
          onSelect={(selected) => setChosen((before) => ({ ...before, ...selected }))}
        />
      )}
    </ChartFrame>
  )
}
