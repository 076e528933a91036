/** What each connector's pins carry, as the netlists have it, and how a card stands in its slot. */
import { circle, line, picture, rect, words } from "./draw"
import { type Part, partOf, readNetlist } from "./netlist"

/** What a net is, for a person. */
const NETS: Record<string, string> = {
  VP: "+8.25 V",
  VN: "−3.9 … −5.5 V",
  PGND: "cells' currents return",
  GND: "ground",
  RELAY_5V: "5 V of the relays",
  AVDD: "+2.5 V",
  AVSS: "−2.5 V",
  SCL: "I²C clock",
  SDA: "I²C data",
  V3V3: "3.3 V",
  A0: "address, by the slot",
  A1: "address, by the slot",
  VREF: "4.096 V",
  COARSE: "set-point, coarse",
  FINE: "set-point, fine",
  RELAY: "3.3 V closes the relay",
  V5_USB: "5 V of USB",
  RUN: "reset, low resets",
  WDT: "watchdog's output",
  CELL_P: "F+ current to cell +",
  SENSE_P: "S+ sense of cell +",
  SENSE_N: "S− sense of cell −",
  CELL_N: "F− current from cell −",
}
const ROW = 3.2
const TEXT = 2

export function pinouts(): string {
  const base = readNetlist("base")
  const card = readNetlist("card")
  const body = [
    ...table(partOf(card, "J1"), 2, 4, "card J1, base J1–J4", 20),
    ...table(partOf(card, "J2"), 66, 4, "card J2: the cell, from the left", 4),
    ...table(partOf(base, "J5"), 66, 24, "base J5: to a further board", 6),
    ...table(partOf(base, "J6"), 66, 50, "base J6: jumper", 2),
    ...slot(70, 66),
  ]
  return picture({ x: 0, y: 0, width: 132, height: 98 }, "Connectors and their pins", body, 7.5)
}

function table(part: Part, x: number, y: number, title: string, pins: number): string[] {
  const netOf = new Map(
    Object.entries(part.pins).map(([pin, net]) => [part.numbers[pin], net] as const),
  )
  const rows = Array.from({ length: pins }, (_, i) => {
    const middle = y + 5 + i * ROW
    const net = netOf.get(i + 1)
    return [
      circle(x + 3, middle, 1.2, { fill: net === undefined ? "#d3222a" : "#e3b341" }),
      words(x, middle, String(i + 1), { size: TEXT, anchor: "middle" }),
      words(x + 6, middle, net ?? "no pin", { size: TEXT, bold: true }),
      words(x + 24, middle, net === undefined ? "key: cut off, hole plugged" : (NETS[net] ?? ""), {
        size: TEXT,
      }),
    ]
  })
  return [words(x - 1, y, title, { size: 2.4, bold: true }), ...rows.flat()]
}

/** From the side: which way a card's parts look. */
function slot(x: number, y: number): string[] {
  const ink = { stroke: "#20242b", width: 0.3 }
  return [
    words(x - 5, y, "A card in its slot, seen from the base's left edge", {
      size: 2.4,
      bold: true,
    }),
    rect({ x, y: y + 24, width: 52, height: 1.6 }, { fill: "#c9dccb", ...ink }),
    ...[6, 19, 32, 45].flatMap((at) => [
      rect({ x: x + at, y: y + 18, width: 3, height: 6 }, { fill: "#444b55" }),
      rect({ x: x + at - 2.6, y: y + 3, width: 1.2, height: 14 }, { fill: "#c9dccb", ...ink }),
      line(
        [
          [x + at - 1, y + 15],
          [x + at + 1.5, y + 15],
          [x + at + 1.5, y + 18],
        ],
        { stroke: "#9aa3ad", width: 0.6 },
      ),
      rect({ x: x + at - 1.4, y: y + 5, width: 2.4, height: 5 }, { fill: "#f7d9a8", ...ink }),
    ]),
    words(x, y + 28.4, "slot 0    parts look this way →", { size: TEXT }),
    words(x + 52, y + 28.4, "edge with J5 and LED2", { size: TEXT, anchor: "end" }),
  ]
}
