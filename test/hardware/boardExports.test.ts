import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { bomCsv, bomOf, CARDS, cost_USD } from "../../hardware/board/tools/bom"
import { costPage } from "../../hardware/board/tools/cost"
import { sourcesHash } from "../../hardware/board/tools/sources"
import made from "../../hardware/exports/made.json" with { type: "json" }
import { baseNetlist, cardNetlist } from "./boardNetlists"

const exported = (path: string) =>
  readFileSync(new URL(`../../hardware/${path}`, import.meta.url), "utf8")
// biome-ignore lint/suspicious/noExplicitAny: the exports' own shape, which has more than these tests read.
const parts = { base: baseNetlist.parts as any, card: cardNetlist.parts as any }

describe("the exports", () => {
  it("are those of the boards: run `npm run export` in hardware/ when this fails", () => {
    expect(made.sources).toBe(sourcesHash())
  })

  it("pass tscircuit's check and KiCad's without an error", () => {
    for (const checks of Object.values(made.checks)) {
      expect(checks.tscircuit).toBe(0)
      expect(checks.kicadErrors).toBe(0)
    }
  })

  it("list the parts that the schematics have, and their cost", () => {
    const lines = bomOf(parts)
    expect(exported("bom.csv")).toBe(bomCsv(lines))
    expect(exported("COST.md")).toBe(costPage(lines))
    expect(made.cost_USD).toBe(Number(cost_USD(lines).toFixed(2)))
    for (const { part, quantity, secondSources, offer } of lines) {
      expect(quantity, part).toBeGreaterThan(0)
      expect(secondSources.length + (offer.note ? 1 : 0), part).toBeGreaterThan(0)
    }
  })

  it("cost less than US$60 for four channels", () => {
    expect(CARDS).toBe(4)
    expect(made.cost_USD).toBeLessThan(60)
  })
})

describe("the slots", () => {
  it("join each card's header, pin by pin", () => {
    const header = cardNetlist.part("J1")
    for (const slot of [1, 2, 3, 4]) {
      const { pins, numbers } = baseNetlist.part(`J${slot}`)
      expect(numbers).toEqual(header.numbers)
      for (const [pin, net] of Object.entries(header.pins)) {
        const own = ["A0", "A1", "COARSE", "FINE", "RELAY"].includes(pin)
        if (!own) expect(pins[pin]).toBe(net)
      }
    }
  })

  it("are safe from a card turned round: the key stands opposite no key", () => {
    const { numbers, pins } = cardNetlist.part("J1")
    expect(pins.KEY).toBeUndefined()
    expect(21 - numbers.KEY).not.toBe(numbers.KEY)
  })
})

describe("grounds", () => {
  it("of current and signal meet in the base's star alone", () => {
    const both = (netlist: typeof baseNetlist) =>
      netlist.parts.filter(({ pins }) => {
        const nets = Object.values(pins)
        return nets.includes("PGND") && nets.includes("GND") && Object.keys(pins).length === 2
      })
    expect(both(baseNetlist).map(({ reference }) => reference)).toEqual(["R10"])
    expect(both(cardNetlist)).toEqual([])
  })
})
