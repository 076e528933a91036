/** Parts lists: of one board, and of a tester with four channels, with what it costs. */
import * as components from "../../components"
import { beside, notFitted, type Offer, offerOf, pieces } from "../catalogue"
import * as passives from "../passives"
import { byReference, type NetlistPart } from "./netlist"

export interface BomLine {
  part: string
  offer: Offer
  /** Of one tester. */
  quantity: number
  /** `base R1`, `card R1`. */
  references: string[]
  secondSources: string[]
}

export const CARDS = 4

/** @throws for a part that the catalogue does not know */
export function bomOf(boards: { base?: NetlistPart[]; card?: NetlistPart[] }): BomLine[] {
  const lines = new Map<string, BomLine>()
  for (const [board, parts] of Object.entries(boards))
    for (const { reference, part, isPlaced } of parts) {
      const name = `${board} ${reference}`
      if (!isPlaced || notFitted.includes(name)) continue
      const offer = offerOf(part)
      if (offer === undefined) throw new Error(`${name}: the catalogue has no ${part}.`)
      const line = lines.get(part) ?? {
        part,
        offer,
        quantity: 0,
        references: [],
        secondSources: [...alternatives(part), ...(offer.also ?? [])],
      }
      line.quantity += (pieces[name] ?? 1) * (board === "card" ? CARDS : 1)
      line.references.push(name)
      lines.set(part, line)
    }
  return [...lines.values()].sort((a, b) => byReference(a.references[0], b.references[0]))
}

/** What the shared values name beside their first choice. */
function alternatives(part: string): string[] {
  const found = new Set<string>()
  const visit = (value: unknown) => {
    if (typeof value !== "object" || value === null) return
    const { parts } = value as { parts?: unknown }
    if (Array.isArray(parts) && parts.includes(part))
      for (const other of parts) if (other !== part) found.add(String(other))
    for (const inner of Object.values(value)) visit(inner)
  }
  visit({ ...components, passives: { ...passives } })
  // A 2N7002 may need more gate voltage than the card has.
  if (part === "BSS138") found.delete("2N7002,215")
  return [...found]
}

export function cost_USD(lines: BomLine[]): number {
  const parts = lines.reduce((sum, { quantity, offer }) => sum + quantity * offer.price_USD, 0)
  return parts + beside.reduce((sum, { quantity, price_USD }) => sum + quantity * price_USD, 0)
}

const cell = (text: string | number) =>
  /[",\n]/.test(String(text)) ? `"${String(text).replaceAll('"', '""')}"` : String(text)
const row = (...cells: (string | number)[]) => cells.map(cell).join(",")

export function bomCsv(lines: BomLine[]): string {
  return [
    row(
      "Quantity",
      "Part",
      "Maker",
      "What",
      "Second sources",
      "Note",
      "References",
      "US$ each",
      "US$",
      "Price",
    ),
    ...lines.map(({ part, offer, quantity, references, secondSources }) =>
      row(
        quantity,
        part,
        offer.maker,
        offer.what,
        secondSources.join("; "),
        offer.note ?? "",
        references.join(" "),
        offer.price_USD.toFixed(3),
        (quantity * offer.price_USD).toFixed(2),
        offer.read ?? "remembered",
      ),
    ),
    ...beside.map(({ what, part, quantity, price_USD }) =>
      row(
        quantity,
        part,
        "",
        what,
        "",
        "",
        "",
        price_USD.toFixed(3),
        (quantity * price_USD).toFixed(2),
        "remembered",
      ),
    ),
    "",
  ].join("\n")
}

/** Millimetres from the lower left corner, degrees counter-clockwise from the land patterns in `footprints.tsx`. */
export function positionsCsv(
  parts: NetlistPart[],
  board: { width: number; height: number },
): string {
  return [
    row("Designator", "Part", "Mid X", "Mid Y", "Layer", "Rotation"),
    ...parts
      .filter(({ isPlaced }) => isPlaced)
      .map(({ reference, part, at }) =>
        row(
          reference,
          part,
          (at.x + board.width / 2).toFixed(3),
          (at.y + board.height / 2).toFixed(3),
          "top",
          at.rotation,
        ),
      ),
    "",
  ].join("\n")
}
