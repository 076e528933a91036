import type { TraceGap } from "../../api"
import { duration } from "../words"

/** Where a gap is drawn along x, and what stands at it if there is room. In pixels. */
export interface GapMark {
  gap: TraceGap
  left: number
  width: number
  label?: { text: string; left: number }
}

/** Test time stands still in most gaps, which then would have no width. */
const LEAST_WIDTH = 5
const ROOM = 6

/**
 * @param pixels of a test time
 * @param area the plot's left and right edge
 * @param textWidth of a label
 */
export function gapMarks(
  gaps: readonly TraceGap[],
  pixels: (time_s: number) => number,
  area: { left: number; right: number },
  textWidth: (text: string) => number,
): GapMark[] {
  const marks: GapMark[] = []
  let free = area.left
  for (const gap of gaps) {
    const from = pixels(gap.time_s)
    const to = pixels(gap.resumed_s ?? gap.time_s)
    if (to < area.left || from > area.right) continue
    const width = Math.max(to - from, LEAST_WIDTH)
    const left = Math.max(area.left, (from + to - width) / 2)
    const mark: GapMark = { gap, left, width: Math.min(width, area.right - left) }
    marks.push(mark)
    const text = gapLabel(gap)
    const needs = textWidth(text) + 2 * ROOM
    const labelLeft = Math.min(left + mark.width, area.right - needs)
    if (labelLeft < free) continue
    mark.label = { text, left: labelLeft + ROOM }
    free = labelLeft + needs
  }
  return marks
}

const WORDS = { pause: "paused", fault: "fault", restart: "restart", lost: "records lost" }

/** In a few words. */
export function gapLabel({ kind, unix_s, resumed_unix_s, time_s, resumed_s }: TraceGap): string {
  const word = WORDS[kind]
  if (resumed_s === undefined) return `${word}, not gone on`
  if (kind === "lost") return `${word}, ${duration(resumed_s - time_s)}`
  if (unix_s === undefined || resumed_unix_s === undefined) return word
  return `${word} ${duration(resumed_unix_s - unix_s)}`
}
