/** SVG by hand: as much of it as the guide's pictures take. Millimetres of the board, y downward. */
import type { Box, PlacedPart, Pcb } from "./pcb"

export const INK = "#20242b"
export const FAINT = "#9aa3ad"
export const PAPER = "#ffffff"
const BOARD = "#eef3ee"
const PAD = "#c9ccd0"
const PIN_1 = "#d3222a"

export interface Style {
  fill?: string
  stroke?: string
  width?: number
  dash?: string
}

export function rect({ x, y, width, height }: Box, style: Style = {}, radius = 0): string {
  const round = radius === 0 ? "" : ` rx="${radius}"`
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"${round}${look(style)}/>`
}

export function circle(x: number, y: number, radius: number, style: Style = {}): string {
  return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}"${look(style)}/>`
}

export function line(points: readonly (readonly [number, number])[], style: Style = {}): string {
  const path = points.map(([x, y]) => `${n(x)},${n(y)}`).join(" ")
  return `<polyline points="${path}"${look({ fill: "none", stroke: INK, width: 0.25, ...style })}/>`
}

export interface Words {
  size?: number
  anchor?: "start" | "middle" | "end"
  bold?: boolean
  color?: string
  turned?: boolean
}

/** Text whose middle line is at y. */
export function words(x: number, y: number, text: string, style: Words = {}): string {
  const { size = 1.6, anchor = "start", bold = false, color = INK, turned = false } = style
  const turn = turned ? ` transform="rotate(-90 ${n(x)} ${n(y)})"` : ""
  return (
    `<text x="${n(x)}" y="${n(y + 0.35 * size)}" font-size="${n(size)}" text-anchor="${anchor}"` +
    `${bold ? ' font-weight="bold"' : ""} fill="${color}"${turn}>${escaped(text)}</text>`
  )
}

/** A whole picture. `view` is in millimetres; it is shown `scale` times as large, in pixels. */
export function picture(view: Box, title: string, body: string[], scale = 9): string {
  const { x, y, width, height } = view
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${n(x)} ${n(y)} ${n(width)} ${n(height)}" ` +
    `width="${Math.round(width * scale)}" height="${Math.round(height * scale)}" ` +
    `font-family="Helvetica, Arial, sans-serif" role="img">\n<title>${escaped(title)}</title>\n` +
    `${rect(view, { fill: PAPER })}\n${body.join("\n")}\n</svg>\n`
  )
}

/** A board's outline with its holes; parts are drawn on it. */
export function bareBoard({ width, height, holes }: Pcb): string[] {
  return [
    rect({ x: 0, y: 0, width, height }, { fill: BOARD, stroke: INK, width: 0.3 }, 1),
    ...holes.map(({ x, y, diameter }) =>
      circle(x, y, diameter / 2, { fill: PAPER, stroke: FAINT, width: 0.2 }),
    ),
  ]
}

export function padsOf({ pads }: PlacedPart): string[] {
  return pads.flatMap(({ x, y, width, height, isRound, isThrough }) => {
    const box = { x: x - width / 2, y: y - height / 2, width, height }
    const pad = isRound ? circle(x, y, width / 2, { fill: PAD }) : rect(box, { fill: PAD })
    return isThrough ? [pad, circle(x, y, width * 0.3, { fill: PAPER })] : [pad]
  })
}

/** A part's body and pads, and what it is called: on it, as large as there is room; a row of pins beside. */
export function bodyOf(part: PlacedPart, fill: string, name = part.reference): string[] {
  const { body, pads } = part
  const isTall = body.height > body.width * 1.3
  const [long, short] = isTall ? [body.height, body.width] : [body.width, body.height]
  const isRow = /^J/.test(part.reference)
  const size = isRow ? 1.5 : Math.max(0.8, Math.min(1.7, short * 0.6, (long * 1.5) / name.length))
  const middle = { x: body.x + body.width / 2, y: body.y + body.height / 2 }
  // Terminals have room below their pins; at a board's edge the name stands before pin 1.
  const rowAt = body.height > 5 ? { x: middle.x, y: body.y + body.height - 1.2 } : above(part)
  const at = isRow ? rowAt : middle
  return [
    rect(shrunk(body, 0.12), { fill, stroke: INK, width: 0.1 }, 0.2),
    ...padsOf(part),
    ...(pads.length === 1
      ? []
      : [
          words(at.x, at.y, name, { size, anchor: "middle", bold: true, turned: isTall && !isRow }),
        ]),
  ]
}

function above({ body, pads }: PlacedPart): { x: number; y: number } {
  const isLying = body.height > 3 && pads.length > 10
  if (isLying) return { x: body.x - 1.2, y: pads[0].y }
  return { x: body.x + body.width / 2, y: body.y - 1 }
}

/** A red dot where pin 1 is. */
export function pinOne(x: number, y: number): string {
  return circle(x, y, 0.5, { fill: PIN_1, stroke: PAPER, width: 0.12 })
}

export function sign(x: number, y: number, text: "+" | "−" | "K"): string {
  return words(x, y, text, { size: 1.9, bold: true, anchor: "middle", color: PIN_1 })
}

export interface Callout {
  /** What is pointed at: a part's body, or a pad. */
  at: Box
  /** The first line is bold. */
  text: string[]
  side: "left" | "right" | "below"
}

const LEADER: Style = { stroke: "#1f5fbf", width: 0.2 }

/** Texts in the margins, each joined to what it is about, in the order in which those stand. */
export function callouts(list: Callout[], board: Pcb, size = 1.7): string[] {
  return (["left", "right", "below"] as const).flatMap((side) => {
    const own = list.filter((one) => one.side === side)
    return side === "below" ? below(own, board, size) : beside(own, board, size, side)
  })
}

function beside(list: Callout[], { width, height }: Pcb, size: number, side: "left" | "right") {
  const isLeft = side === "left"
  const own = [...list].sort((a, b) => middleOf(a.at).y - middleOf(b.at).y)
  const lineHeight = size * 1.3
  const heights = own.map(({ text }) => text.length * lineHeight + size * 0.6)
  const total = heights.reduce((sum, one) => sum + one, 0)
  // As near to its point's height as those above it leave, and then as those below it need.
  const tops: number[] = []
  let least = Math.min(0, height - total)
  for (const [i, { at }] of own.entries()) {
    tops.push(Math.max(least, middleOf(at).y - heights[i] / 2))
    least = tops[i] + heights[i]
  }
  let most = height
  for (let i = own.length - 1; i >= 0; i--) {
    tops[i] = Math.min(tops[i], most - heights[i])
    most = tops[i]
  }
  const edge = isLeft ? -4 : width + 4
  return own.flatMap(({ at, text }, i) => {
    const middle = tops[i] + heights[i] / 2
    const x = isLeft ? at.x : at.x + at.width
    const y = middleOf(at).y
    return [
      ...leader([
        [x, y],
        [edge + (isLeft ? 3 : -3), middle],
        [edge, middle],
      ]),
      ...text.map((one, k) =>
        words(edge + (isLeft ? -0.8 : 0.8), tops[i] + size * 0.3 + lineHeight * (k + 0.5), one, {
          size,
          anchor: isLeft ? "end" : "start",
          bold: k === 0,
        }),
      ),
    ]
  })
}

function below(list: Callout[], { width, height }: Pcb, size: number): string[] {
  const own = [...list].sort((a, b) => middleOf(a.at).x - middleOf(b.at).x)
  return own.flatMap(({ at, text }, i) => {
    const x = ((i + 0.5) * (width + 24)) / own.length - 12
    const from = middleOf(at)
    return [
      ...leader([
        [from.x, from.y],
        [x, height + 3],
        [x, height + 5],
      ]),
      ...text.map((one, k) =>
        words(x, height + 5 + size * (0.8 + 1.3 * k), one, {
          size,
          anchor: "middle",
          bold: k === 0,
        }),
      ),
    ]
  })
}

function leader(points: [number, number][]): string[] {
  const [[x, y]] = points
  return [line(points, LEADER), circle(x, y, 0.4, { fill: "#1f5fbf", stroke: PAPER, width: 0.1 })]
}

function middleOf({ x, y, width, height }: Box): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 }
}

export function shrunk({ x, y, width, height }: Box, by: number): Box {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by }
}

function look({ fill = "none", stroke, width = 0.2, dash }: Style): string {
  const line = stroke === undefined ? "" : ` stroke="${stroke}" stroke-width="${n(width)}"`
  return ` fill="${fill}"${line}${dash === undefined ? "" : ` stroke-dasharray="${dash}"`}`
}

function n(value: number): string {
  return String(Math.round(value * 100) / 100 || 0)
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
}
