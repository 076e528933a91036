/** The guide's tables that are worked out: `make.ts` writes them between their marks in GUIDE.md. */
import { limitText } from "../../host/acceptance/check"
import { LIMITS, type Limit } from "../../host/acceptance/limits"
import { FAULT_TEXTS } from "../../host/follow/faultText"
import { CAUSES } from "./causes"
import { readNetlist } from "./netlist"
import { resistanceBetween } from "./resistance"
import { base_A, RAIL_3V3, RAILS, type Rail, tester_A, volts } from "./supplies"

export const TABLES: Record<string, () => string> = {
  resistances,
  rails: () => railTable([...RAILS, RAIL_3V3]),
  currents,
  acceptance,
  faults,
}

/** GUIDE.md with its tables as they are now. @throws Error when a mark is missing */
export function withTables(guide: string): string {
  return Object.entries(TABLES).reduce((text, [name, table]) => {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`]
    const [from, to] = [text.indexOf(begin), text.indexOf(end)]
    if (from < 0 || to < from) throw new Error(`GUIDE.md has no ${begin} … ${end}.`)
    return `${text.slice(0, from + begin.length)}\n\n${table()}\n\n${text.slice(to)}`
  }, guide)
}

interface Ohms {
  board: "base" | "card"
  nets: readonly [string, string]
  between: string
  by: string
}

const OHMS: Ohms[] = [
  { board: "base", nets: ["V5_USB", "V5"], between: "J5 pin 1 and TP2", by: "F1" },
  { board: "base", nets: ["PGND", "GND"], between: "pin 2 of J1 and TP7", by: "R10, the star" },
  { board: "base", nets: ["V5", "GND"], between: "TP2 and TP7", by: "" },
  { board: "base", nets: ["VP", "GND"], between: "TP3 and TP7", by: "R8 and R9" },
  { board: "base", nets: ["VN", "GND"], between: "TP4 and TP7", by: "" },
  { board: "base", nets: ["AVDD", "GND"], between: "TP5 and TP7", by: "" },
  { board: "base", nets: ["AVSS", "GND"], between: "TP6 and TP7", by: "" },
  { board: "base", nets: ["V3V3", "GND"], between: "J5 pin 2 and TP7", by: "R17 and R18" },
  { board: "base", nets: ["RELAY_5V", "GND"], between: "pin 5 of J1 and TP7", by: "" },
  { board: "base", nets: ["V5", "AVDD"], between: "TP2 and TP5", by: "R11" },
  { board: "base", nets: ["VN", "AVSS"], between: "TP4 and TP6", by: "R12" },
  { board: "base", nets: ["VP", "VREF"], between: "TP3 and TP1", by: "R7" },
  { board: "base", nets: ["SDA", "V3V3"], between: "J5 pins 3 and 2", by: "R2" },
  { board: "base", nets: ["SCL", "V3V3"], between: "J5 pins 4 and 2", by: "R3" },
  { board: "card", nets: ["CELL_P", "SENSE_P"], between: "J2 F+ and S+", by: "R12" },
  { board: "card", nets: ["SENSE_N", "CELL_N"], between: "J2 S− and F−", by: "R13" },
  { board: "card", nets: ["CELL_N", "PGND"], between: "J2 F− and J1 pin 2", by: "R15, the shunt" },
  { board: "card", nets: ["CELL_P", "CELL_N"], between: "J2 F+ and F−", by: "K1 at rest" },
  {
    board: "card",
    nets: ["FORCE", "CELL_N"],
    between: "F1's upper end and J2 F−",
    by: "R14, the dummy",
  },
  { board: "card", nets: ["RELAY_5V", "COIL"], between: "D2's ends", by: "K1's coil" },
  { board: "card", nets: ["RELAY", "GND"], between: "J1 pins 20 and 6", by: "R35" },
  { board: "card", nets: ["VP", "GND"], between: "J1 pins 1 and 6", by: "" },
  { board: "card", nets: ["VN", "GND"], between: "J1 pins 3 and 6", by: "" },
]

function resistances(): string {
  const rows = OHMS.map(({ board, nets, between, by }) => {
    const found = resistanceBetween(readNetlist(board), ...nets)
    return [board, between, nets.join("–"), ohms(found), by === "" ? "no resistor" : by]
  })
  return table(["", "between", "nets", "by the resistors", "through"], rows)
}

function ohms(value: number | undefined): string {
  if (value === undefined) return "open"
  if (value < 0.1) return "0 Ω"
  return value < 1000 ? `${round(value)} Ω` : `${round(value / 1000)} kΩ`
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)))
}

function railTable(rails: Rail[]): string {
  const rows = rails.map((rail) => {
    const { net, at, expected_V, least_V, most_V, from } = rail
    return [
      at,
      net,
      volts(rail, expected_V),
      `${volts(rail, least_V)} … ${volts(rail, most_V)}`,
      from,
    ]
  })
  return table(["at", "net", "V", "limits, V", "made by"], rows)
}

function currents(): string {
  const rows: [string, number][] = [
    ["base alone, no module, no cards", base_A()],
    ["with module and four cards, relays open", tester_A(0, 0)],
    ["four relays closed, 0 A", tester_A(0, 4)],
    ["four channels charging at 30 mA", tester_A(0.03, 4)],
    ["four channels charging at 50 mA", tester_A(0.05, 4)],
  ]
  return table(
    ["state", "from 5 V"],
    rows.map(([what, current_A]) => [what, `${current_A.toFixed(2)} A`]),
  )
}

function acceptance(): string {
  const limits: Limit[] = Object.values(LIMITS)
  return table(
    ["measured", "limit", "why"],
    limits.map((limit) => [limit.what, limitText(limit), limit.why]),
  )
}

function faults(): string {
  return table(
    ["fault", "what happened", "look for", "then"],
    Object.entries(FAULT_TEXTS).map(([name, { what, toDo }]) => [
      `\`${name}\``,
      what,
      CAUSES[name] ?? "",
      toDo.replaceAll(/'(\w+)'/g, "`$1`"),
    ]),
  )
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")
}
