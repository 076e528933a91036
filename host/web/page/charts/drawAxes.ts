import { type Frame, placeX, placeY } from "./frame"
import type { Axis, PlotContent } from "./plotContent"
import type { Range } from "./range"
import type { Ticks } from "./ticks"

/** Pixels from tick to tick at least. */
const APART = { x: 84, y: 24, top: 56 }
const TICK = 5

type Context = CanvasRenderingContext2D

/** Grid, ticks, numbers and titles. */
export function drawAxes(context: Context, frame: Frame, content: PlotContent): void {
  const { xAxis, yAxis, topAxis, isXShared, palette } = content
  const { left, top, width, height } = frame
  const bottom = top + height
  const x = ticksIn(xAxis, frame.x, width / APART.x)
  const y = ticksIn(yAxis, frame.y, height / APART.y)
  const above = topAxis && ticksIn(topAxis, frame.x, width / APART.top)
  context.strokeStyle = palette.grid
  context.lineWidth = 1
  context.beginPath()
  for (const at of x.at) upright(context, placeX(frame, at), top, bottom + TICK)
  for (const at of y.at) level(context, left - TICK, left + width, placeY(frame, at))
  for (const at of above?.at ?? []) upright(context, placeX(frame, at), top - TICK, top)
  context.stroke()

  context.fillStyle = palette.quiet
  context.font = `12px ${palette.font}`
  context.textBaseline = "middle"
  context.textAlign = "right"
  for (const [i, at] of y.at.entries())
    context.fillText(y.texts[i], left - TICK - 4, placeY(frame, at))
  if (above) writeAlong(context, frame, above, top - TICK - 8)
  if (!isXShared) writeAlong(context, frame, x, bottom + TICK + 9)

  context.font = `12.5px ${palette.font}`
  context.textAlign = "center"
  if (!isXShared) context.fillText(x.title ?? "", left + width / 2, bottom + TICK + 28)
  context.save()
  context.translate(10, top + height / 2)
  context.rotate(-Math.PI / 2)
  context.fillText(y.title ?? "", 0, 0)
  context.restore()
}

function ticksIn(axis: Axis, range: Range, most: number) {
  return axis(range, Math.max(1, most))
}

/** Lines on whole pixels are sharp. */
function upright(context: Context, x: number, from: number, to: number): void {
  context.moveTo(Math.round(x) + 0.5, from)
  context.lineTo(Math.round(x) + 0.5, to)
}

function level(context: Context, from: number, to: number, y: number): void {
  context.moveTo(from, Math.round(y) + 0.5)
  context.lineTo(to, Math.round(y) + 0.5)
}

/** The numbers of x, each about its tick, but not beyond the edge of the canvas. */
function writeAlong(context: Context, frame: Frame, { at, texts }: Ticks, y: number): void {
  context.textAlign = "center"
  for (const [i, value] of at.entries()) {
    const half = context.measureText(texts[i]).width / 2
    const last = frame.left + frame.width + 10 - half
    context.fillText(texts[i], Math.min(placeX(frame, value), last), y)
  }
}
