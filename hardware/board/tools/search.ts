/** The cheapest way over the grid from some cells to some others: A* with eight directions and vias. */
import type { Grid } from "./grid"

export interface Costs {
  /** Of a step on either side. */
  top: number
  bottom: number
  via: number
  /** What a cell that others' tracks are too near for costs more, times their number. */
  crowded: number
}

const STRAIGHT = 10
const DIAGONAL = 14
const BEND_45 = 6
const BEND_90 = 30

const DX = [1, 1, 0, -1, -1, -1, 0, 1]
const DY = [0, 1, 1, 1, 0, -1, -1, -1]

/** Which cells end the search; `near` are points of which the next is at most as far as the truth. */
export interface Goal {
  isGoal(cell: number): boolean
  near: { x: number; y: number }[]
}

export class Search {
  private readonly cost: Float32Array
  private readonly from: Int32Array
  private readonly seen: Int32Array
  private readonly closed: Int32Array
  private epoch = 0
  private readonly heap = new Heap()
  /** What earlier rounds learnt of places that everybody wants. */
  readonly history: Float32Array

  constructor(private readonly grid: Grid) {
    const cells = 2 * grid.area
    this.cost = new Float32Array(cells)
    this.from = new Int32Array(cells)
    this.seen = new Int32Array(cells)
    this.closed = new Int32Array(cells)
    this.history = new Float32Array(cells)
  }

  /** @returns cells from a start to a goal, or undefined where there is no way */
  find(
    starts: Iterable<number>,
    goal: Goal,
    radius: number,
    net: number,
    costs: Costs,
    mayDrill: (cell: number) => boolean,
  ): number[] | undefined {
    const { grid, cost, from, seen, closed, heap, history } = this
    const epoch = ++this.epoch
    const { columns, area } = grid
    const crowd = grid.crowd[radius]
    const viaCrowd = grid.crowd[grid.viaClass]
    heap.clear()
    const targets = goal.near.map((p) => {
      const cell = grid.cell(p.x, p.y)
      return [cell % columns, Math.floor(cell / columns)]
    })
    const cheapest = Math.min(costs.top, costs.bottom)
    const guess = (cell: number) => {
      const at = cell % area
      const [x, y] = [at % columns, Math.floor(at / columns)]
      let best = targets.length === 0 ? 0 : Number.POSITIVE_INFINITY
      for (const [tx, ty] of targets) {
        const dx = Math.abs(x - tx)
        const dy = Math.abs(y - ty)
        best = Math.min(
          best,
          STRAIGHT * Math.max(dx, dy) + (DIAGONAL - STRAIGHT) * Math.min(dx, dy),
        )
      }
      return best * cheapest
    }
    for (const start of starts) {
      seen[start] = epoch
      cost[start] = 0
      from[start] = -1
      heap.push(start, guess(start))
    }
    while (heap.size > 0) {
      const cell = heap.pop()
      if (closed[cell] === epoch) continue
      closed[cell] = epoch
      if (goal.isGoal(cell)) return this.trace(cell)
      const layer = cell >= area ? 1 : 0
      const at = cell - layer * area
      const column = at % columns
      const parent = from[cell]
      const inX = parent < 0 ? 0 : Math.sign(column - ((parent % area) % columns))
      const inY =
        parent < 0 ? 0 : Math.sign(Math.floor(at / columns) - Math.floor((parent % area) / columns))
      const visit = (next: number, step: number) => {
        if (closed[next] === epoch) return
        const total = cost[cell] + step
        if (seen[next] === epoch && total >= cost[next]) return
        seen[next] = epoch
        cost[next] = total
        from[next] = cell
        heap.push(next, total + guess(next))
      }
      const factor = layer === 1 ? costs.bottom : costs.top
      for (let d = 0; d < 8; ++d) {
        const next = cell + DX[d] + DY[d] * columns
        if (!grid.isFree(radius, next, net)) continue
        let step = (DX[d] !== 0 && DY[d] !== 0 ? DIAGONAL : STRAIGHT) * factor
        if (inX !== 0 || inY !== 0) {
          const turn = inX * DX[d] + inY * DY[d]
          const both = (inX !== 0 && inY !== 0 ? 1 : 0) + (DX[d] !== 0 && DY[d] !== 0 ? 1 : 0)
          if (turn < 0) continue
          if (turn === 0) step += BEND_90
          else if (both === 1) step += BEND_45
        }
        step *= (1 + history[next]) * (1 + costs.crowded * crowd[next])
        visit(next, step)
      }
      const under = layer === 0 ? cell + area : cell - area
      if (
        grid.isFree(grid.viaClass, cell, net) &&
        grid.isFree(grid.viaClass, under, net) &&
        grid.isFree(radius, under, net) &&
        mayDrill(at)
      ) {
        const nearby = viaCrowd[cell] + viaCrowd[under]
        visit(under, costs.via * (1 + history[under]) * (1 + costs.crowded * nearby))
      }
    }
    return undefined
  }

  private trace(end: number): number[] {
    const path = []
    for (let cell = end; cell >= 0; cell = this.from[cell]) path.push(cell)
    return path.reverse()
  }
}

/** Cells by cost, the least on top. */
class Heap {
  private readonly cells: number[] = []
  private readonly keys: number[] = []

  get size(): number {
    return this.cells.length
  }
  clear(): void {
    this.cells.length = 0
    this.keys.length = 0
  }

  push(cell: number, key: number): void {
    const { cells, keys } = this
    let i = cells.length
    cells.push(cell)
    keys.push(key)
    while (i > 0) {
      const up = (i - 1) >> 1
      if (keys[up] <= key) break
      cells[i] = cells[up]
      keys[i] = keys[up]
      i = up
    }
    cells[i] = cell
    keys[i] = key
  }

  pop(): number {
    const { cells, keys } = this
    const top = cells[0]
    const cell = cells.pop() as number
    const key = keys.pop() as number
    const size = cells.length
    if (size === 0) return top
    let i = 0
    for (;;) {
      let down = 2 * i + 1
      if (down >= size) break
      if (down + 1 < size && keys[down + 1] < keys[down]) ++down
      if (keys[down] >= key) break
      cells[i] = cells[down]
      keys[i] = keys[down]
      i = down
    }
    cells[i] = cell
    keys[i] = key
    return top
  }
}
