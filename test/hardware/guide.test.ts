import { existsSync, readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { createProgram } from "../../host/commands/program"
import { FAULT_TEXTS } from "../../host/follow/faultText"
import * as states from "../../firmware/core/states"
import { enumName } from "../../host/service"
import { CAUSES } from "../../hardware/guide/causes"
import { stepOf } from "../../hardware/guide/assembly"
import { readPcb } from "../../hardware/guide/pcb"
import { PICTURES } from "../../hardware/guide/pictures"
import { PLACES } from "../../hardware/guide/places"
import { resistanceBetween } from "../../hardware/guide/resistance"
import { RAILS } from "../../hardware/guide/supplies"
import { withTables } from "../../hardware/guide/tables"
import { protocolSchema } from "../../host/protocol/schema"
import { baseNetlist, cardNetlist } from "./boardNetlists"

const hardware = new URL("../../hardware/", import.meta.url)
const guide = readFileSync(new URL("GUIDE.md", hardware), "utf8")
const pictures = new URL("guide/pictures/", hardware)
const bom = readFileSync(new URL("bom.csv", hardware), "utf8")
/** What stands between backticks. */
const named = [...guide.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name)
const references = new Set([...baseNetlist.parts, ...cardNetlist.parts].map((one) => one.reference))
const commands = new Map(createProgram(false).commands.map((one) => [one.name(), one]))

describe("the guide's pictures and tables", () => {
  it.each(Object.keys(PICTURES))("%s is what the exports give: `npm run guide`", (name) => {
    const drawn = PICTURES[name]()
    expect(readFileSync(new URL(name, pictures), "utf8")).toBe(drawn)
    expect(drawn.length).toBeLessThan(150_000)
    expect(guide).toContain(`guide/pictures/${name}`)
  })

  it("has no other pictures", () => {
    expect(readdirSync(pictures).sort()).toEqual(Object.keys(PICTURES).sort())
  })

  it("are those of the design and of the acceptance test: `npm run guide`", () => {
    expect(guide).toBe(withTables(guide))
  })

  it("show every part of both boards, each in one step, and what goes through the board last", () => {
    for (const [name, netlist] of [
      ["base", baseNetlist],
      ["card", cardNetlist],
    ] as const) {
      const placed = readPcb(name).parts
      expect(placed.map((one) => one.reference).sort()).toEqual(
        netlist.parts.map((one) => one.reference).sort(),
      )
      for (const part of placed)
        expect(stepOf(part) === undefined, part.reference).toBe(part.reference.startsWith("TP"))
    }
    const { parts } = readPcb("base")
    const last = parts.filter((part) => stepOf(part) === 4).map((one) => one.reference)
    expect(last.sort()).toEqual(["J1", "J2", "J3", "J4", "J5", "J6", "U1", "U2"])
  })

  it("name at each test point the net that is there", () => {
    const points = baseNetlist.parts.filter((one) => one.reference.startsWith("TP"))
    expect(points.length).toBe(RAILS.length + 1)
    for (const { reference, pins } of points) {
      const [net] = Object.values(pins)
      const place = PLACES.base.find((one) => one.reference === reference)
      expect(place?.text[0], reference).toBe(`${reference} ${net}`)
    }
  })
})

describe("what the guide names is there", () => {
  it("parts, connectors and lamps", () => {
    const found = named.filter((name) => /^(R|C|D|L|F|K|Q|U|J|TP|LED)\d+$/.test(name))
    expect(found.length).toBeGreaterThan(60)
    for (const name of found) expect(references, name).toContain(name)
  })

  it("order codes, as they stand in the list of parts", () => {
    const codes = named.filter((name) => /^[A-Z0-9][A-Z0-9,./ -]{6,}$/.test(name))
    expect(codes.length).toBeGreaterThan(12)
    const netlists = [...baseNetlist.parts, ...cardNetlist.parts].map(({ part }) => part)
    for (const code of codes) expect(bom.includes(code) || netlists.includes(code), code).toBe(true)
  })

  it("commands and their options", () => {
    const used = [
      ...guide.matchAll(/coincell ([a-z]+)((?: +--?[a-z-]+(?: (?:"[^"]*"|[^\s`-][^\s`]*))?)*)/g),
    ]
    expect(used.length).toBeGreaterThan(4)
    for (const [, name, words] of used) {
      const command = commands.get(name)
      expect(command, name).toBeDefined()
      const options = command?.options.map(({ long }) => long)
      for (const [option] of words.matchAll(/--[a-z-]+/g)) expect(options, name).toContain(option)
    }
    const single = named.filter((name) =>
      /^(calibrate|accept|start|stop|resume|status|watch|doctor|flash)$/.test(name),
    )
    for (const name of single) expect(commands.has(name), name).toBe(true)
  })

  it("keys of a protocol", () => {
    const keys = named
      .map((name) => name.split(":")[0])
      .filter((name) => /^[a-z]+(_[a-zA-Z]+)+$/.test(name))
    expect(keys.length).toBeGreaterThan(3)
    const safety = Object.keys(protocolSchema.shape.safety.shape)
    const known = [...Object.keys(protocolSchema.shape), ...safety]
    for (const key of keys) expect(known, key).toContain(key)
  })

  it("every link and heading", () => {
    const anchors = [...guide.matchAll(/^#+ (.+)$/gm)].map(([, title]) => anchorOf(title))
    const links = [...guide.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target)
    expect(links.length).toBeGreaterThan(20)
    for (const link of links) {
      if (link.startsWith("#")) expect(anchors, link).toContain(link.slice(1))
      else if (!link.startsWith("http"))
        expect(existsSync(new URL(link, hardware)), link).toBe(true)
    }
  })
})

describe("faults", () => {
  const faults = Object.entries(states)
    .filter(([name, number]) => name.startsWith("FAULT_") && number !== states.FAULT_NONE)
    .map(([, number]) => enumName("Fault", number))

  it("are all explained: what happened, what to look for, what to do", () => {
    expect(faults.length).toBeGreaterThan(10)
    expect(Object.keys(CAUSES).sort()).toEqual([...faults].sort())
    expect(Object.keys(FAULT_TEXTS).sort()).toEqual([...faults].sort())
    for (const name of faults) {
      const row = guide.split("\n").find((line) => line.startsWith(`| \`${name}\` |`))
      const cells = row?.split(" | ") ?? []
      expect(cells.length, name).toBe(4)
      for (const cell of cells) expect(cell.length, name).toBeGreaterThan(3)
    }
  })

  it("parts named for them are there", () => {
    for (const text of Object.values(CAUSES))
      for (const [name] of text.matchAll(/\b[RQUKFJ]\d+\b/g)) expect(references).toContain(name)
  })
})

describe("numbers", () => {
  it("say first that no board has been built", () => {
    expect(guide.split("\n")[2]).toContain("No board has been built yet.")
  })

  it("of the hardware are those of SPICE", () => {
    const results = readFileSync(new URL("spice/RESULTS.md", hardware), "utf8")
    const row = (what: string) => {
      const found = results.split("\n").find((line) => line.startsWith(`| ${what} |`))
      return found?.split("|")[2].trim()
    }
    const told: [row: string, inResults: string, inGuide: string][] = [
      ["shortest of all", "457 ms", "0.46 to 0.80 s"],
      ["longest of all", "799 ms", "0.46 to 0.80 s"],
      ["trips at, cell at 0 mA, nominal", "5.22 V", "passes 5.22 V (5.09 … 5.36 V)"],
      ["trips at, cell at 0 mA, least", "5.09 V", "5.09 to 5.36 V"],
      ["trips at, cell at 0 mA, most", "5.36 V", "5.09 to 5.36 V"],
      ["through the cell, largest mean of 10 µs", "2 µA", "(2 and 4 µA, SPICE)"],
      ["beyond the set-point or against it", "4 µA", "(2 and 4 µA, SPICE)"],
      ["peak, at 0 A onto 4.2 V", "124 mA", "up to 124 mA"],
      ["charge, at 0 A onto 4.2 V", "0.70 nAh", "0.7 nAh"],
      ["cell's highest voltage at 50 mA, worst", "5.18 V", "5.18 V at 50 mA"],
      ["phase margin at the shunt, at least 55", "60.9 °", "60.9° at worst"],
    ]
    for (const [what, inResults, inGuide] of told) {
      expect(row(what), what).toBe(inResults)
      expect(guide, what).toContain(inGuide)
    }
  })

  it("of resistances come from the netlists: two known by hand", () => {
    const parts = cardNetlist.parts as never
    expect(resistanceBetween(parts, "CELL_P", "CELL_N")).toBeUndefined()
    // 1 kΩ beside 20 Ω, 125.3 kΩ of dividers and back: 998 Ω.
    expect(resistanceBetween(parts, "SENSE_N", "CELL_N")).toBeCloseTo(1 / (1 / 1000 + 1 / 500e3), 0)
    expect(resistanceBetween(baseNetlist.parts as never, "VP", "VREF")).toBeCloseTo(510, 0)
  })
})

function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-")
}
