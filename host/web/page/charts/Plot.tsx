import { useLayoutEffect, useRef, useState } from "preact/hooks"
import type { Selected } from "./band"
import { drawPlot } from "./draw"
import { type Band, drawPointer } from "./drawPointer"
import { frameOf } from "./frame"
import { type Gestures, listenTo } from "./gestures"
import type { Pointer } from "./nearest"
import type { PlotContent } from "./plotContent"

/**
 * Curves as wide as there is room, on two canvases: what changes with the mouse is drawn over what changes with the
 * data, so that following the mouse costs nothing.
 */
export function Plot(
  props: PlotContent & {
    height: number
    gestures: Gestures
    onPointer: (pointer: Pointer | undefined) => void
    onSelect: (selected: Selected) => void
  },
) {
  const box = useRef<HTMLDivElement>(null)
  const curves = useRef<HTMLCanvasElement>(null)
  const over = useRef<HTMLCanvasElement>(null)
  const [width, setWidth] = useState(0)
  const [band, setBand] = useState<Band>()
  const { lines, x, y, xAxis, yAxis, topAxis, under, palette, height, pointer, points } = props
  const now = useRef(props)
  now.current = props
  const frame = () =>
    frameOf(
      { width, height },
      { x, y, hasTop: topAxis !== undefined, isXShared: props.isXShared === true },
    )
  const frameNow = useRef(frame)
  frameNow.current = frame

  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    setWidth(element.clientWidth)
    const resizing = new ResizeObserver(() => setWidth(element.clientWidth))
    resizing.observe(element)
    const stop = listenTo(
      element,
      () => frameNow.current(),
      () => {
        const { gestures, onPointer, onSelect } = now.current
        return { ...gestures, onPointer, onSelect, onBand: setBand }
      },
    )
    return () => {
      resizing.disconnect()
      stop()
    }
  }, [])

  useLayoutEffect(() => {
    const context = cleared(curves.current, width, height)
    if (context) drawPlot(context, frame(), now.current)
  }, [lines, x.from, x.to, y.from, y.to, xAxis, yAxis, topAxis, under, palette, width, height])

  useLayoutEffect(() => {
    const context = cleared(over.current, width, height)
    if (context) drawPointer(context, frame(), now.current, band)
  }, [pointer, points, band, x.from, x.to, y.from, y.to, palette, width, height])

  return (
    <div ref={box} class="plot" style={{ height: `${height}px` }}>
      <canvas ref={curves} class="plot-curves" />
      <canvas ref={over} />
    </div>
  )
}

/** The empty canvas, sharp on this screen, to be drawn on in CSS pixels. */
function cleared(
  canvas: HTMLCanvasElement | null,
  width: number,
  height: number,
): CanvasRenderingContext2D | undefined {
  const context = canvas?.getContext("2d")
  if (canvas === null || !context || width === 0) return undefined
  const scale = devicePixelRatio
  const [wide, high] = [Math.round(width * scale), Math.round(height * scale)]
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide
    canvas.height = high
  }
  context.setTransform(scale, 0, 0, scale, 0, 0)
  context.clearRect(0, 0, width, height)
  return context
}
