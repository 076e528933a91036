/** A board as KiCad has it, from `exports/`: where its parts, pads and holes are. Millimetres, y downward. */
import { readFileSync } from "node:fs"

export interface Pad {
  number: string
  x: number
  y: number
  width: number
  height: number
  isRound: boolean
  isThrough: boolean
}

export interface PlacedPart {
  reference: string
  x: number
  y: number
  pads: Pad[]
  /** Its courtyard, or what its pads cover. */
  body: Box
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export interface Pcb {
  width: number
  height: number
  parts: PlacedPart[]
  holes: { x: number; y: number; diameter: number }[]
}

const known = new Map<string, Pcb>()

/** The origin is the board's upper left corner. */
export function readPcb(name: "base" | "card"): Pcb {
  const pcb = known.get(name) ?? read(name)
  known.set(name, pcb)
  return pcb
}

function read(name: string): Pcb {
  const url = new URL(`../exports/${name}/${name}.kicad_pcb`, import.meta.url)
  const [root] = parse(readFileSync(url, "utf8"))
  const edges = all(root, "gr_line").filter((line) => text(line, "layer") === "Edge.Cuts")
  const corners = edges.flatMap((line) => [numbers(line, "start"), numbers(line, "end")])
  const left = Math.min(...corners.map(([x]) => x))
  const top = Math.min(...corners.map(([, y]) => y))
  const footprints = all(root, "footprint").map((one) => footprintOf(one, left, top))
  return {
    width: Math.max(...corners.map(([x]) => x)) - left,
    height: Math.max(...corners.map(([, y]) => y)) - top,
    parts: footprints.filter(({ reference, pads }) => reference !== "" && pads.length > 0),
    holes: all(root, "footprint").flatMap((one) => holesOf(one, left, top)),
  }
}

function footprintOf(footprint: Node[], left: number, top: number): PlacedPart {
  const place = placing(footprint, left, top)
  const property = all(footprint, "property").find((one) => one[1] === "Reference")
  const pads = all(footprint, "pad")
    .filter((pad) => pad[2] !== "np_thru_hole")
    .map((pad): Pad => {
      const [x, y, turned = 0] = numbers(pad, "at")
      const [w, h] = numbers(pad, "size")
      const isTurned = Math.abs(turned % 180) === 90
      return {
        number: String(pad[1]),
        ...place.point(x, y),
        width: isTurned ? h : w,
        height: isTurned ? w : h,
        isRound: pad[3] === "circle",
        isThrough: pad[2] === "thru_hole",
      }
    })
  const courtyard = all(footprint, "fp_rect").find((one) => text(one, "layer") === "F.CrtYd")
  const corners = courtyard
    ? [numbers(courtyard, "start"), numbers(courtyard, "end")].map(([x, y]) => place.point(x, y))
    : pads.flatMap(({ x, y, width: w, height: h }) => [
        { x: x - w / 2, y: y - h / 2 },
        { x: x + w / 2, y: y + h / 2 },
      ])
  return { reference: String(property?.[2] ?? ""), ...place.origin, pads, body: around(corners) }
}

function holesOf(footprint: Node[], left: number, top: number): Pcb["holes"] {
  const { point } = placing(footprint, left, top)
  return all(footprint, "pad")
    .filter((pad) => pad[2] === "np_thru_hole")
    .map((pad) => {
      const [x, y] = numbers(pad, "at")
      return { ...point(x, y), diameter: numbers(pad, "drill")[0] }
    })
}

/** KiCad turns counterclockwise, with y downward; a pad's own angle counts the footprint's in. */
function placing(footprint: Node[], left: number, top: number) {
  const [atX, atY, turned = 0] = numbers(footprint, "at")
  const cos = Math.cos((turned * Math.PI) / 180)
  const sin = Math.sin((turned * Math.PI) / 180)
  const origin = { x: rounded(atX - left), y: rounded(atY - top) }
  const point = (x: number, y: number) => ({
    x: rounded(origin.x + x * cos + y * sin),
    y: rounded(origin.y - x * sin + y * cos),
  })
  return { origin, point }
}

function around(points: { x: number; y: number }[]): Box {
  const x = Math.min(...points.map((p) => p.x))
  const y = Math.min(...points.map((p) => p.y))
  const width = rounded(Math.max(...points.map((p) => p.x)) - x)
  return { x, y, width, height: rounded(Math.max(...points.map((p) => p.y)) - y) }
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000 || 0
}

type Node = string | Node[]

/** S-expressions as arrays. */
function parse(source: string): Node[][] {
  const stack: Node[][] = [[]]
  for (const [token] of source.matchAll(/"(?:\\.|[^"\\])*"|[()]|[^\s()"]+/g)) {
    if (token === "(") stack.push([])
    else if (token === ")") {
      const done = stack.pop() as Node[]
      stack[stack.length - 1].push(done)
    } else stack[stack.length - 1].push(token.startsWith('"') ? token.slice(1, -1) : token)
  }
  return stack[0] as Node[][]
}

function all(node: Node[], name: string): Node[][] {
  return node.filter((one): one is Node[] => Array.isArray(one) && one[0] === name)
}

function text(node: Node[], name: string): string {
  return String(all(node, name)[0]?.[1] ?? "")
}

function numbers(node: Node[], name: string): number[] {
  return (all(node, name)[0] ?? []).slice(1).map(Number)
}
