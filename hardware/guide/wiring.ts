/** How a cell, a standard and a short are wired to a card's terminals. */
import { circle, line, picture, rect, words } from "./draw"
import { partOf, readNetlist } from "./netlist"

const RED = "#c62828"
const BLACK = "#20242b"
const PITCH = 7
const NAMES: Record<string, { name: string; color: string; width: number }> = {
  CELL_P: { name: "F+", color: RED, width: 0.9 },
  SENSE_P: { name: "S+", color: RED, width: 0.4 },
  SENSE_N: { name: "S−", color: BLACK, width: 0.4 },
  CELL_N: { name: "F−", color: BLACK, width: 0.9 },
}

export function wiring(): string {
  const body = [
    ...panel(0, 0, "Cell: twist F+ with F−, S+ with S−", cell),
    ...panel(66, 0, "Standard and voltmeter (calibrate)", standard),
    ...panel(0, 62, "Short: all at one point", short),
    ...panel(66, 62, "Empty (accept, first)", empty),
  ]
  return picture({ x: 0, y: 0, width: 130, height: 122 }, "Wiring of the terminals", body, 7)
}

type Point = readonly [x: number, y: number]
/** Draws what hangs on the four terminals. */
type Load = (x: number, y: number, terminals: Point[]) => string[]

function panel(x: number, y: number, title: string, load: Load): string[] {
  const { pins, numbers } = partOf(readNetlist("card"), "J2")
  const order = Object.keys(pins).sort((a, b) => numbers[a] - numbers[b])
  const left = x + 20
  const terminals = order.map((_, i): Point => [left + i * PITCH, y + 14])
  return [
    words(x + 3, y + 4, title, { size: 2.3, bold: true }),
    rect(
      { x: left - 5, y: y + 8, width: 3 * PITCH + 10, height: 8 },
      { fill: "#cfe3cf", stroke: "#555", width: 0.2 },
      1,
    ),
    words(left - 6, y + 12, "card J2", { size: 2, anchor: "end" }),
    ...order.flatMap((pin, i) => {
      const { name, color } = NAMES[pins[pin]]
      const [cx] = terminals[i]
      return [
        words(cx, y + 10, name, { size: 2.1, anchor: "middle", bold: true, color }),
        circle(cx, y + 13.6, 1.3, { fill: "#f2f2f2", stroke: color, width: 0.4 }),
      ]
    }),
    ...load(x, y, terminals),
  ]
}

function wire(index: number, ...points: Point[]): string {
  const { color, width } = Object.values(NAMES)[index]
  return line(points, { stroke: color, width })
}

const cell: Load = (x, y, [fp, sp, sn, fn]) => [
  rect({ x: x + 14, y: y + 34, width: 34, height: 4 }, { fill: "#d8d2c4", stroke: "#555" }, 1),
  words(x + 31, y + 36, "contact at +", { size: 1.9, anchor: "middle" }),
  rect({ x: x + 18, y: y + 39, width: 26, height: 6 }, { fill: "#b9c3cf", stroke: "#555" }, 2),
  words(x + 31, y + 42, "coin cell", { size: 2, anchor: "middle", bold: true }),
  rect({ x: x + 14, y: y + 46, width: 34, height: 4 }, { fill: "#d8d2c4", stroke: "#555" }, 1),
  words(x + 31, y + 48, "contact at −", { size: 1.9, anchor: "middle" }),
  wire(0, fp, [fp[0], y + 34]),
  wire(1, sp, [sp[0], y + 34]),
  wire(2, sn, [sn[0], y + 27], [x + 54, y + 27], [x + 54, y + 47.4], [x + 48, y + 47.4]),
  wire(3, fn, [fn[0], y + 24], [x + 57, y + 24], [x + 57, y + 49], [x + 48, y + 49]),
  words(x + 3, y + 55, "F and S meet at the contact itself, never at the card.", { size: 1.9 }),
]

const standard: Load = (x, y, [fp, sp, sn, fn]) => [
  line(
    [
      [x + 12, y + 34],
      [x + 50, y + 34],
    ],
    { stroke: "#555", width: 0.6 },
  ),
  rect({ x: x + 22, y: y + 31, width: 18, height: 6 }, { fill: "#e8d9b5", stroke: "#555" }, 0.6),
  words(x + 31, y + 34, "100 Ω 0.01 %", { size: 1.9, anchor: "middle" }),
  wire(0, fp, [fp[0], y + 24], [x + 12, y + 24], [x + 12, y + 34]),
  wire(1, sp, [sp[0], y + 27], [x + 18, y + 27], [x + 18, y + 34]),
  wire(2, sn, [sn[0], y + 27], [x + 44, y + 27], [x + 44, y + 34]),
  wire(3, fn, [fn[0], y + 24], [x + 50, y + 24], [x + 50, y + 34]),
  circle(x + 31, y + 46, 4.4, { fill: "#fff7d6", stroke: "#555", width: 0.3 }),
  words(x + 31, y + 46, "V", { size: 3, anchor: "middle", bold: true }),
  wire(1, [x + 18, y + 34], [x + 18, y + 46], [x + 26.6, y + 46]),
  wire(2, [x + 44, y + 34], [x + 44, y + 46], [x + 35.4, y + 46]),
  words(x + 25, y + 43.8, "+", { size: 2.6, color: RED, bold: true, anchor: "middle" }),
  words(x + 3, y + 55, "Current outside, sense and meter inside.", { size: 1.9 }),
]

const short: Load = (x, y, terminals) => [
  ...terminals.map((from, i) => wire(i, from, [from[0], y + 26], [x + 30.5, y + 38])),
  circle(x + 30.5, y + 38, 2.6, { fill: "#b9c3cf", stroke: "#555", width: 0.3 }),
  words(x + 35, y + 40, "one screw or clip", { size: 2 }),
  words(x + 3, y + 55, "For calibrate the meter's two leads, too.", { size: 1.9 }),
]

const empty: Load = (x, y, terminals) => [
  ...terminals.map((from, i) => wire(i, from, [from[0] + (i - 1.5) * 4, y + 34])),
  words(x + 3, y + 55, "Nothing connected, the leads apart.", { size: 1.9 }),
]
