import { drawAxes } from "./drawAxes"
import { type Frame, placeX, placeY } from "./frame"
import type { Line, Marker } from "./lines"
import type { PlotContent } from "./plotContent"

type Context = CanvasRenderingContext2D

/** Draws a plot anew; the canvas is scaled to CSS pixels. */
export function drawPlot(context: Context, frame: Frame, content: PlotContent): void {
  drawAxes(context, frame, content)
  content.under?.(context, frame)
  for (const line of content.lines) {
    clipped(context, frame, 1, () => drawLine(context, frame, line))
    if (line.marker !== undefined)
      clipped(context, frame, 5, () => drawMarkers(context, frame, line, content.palette.ground))
  }
  content.over?.(context, frame)
}

function clipped(context: Context, frame: Frame, beyond: number, draw: () => void): void {
  context.save()
  context.beginPath()
  const { left, top, width, height } = frame
  context.rect(left - beyond, top - beyond, width + 2 * beyond, height + 2 * beyond)
  context.clip()
  draw()
  context.restore()
}

/** A null breaks the line; x may go back and forth. */
function drawLine(context: Context, frame: Frame, line: Line): void {
  const { xs, ys, colour, width = 1.5, dash = [] } = line
  context.strokeStyle = colour
  context.lineWidth = width
  context.lineJoin = "round"
  context.setLineDash([...dash])
  context.beginPath()
  let isDown = false
  for (let i = 0; i < xs.length; i++) {
    const y = ys[i]
    if (y === null) isDown = false
    else if (isDown) context.lineTo(placeX(frame, xs[i]), placeY(frame, y))
    else {
      context.moveTo(placeX(frame, xs[i]), placeY(frame, y))
      isDown = true
    }
  }
  context.stroke()
}

/** Filled, or hollow where a point is not complete. Where points are close, the line stands for most of them. */
function drawMarkers(context: Context, frame: Frame, line: Line, ground: string): void {
  const { marker = "circle", xs, ys, colour, isHollow } = line
  const isShown = markedOf(line, frame)
  const filled = new Path2D()
  const hollow = new Path2D()
  for (let i = 0; i < xs.length; i++) {
    const y = ys[i]
    if (y === null || !isShown(i)) continue
    const path = isHollow?.(i) ? hollow : filled
    addMarker(path, marker, placeX(frame, xs[i]), placeY(frame, y), RADIUS)
  }
  context.lineWidth = 1.4
  context.strokeStyle = colour
  context.fillStyle = colour
  context.fill(filled)
  if (marker === "cross") context.stroke(filled)
  context.fillStyle = ground
  context.fill(hollow)
  context.stroke(hollow)
}

/** Pixels. */
const RADIUS = 3.4
const APART = 18

/** Which points have a marker: every so manieth, those that no line reaches, and those that are not complete. */
function markedOf({ xs, ys, isHollow }: Line, { width, x }: Frame): (index: number) => boolean {
  const across = Math.abs(xs[xs.length - 1] - xs[0])
  const pixels = (across / (x.to - x.from)) * width
  const every = Math.max(1, Math.ceil((xs.length * APART) / Math.max(pixels, 1)))
  const isAlone = (i: number) => (ys[i - 1] ?? null) === null && (ys[i + 1] ?? null) === null
  return (i) => i % every === 0 || isAlone(i) || isHollow?.(i) === true
}

/** The outline of one marker, as large as the others look. */
export function addMarker(path: Path2D, marker: Marker, x: number, y: number, r: number): void {
  const outline = OUTLINES[marker]
  if (outline === undefined) {
    path.moveTo(x + r, y)
    path.arc(x, y, r, 0, 2 * Math.PI)
    return
  }
  outline.forEach(([dx, dy], i) => {
    if (i === 0 || (marker === "cross" && i === 2)) path.moveTo(x + r * dx, y + r * dy)
    else path.lineTo(x + r * dx, y + r * dy)
  })
  if (marker !== "cross") path.closePath()
}

/** Corners, in radii. */
const OUTLINES: Readonly<Record<Marker, readonly (readonly [number, number])[] | undefined>> = {
  circle: undefined,
  square: [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  diamond: [
    [0, -1.25],
    [1.25, 0],
    [0, 1.25],
    [-1.25, 0],
  ],
  up: [
    [0, -1.2],
    [1.15, 0.85],
    [-1.15, 0.85],
  ],
  down: [
    [0, 1.2],
    [1.15, -0.85],
    [-1.15, -0.85],
  ],
  cross: [
    [-1, -1],
    [1, 1],
    [-1, 1],
    [1, -1],
  ],
}
