/** What a person looks for on a board: connectors, test points, lamps. */
import { bareBoard, bodyOf, callouts, type Callout, picture } from "./draw"
import { RAILS, type Rail, volts } from "./supplies"
import { type Box, type Pcb, type PlacedPart, readPcb } from "./pcb"

interface Place {
  reference: string
  /** Number of a pad to point at; the part's middle without. */
  pad?: number
  text: string[]
  side: Callout["side"]
}

const BASE: Place[] = [
  {
    reference: "J1",
    text: ["J1 slot 0, converter 0x40", "J2–J4 below: slots 1 to 3"],
    side: "left",
  },
  {
    reference: "J4",
    pad: 9,
    text: ["hole of pin 9: plug it", "in all four sockets"],
    side: "left",
  },
  { reference: "C19", text: ["C19, 470 µF: VP", "+ to the left"], side: "left" },
  { reference: "R10", text: ["R10, 0 Ω: star point", "PGND meets GND here"], side: "left" },
  { reference: "C20", text: ["C20, 470 µF: VN", "+ to the right"], side: "left" },
  {
    reference: "LED2",
    text: ["LED2 amber, relays", "on: the heartbeat beats,", "relays can close"],
    side: "left",
  },
  { reference: "LED1", text: ["LED1 green, busy", "on: a relay is closed"], side: "right" },
  { reference: "U1", text: ["U1: Pico or Pico W", "USB at the upper edge"], side: "right" },
  { reference: "U10", text: ["U10: MCP4728A1", "the A1 one, 0x61"], side: "right" },
  { reference: "U4", text: ["U4: W25Q128JVSIQ"], side: "right" },
  { reference: "J6", text: ["J6 watchdog to RUN", "open while loading firmware"], side: "right" },
  { reference: "U2", text: ["U2: or a XIAO ESP32-C3", "its EN pad to J6 RUN"], side: "right" },
  { reference: "F1", text: ["F1, 1.1 A, behind USB"], side: "right" },
  ...RAILS.map((rail): Place => testPoint(rail)),
  { reference: "TP7", pad: 1, text: ["TP7 GND", "black probe"], side: "below" },
  { reference: "J5", text: ["J5: 5V 3V3 SDA SCL GND RUN"], side: "right" },
]

const CARD: Place[] = [
  { reference: "J2", pad: 1, text: ["J2 F+: current to cell +"], side: "left" },
  { reference: "J2", pad: 2, text: ["J2 S+: sense of cell +"], side: "left" },
  { reference: "J2", pad: 3, text: ["J2 S−: sense of cell −"], side: "left" },
  { reference: "J2", pad: 4, text: ["J2 F−: current from cell −"], side: "left" },
  { reference: "F1", text: ["F1: resettable fuse", "holds 0.12 A"], side: "left" },
  { reference: "Q2", text: ["Q1, Q2: output stage", "warm at 50 mA"], side: "left" },
  {
    reference: "R15",
    text: ["R15: shunt, 20 Ω", "current by its outer pads,", "voltage by its inner ones"],
    side: "left",
  },
  { reference: "J1", pad: 1, text: ["J1 pin 1: VP"], side: "left" },
  { reference: "K1", text: ["K1: relay", "at rest on the dummy"], side: "right" },
  { reference: "LED1", text: ["LED1 amber", "on: the cell is connected"], side: "right" },
  { reference: "R14", text: ["R14: dummy, 100 Ω"], side: "right" },
  { reference: "U1", text: ["U1: four op amps"], side: "right" },
  { reference: "U3", text: ["U3: over-voltage trip"], side: "right" },
  { reference: "U2", text: ["U2: converter"], side: "right" },
  { reference: "J1", pad: 9, text: ["J1 pin 9: cut it off", "(key)"], side: "right" },
  { reference: "J1", pad: 20, text: ["J1 pin 20: relay"], side: "right" },
]

export const PLACES = { base: BASE, card: CARD }

/** VREF's stands apart, the others in two rows near the lower edge. */
function testPoint(rail: Rail): Place {
  const { at, net, least_V, most_V } = rail
  const text = [`${at} ${net}`, `${volts(rail, least_V)} … ${volts(rail, most_V)} V`]
  return { reference: at, pad: 1, text, side: net === "VREF" ? "right" : "below" }
}

export function places(name: "base" | "card"): string {
  const pcb = readPcb(name)
  const list = PLACES[name]
  const parts = pcb.parts.flatMap((part) =>
    bodyOf(part, list.some((one) => one.reference === part.reference) ? "#fff3c4" : "#ffffff"),
  )
  const margin = name === "base" ? 46 : 36
  const view = {
    x: -margin,
    y: -3,
    width: pcb.width + 2 * margin,
    height: pcb.height + (name === "base" ? 16 : 6),
  }
  const size = name === "base" ? 2.2 : 1.9
  const texts = callouts(
    list.map((one) => calloutOf(one, pcb)),
    pcb,
    size,
  )
  return picture(view, `Places on the ${name}`, [...bareBoard(pcb), ...parts, ...texts], 6.5)
}

function calloutOf({ reference, pad, text, side }: Place, pcb: Pcb): Callout {
  const part = pcb.parts.find((one) => one.reference === reference)
  if (part === undefined) throw new Error(`There is no ${reference} on the board.`)
  return { at: pad === undefined ? part.body : dot(part, pad), text, side }
}

function dot(part: PlacedPart, number: number): Box {
  const pad = part.pads.find((one) => one.number === String(number))
  if (pad === undefined) throw new Error(`${part.reference} has no pad ${number}.`)
  return { x: pad.x, y: pad.y, width: 0, height: 0 }
}
