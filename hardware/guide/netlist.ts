/** A board's parts and nets, from `exports/`. */
import { readFileSync } from "node:fs"

export interface Part {
  reference: string
  part: string
  /** Ohms or farads; undefined for what has neither. */
  value?: number
  /** Net by pin, and number by pin. */
  pins: Record<string, string>
  numbers: Record<string, number>
}

export function readNetlist(name: "base" | "card"): Part[] {
  const url = new URL(`../exports/${name}/netlist.json`, import.meta.url)
  return JSON.parse(readFileSync(url, "utf8"))
}

export function partOf(parts: Part[], reference: string): Part {
  const part = parts.find((one) => one.reference === reference)
  if (part === undefined) throw new Error(`There is no ${reference} in the netlist.`)
  return part
}
