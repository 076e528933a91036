import type { TraceGap } from "../../api"
import { type Frame, placeX } from "./frame"
import { type GapMark, gapMarks } from "./gapMarks"
import type { Palette } from "./theme"

type Context = CanvasRenderingContext2D

/** Hatches where a test stood still or its records are missing. */
export function hatchGaps(
  context: Context,
  frame: Frame,
  gaps: readonly TraceGap[],
  palette: Palette,
): void {
  for (const mark of marksOf(context, frame, gaps, palette))
    hatch(context, frame, mark, colourOf(mark, palette))
}

/** Says at each gap in a few words what it was, as far as there is room. */
export function labelGaps(
  context: Context,
  frame: Frame,
  gaps: readonly TraceGap[],
  palette: Palette,
): void {
  for (const mark of marksOf(context, frame, gaps, palette))
    label(context, frame, mark, palette.ground, colourOf(mark, palette))
}

function marksOf(
  context: Context,
  frame: Frame,
  gaps: readonly TraceGap[],
  { font }: Palette,
): GapMark[] {
  const area = { left: frame.left, right: frame.left + frame.width }
  context.font = `11.5px ${font}`
  return gapMarks(
    gaps,
    (time_s) => placeX(frame, time_s),
    area,
    (text) => context.measureText(text).width,
  )
}

function colourOf({ gap }: GapMark, { bad, warn }: Palette): string {
  return gap.kind === "fault" ? bad : warn
}

/** Pixels from stroke to stroke. */
const APART = 7

function hatch(
  context: Context,
  { top, height }: Frame,
  { left, width }: GapMark,
  colour: string,
): void {
  context.save()
  context.beginPath()
  context.rect(left, top, width, height)
  context.clip()
  context.globalAlpha = 0.16
  context.fillStyle = colour
  context.fillRect(left, top, width, height)
  context.globalAlpha = 0.6
  context.strokeStyle = colour
  context.lineWidth = 1
  context.beginPath()
  for (let at = top - width; at < top + height; at += APART) {
    context.moveTo(left, at + width)
    context.lineTo(left + width, at)
  }
  context.stroke()
  context.restore()
}

function label(
  context: Context,
  { top }: Frame,
  { label }: GapMark,
  ground: string,
  colour: string,
): void {
  if (label === undefined) return
  const { text, left } = label
  const { width } = context.measureText(text)
  context.globalAlpha = 0.85
  context.fillStyle = ground
  context.fillRect(left - 3, top + 3, width + 6, 16)
  context.globalAlpha = 1
  context.fillStyle = colour
  context.textAlign = "left"
  context.textBaseline = "middle"
  context.fillText(text, left, top + 11)
}
