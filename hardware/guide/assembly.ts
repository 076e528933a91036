/** Where each part goes, coloured by the step in which it is soldered, with pin 1 and polarity. */
import { bareBoard, bodyOf, line, PAPER, picture, pinOne, rect, sign, words } from "./draw"
import { SLOT_PINS as SLOT } from "../board/slot"
import { type Part, partOf, readNetlist } from "./netlist"
import { type Pcb, type PlacedPart, readPcb } from "./pcb"

export const STEPS = [
  { name: "1 fine pitch", fill: "#f7c6c2" },
  { name: "2 chips, transistors", fill: "#fbe0ad" },
  { name: "3 resistors, capacitors, diodes, fuses", fill: "#d5e8c4" },
  { name: "4 tall: relay, coil, electrolytics", fill: "#c3dcf2" },
  { name: "5 through the board, by hand", fill: "#dccdeb" },
] as const

const SLOT_PINS = SLOT.length
const KEY = SLOT.indexOf("KEY") + 1

/** Closer than this, pads want paste, a stencil and a look through a lens. */
const FINE_mm = 0.7
/** The relay; the base's coil and electrolytics. */
const TALL = /^(K1|L1|C19|C20)$/
/** What stands in the base's sockets. */
const CAPTIONS: Record<string, string> = {
  ...{ J1: "J1, slot 0", J2: "J2, slot 1", J3: "J3, slot 2", J4: "J4, slot 3" },
  U1: "U1: Pico or Pico W, USB above",
  U2: "U2: XIAO, USB below",
}
/** Test points are bare copper. */
const BARE = /^TP/

/** In which step a part is soldered, from 0; undefined for what is no part. */
export function stepOf(part: PlacedPart): number | undefined {
  const { reference, pads } = part
  if (BARE.test(reference)) return undefined
  if (pads.some(({ isThrough }) => isThrough)) return 4
  if (TALL.test(reference)) return 3
  if (pitch_mm(part) < FINE_mm) return 0
  return /^[UQ]/.test(reference) ? 1 : 2
}

function pitch_mm({ reference, pads }: PlacedPart): number {
  if (!/^U/.test(reference)) return Number.POSITIVE_INFINITY
  let least = Number.POSITIVE_INFINITY
  for (const [i, a] of pads.entries())
    for (const b of pads.slice(i + 1)) least = Math.min(least, Math.hypot(a.x - b.x, a.y - b.y))
  return least
}

export function assembly(name: "base" | "card"): string {
  const pcb = readPcb(name)
  const parts = readNetlist(name)
  const captions = name === "base" ? CAPTIONS : {}
  const body = pcb.parts.flatMap((one) => drawn(one, parts, pcb, captions[one.reference]))
  const view = { x: -3, y: -3, width: pcb.width + 6, height: pcb.height + 18 }
  return picture(
    view,
    `Assembly of the ${name}, seen from above`,
    [...bareBoard(pcb), ...body, ...legend(pcb)],
    name === "card" ? 15 : 10,
  )
}

function drawn(placed: PlacedPart, parts: Part[], pcb: Pcb, caption?: string): string[] {
  const step = stepOf(placed)
  if (step === undefined) return bodyOf(placed, PAPER)
  const part = partOf(parts, placed.reference)
  return [...bodyOf(placed, STEPS[step].fill, caption), ...marks(placed, part, pcb)]
}

/** Pin 1 of what has several pins, + of electrolytics, K (the bar) of diodes and LEDs. */
function marks(placed: PlacedPart, part: Part, { height }: Pcb): string[] {
  const { reference, pads, body } = placed
  const pad = (number: number) => pads.find((one) => one.number === String(number))
  const outward = (x: number, y: number, by: number): [number, number] => {
    const [dx, dy] = [x - placed.x, y - placed.y]
    const long = Math.hypot(dx, dy) || 1
    return [x + (by * dx) / long, y + (by * dy) / long]
  }
  if (/^(LED\d|D\d+)$/.test(reference) && pads.length === 2) {
    // The clamp works both ways.
    if (part.part.startsWith("SD12C")) return []
    const cathode = pad(2)
    return cathode ? [sign(...outward(cathode.x, cathode.y, 1.5), "K")] : []
  }
  if (/^C(19|20)$/.test(reference)) {
    const plus = pad(1)
    return plus ? [sign(plus.x, plus.y - 3.2, "+")] : []
  }
  if (pads.length < 3 || /^R/.test(reference)) return []
  const first = firstPad(placed)
  if (/^J/.test(reference)) {
    const key =
      pads.length === SLOT_PINS ? [pad(KEY)].flatMap((one) => (one ? cross(one) : [])) : []
    return [pinOne(first.x, first.y), ...key]
  }
  // Beside its pad, on the body's edge.
  const x = Math.min(Math.max(first.x, body.x + 0.3), body.x + body.width - 0.3)
  const y = Math.min(Math.max(first.y, 0.6), height - 0.6)
  return [pinOne(x, y)]
}

/** A pin that is cut off, and a hole that is plugged. */
function cross({ x, y }: { x: number; y: number }): string[] {
  const style = { stroke: "#d3222a", width: 0.45 }
  return [
    line(
      [
        [x - 0.9, y - 0.9],
        [x + 0.9, y + 0.9],
      ],
      style,
    ),
    line(
      [
        [x - 0.9, y + 0.9],
        [x + 0.9, y - 0.9],
      ],
      style,
    ),
  ]
}

/** The maker's pin 1, which is not always the netlist's: transistors are numbered by function there. */
function firstPad({ reference, pads }: PlacedPart): { x: number; y: number } {
  // Field effect: gate is the maker's 1. Bipolar in SOT-89: base is.
  const number = /^Q/.test(reference) ? (pads.length > 3 ? "2" : "3") : "1"
  return pads.find((one) => one.number === number) ?? pads[0]
}

function legend({ width, height }: Pcb): string[] {
  const size = width > 80 ? 1.9 : 1.5
  const rows = [...STEPS.map(({ name }) => name), "pin 1; K: cathode; +: positive end"]
  const entries = rows.map((name, i) => {
    const x = (i % 2) * 0.52 * width
    const y = height + 2.4 + Math.floor(i / 2) * size * 1.8
    const box = { x, y: y - size / 2, width: size * 1.6, height: size }
    const mark =
      i < STEPS.length
        ? rect(box, { fill: STEPS[i].fill, stroke: "#555", width: 0.1 })
        : pinOne(x + size * 0.8, y)
    return [mark, words(x + size * 2, y, name, { size })]
  })
  const y = height + 2.4 + 3 * size * 1.8
  const key = cross({ x: size * 0.8, y })
  return [
    ...entries.flat(),
    ...key,
    words(size * 2, y, "pin 9: cut off the card's header, plugged in the socket", { size }),
  ]
}
