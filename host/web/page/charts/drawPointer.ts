import { type Frame, placeX, placeY } from "./frame"
import type { PlotContent } from "./plotContent"

/** A rectangle that is being drawn with the mouse, CSS pixels. */
export interface Band {
  left: number
  top: number
  width: number
  height: number
}

/** Draws what follows the mouse: the line through it, the points that it reads, and what is being selected. */
export function drawPointer(
  context: CanvasRenderingContext2D,
  frame: Frame,
  {
    lines,
    pointer,
    points,
    palette,
  }: Pick<PlotContent, "lines" | "pointer" | "points" | "palette">,
  band: Band | undefined,
): void {
  if (band !== undefined) {
    context.globalAlpha = 0.18
    context.fillStyle = palette.series[0]
    context.fillRect(band.left, band.top, band.width, band.height)
    context.globalAlpha = 1
  }
  if (pointer === undefined) return
  const x = Math.round(placeX(frame, pointer.x)) + 0.5
  if (x < frame.left || x > frame.left + frame.width) return
  context.strokeStyle = palette.quiet
  context.lineWidth = 1
  context.setLineDash([4, 3])
  context.beginPath()
  context.moveTo(x, frame.top)
  context.lineTo(x, frame.top + frame.height)
  context.stroke()
  context.setLineDash([])
  for (const { line, index } of points) {
    const { xs, ys, colour } = lines[line] ?? {}
    const y = ys?.[index] ?? null
    if (xs === undefined || colour === undefined || y === null) continue
    context.beginPath()
    context.arc(placeX(frame, xs[index]), placeY(frame, y), 4, 0, 2 * Math.PI)
    context.fillStyle = colour
    context.fill()
    context.strokeStyle = palette.ground
    context.lineWidth = 2
    context.stroke()
  }
}
