/**
 * Routes a two-layer board by negotiation: every net takes its cheapest way, and where two want the same place
 * it becomes dearer for both, round after round (McMurchie and Ebeling's PathFinder, 1995). The same input
 * always gives the same tracks.
 */
import { Grid, type Pad, type Rules } from "./grid"
import { type Costs, Search } from "./search"

export interface Pin {
  x: number
  y: number
  /** Of its copper; a track is no wider than the smaller. */
  width: number
  height: number
  layers: number[]
}
export interface Net {
  name: string
  width: number
  /** It fills what the others leave of the bottom. */
  isPoured?: boolean
  pins: Pin[]
}
export interface Point {
  x: number
  y: number
  layer: number
}
/** Consecutive points at one place on two layers are a via. */
export interface Track {
  net: string
  width: number
  points: Point[]
}
export interface Problem {
  bounds: { minX: number; minY: number; maxX: number; maxY: number }
  rules: Rules
  pads: Pad[]
  nets: Net[]
  /** Laid by hand; kept as they are. */
  tracks: Track[]
  report?: (line: string) => void
}

interface Branch {
  width: number
  radius: number
  path: number[]
  /** Exact ends, where they are pins. */
  start?: Pin
  end?: Pin
}
interface Routed {
  number: number
  net: Net
  branches: Branch[]
  fixed: { cell: number; halfWidth: number }[]
  shadow: Int32Array[]
  isRouted: boolean
}

const ROUNDS = 80
const COSTS: Costs = { top: 1, bottom: 1.6, via: 160, crowded: 0.4 }
/**
 * The net that is poured on the bottom goes there at once. Its tracks there vanish in the pour, but keep others
 * from cutting it into pieces.
 */
const POURED: Costs = { ...COSTS, top: 2, bottom: 0.4, via: 60 }
const HISTORY = 0.35
const BESIDE_mm = 0.5
/** Centre to centre. */
const BETWEEN_VIAS_mm = 0.8

export class Unroutable extends Error {}

export function route(problem: Problem): Track[] {
  const widths = [...new Set([...problem.nets.map((net) => net.width), 0.2, 0.25, 0.4])].sort(
    (a, b) => a - b,
  )
  const grid = new Grid(problem.bounds, problem.rules, widths)
  const numbers = new Map(problem.nets.map((net, i) => [net.name, i + 1]))
  for (const pad of problem.pads) grid.addPad(pad, numbers.get(pad.net) ?? 0)
  const routed = problem.nets.map((net, i) => begin(grid, net, i + 1, problem.tracks))
  const search = new Search(grid)
  // Short nets first: they have the fewest other ways.
  routed.sort((a, b) => extent(a.net) - extent(b.net))

  for (let round = 0; round < ROUNDS; ++round) {
    const crowded = COSTS.crowded * 1.35 ** round
    for (const one of routed) {
      if (one.isRouted && !isCrowded(grid, one)) continue
      if (one.isRouted) grid.crowdBy(one.shadow, -1)
      const costs = { ...(one.net.isPoured ? POURED : COSTS), crowded }
      one.branches = connect(grid, search, one, widths, costs)
      one.shadow = grid.shadow(copperOf(grid, one))
      grid.crowdBy(one.shadow, 1)
      one.isRouted = true
    }
    const conflicts = routed.filter((one) => isCrowded(grid, one))
    problem.report?.(`round ${round}: ${conflicts.length} nets too near others`)
    if (conflicts.length === 0) return routed.flatMap((one) => tracksOf(grid, one))
    for (const one of conflicts) remember(grid, search, one)
  }
  const left = routed.filter((one) => isCrowded(grid, one)).map((one) => one.net.name)
  throw new Unroutable(`Still too near others after ${ROUNDS} rounds: ${left.join(", ")}`)
}

function extent(net: Net): number {
  const xs = net.pins.map((pin) => pin.x)
  const ys = net.pins.map((pin) => pin.y)
  // Last: it goes where others left it room.
  if (net.isPoured) return Number.POSITIVE_INFINITY
  return Math.max(...xs) - Math.min(...xs) + Math.max(...ys) - Math.min(...ys)
}

/** What was laid by hand keeps its place, and others keep away from it. */
function begin(grid: Grid, net: Net, number: number, tracks: Track[]): Routed {
  const fixed: Routed["fixed"] = []
  for (const track of tracks.filter((t) => t.net === net.name))
    for (let i = 1; i < track.points.length; ++i) {
      const [a, b] = [track.points[i - 1], track.points[i]]
      const length = Math.hypot(b.x - a.x, b.y - a.y)
      const steps = Math.max(1, Math.ceil(length / (grid.rules.step / 2)))
      for (let s = 0; s <= steps; ++s) {
        const at = grid.cell(a.x + ((b.x - a.x) * s) / steps, a.y + ((b.y - a.y) * s) / steps)
        fixed.push({ cell: at + b.layer * grid.area, halfWidth: track.width / 2 })
      }
      if (a.layer !== b.layer)
        for (const layer of [0, 1])
          fixed.push({
            cell: grid.cell(a.x, a.y) + layer * grid.area,
            halfWidth: grid.rules.viaDiameter / 2,
          })
    }
  const shadow = grid.shadow(fixed)
  // Not to be negotiated with: others find these cells owned.
  if (fixed.length > 0)
    shadow.forEach((cells, i) => {
      for (const cell of cells) {
        const owner = grid.owner[i][cell]
        grid.owner[i][cell] = owner === 0 || owner === number ? number : -1
      }
    })
  return { number, net, branches: [], fixed, shadow, isRouted: false }
}

function* cellsOf(grid: Grid, pin: Pin): Iterable<number> {
  for (const layer of pin.layers) yield grid.cell(pin.x, pin.y) + layer * grid.area
}

/** The widest track that may end on both. */
function radiusFor(grid: Grid, widths: number[], net: number, most: number, pin: Pin): number {
  const limit = Math.min(most, Math.max(0.2, Math.min(pin.width, pin.height)))
  for (let i = widths.length - 1; i > 0; --i) {
    if (widths[i] > limit + 1e-9) continue
    let isFree = true
    for (const cell of cellsOf(grid, pin)) if (!grid.isFree(i, cell, net)) isFree = false
    if (isFree) return i
  }
  return 0
}

function connect(
  grid: Grid,
  search: Search,
  one: Routed,
  widths: number[],
  costs: Costs,
): Branch[] {
  const { net } = one
  const tree = new Set(one.fixed.map(({ cell }) => cell))
  const branches: Branch[] = []
  const drills: number[] = []
  const open = [...net.pins]
  const isIn = (pin: Pin) => [...cellsOf(grid, pin)].some((cell) => tree.has(cell))
  if (tree.size === 0) {
    const first = open.shift()
    if (first) for (const cell of cellsOf(grid, first)) tree.add(cell)
  }
  while (open.length > 0) {
    const done = open.findIndex(isIn)
    if (done >= 0) {
      const [pin] = open.splice(done, 1)
      // A track that happens to cross the pin is given an end on it.
      const crossing = [...cellsOf(grid, pin)].find((cell) => tree.has(cell))
      if (crossing !== undefined)
        branches.push({ width: 0.2, radius: 0, path: [crossing], end: pin })
      for (const cell of cellsOf(grid, pin)) tree.add(cell)
      continue
    }
    const branch = reach(grid, search, one, widths, costs, open, tree, drills)
    if (!branch) {
      const where = open.map((pin) => `(${pin.x.toFixed(2)}, ${pin.y.toFixed(2)})`).join(" ")
      throw new Unroutable(`No way for ${net.name} to ${where}`)
    }
    branches.push(branch)
    for (const cell of branch.path) tree.add(cell)
    branch.path.forEach((cell, i) => {
      if (i > 0 && isVia(grid, branch.path[i - 1], cell)) drills.push(cell % grid.area)
    })
    for (const pin of [branch.start, branch.end])
      if (pin) for (const cell of cellsOf(grid, pin)) tree.add(cell)
  }
  return branches
}

/**
 * Just outside one of the net's own pads. A track that began there would look, to the tool's check, like one that
 * misses the pad.
 */
function isBeside(grid: Grid, net: Net, cell: number): boolean {
  const [x, y] = [grid.x(cell), grid.y(cell)]
  return net.pins.some((pin) => {
    const dx = Math.abs(x - pin.x) - pin.width / 2
    const dy = Math.abs(y - pin.y) - pin.height / 2
    const away = Math.max(dx, dy)
    return away > -0.05 && away < BESIDE_mm
  })
}

/** From what is connected to the nearest pin that is not. */
function reach(
  grid: Grid,
  search: Search,
  { net, number }: Routed,
  widths: number[],
  costs: Costs,
  open: Pin[],
  tree: Set<number>,
  drills: number[],
): Branch | undefined {
  const mayDrill = (at: number) =>
    drills.every(
      (drill) =>
        Math.hypot(grid.x(at) - grid.x(drill), grid.y(at) - grid.y(drill)) > BETWEEN_VIAS_mm,
    )
  let best: { branch: Branch; at: number } | undefined
  // The pin nearest to the tree as the crow flies; the way may turn out to be long.
  let nearest = Number.POSITIVE_INFINITY
  let at = 0
  open.forEach((pin, i) => {
    for (const cell of tree) {
      const away = Math.hypot(grid.x(cell) - pin.x, grid.y(cell) - pin.y)
      if (away < nearest) {
        nearest = away
        at = i
      }
    }
  })
  const pin = open[at]
  const ends = new Set(cellsOf(grid, pin))
  let radius = radiusFor(grid, widths, number, net.width, pin)
  for (; radius >= 0 && !best; --radius) {
    const goal = { isGoal: (cell: number) => ends.has(cell), near: [{ x: pin.x, y: pin.y }] }
    const starts = [...tree].filter(
      (cell) => grid.isFree(radius, cell, number) && !isBeside(grid, net, cell),
    )
    const path = search.find(starts, goal, radius, number, costs, mayDrill)
    if (path) {
      const startPin = net.pins.find((p) => [...cellsOf(grid, p)].includes(path[0]))
      best = { branch: { width: widths[radius], radius, path, start: startPin, end: pin }, at }
    }
  }
  if (best) open.splice(best.at, 1)
  return best?.branch
}

function isVia(grid: Grid, a: number, b: number): boolean {
  return Math.abs(a - b) === grid.area
}

/** All that the net puts on the board beside its pads. */
function copperOf(grid: Grid, one: Routed): { cell: number; halfWidth: number }[] {
  const copper = [...one.fixed]
  for (const { path, width } of one.branches)
    path.forEach((cell, i) => {
      copper.push({ cell, halfWidth: width / 2 })
      if (i > 0 && isVia(grid, path[i - 1], cell))
        for (const end of [path[i - 1], cell])
          copper.push({ cell: end, halfWidth: grid.rules.viaDiameter / 2 })
    })
  return copper
}

/** Cells of the net where another's copper is too near; its own counts once. */
function* crowdedCells(grid: Grid, one: Routed): Iterable<number> {
  for (const { path, radius } of one.branches)
    for (let i = 0; i < path.length; ++i) {
      if (grid.crowd[radius][path[i]] > 1) yield path[i]
      else if (i > 0 && isVia(grid, path[i - 1], path[i])) {
        const crowd = grid.crowd[grid.viaClass]
        if (crowd[path[i]] > 1 || crowd[path[i - 1]] > 1) yield path[i]
      }
    }
}

function isCrowded(grid: Grid, one: Routed): boolean {
  for (const _ of crowdedCells(grid, one)) return true
  return false
}

function remember(grid: Grid, search: Search, one: Routed): void {
  for (const cell of crowdedCells(grid, one)) search.history[cell] += HISTORY
}

function tracksOf(grid: Grid, one: Routed): Track[] {
  return one.branches.map(({ path, width, start, end }) => {
    const points: Point[] = path.map((cell) => ({
      x: Number(grid.x(cell).toFixed(3)),
      y: Number(grid.y(cell).toFixed(3)),
      layer: cell >= grid.area ? 1 : 0,
    }))
    const corners = points.filter((p, i) => {
      const [a, b] = [points[i - 1], points[i + 1]]
      if (!a || !b || a.layer !== p.layer || b.layer !== p.layer) return true
      return Math.abs((p.x - a.x) * (b.y - p.y) - (p.y - a.y) * (b.x - p.x)) > 1e-9
    })
    if (start) corners.unshift({ x: start.x, y: start.y, layer: corners[0].layer })
    if (end) corners.push({ x: end.x, y: end.y, layer: corners[corners.length - 1].layer })
    const first = corners.filter(
      (p, i) =>
        i === 0 ||
        p.layer !== corners[i - 1].layer ||
        Math.hypot(p.x - corners[i - 1].x, p.y - corners[i - 1].y) > 1e-6,
    )
    return { net: one.net.name, width, points: first }
  })
}
