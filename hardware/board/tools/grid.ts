/**
 * The board as a grid: for tracks of each width, which cells of which layer belong to whose pads, and how many
 * nets' tracks stand too near. All lengths in millimetres.
 */

export interface Rect {
  x: number
  y: number
  width: number
  height: number
}
export interface Pad extends Rect {
  /** "" for what no net may touch: holes without copper, keep-outs. */
  net: string
  /** 0 top, 1 bottom. */
  layers: number[]
  /** Round pads are not taken for squares. */
  isRound?: boolean
  /** A keep-out may be for vias only. */
  viasOnly?: boolean
}
export interface Rules {
  step: number
  clearance: number
  edge: number
  viaDiameter: number
}

const NOBODY = 0
const EVERYBODY = -1
/** Solder must not run from a pad into a via. */
const VIA_TO_PAD_mm = 0.1

export class Grid {
  readonly columns: number
  readonly rows: number
  /** Cells of one layer. */
  readonly area: number
  /** Radii of what is routed: half of each track width, and the via's. */
  readonly radii: number[]
  /** By radius: 0, a net's number, or EVERYBODY; both layers. */
  readonly owner: Int16Array[]
  /** By radius: how many nets' tracks are too near. */
  readonly crowd: Uint8Array[]
  private readonly stamp: Int32Array
  private epoch = 0

  constructor(
    readonly bounds: { minX: number; minY: number; maxX: number; maxY: number },
    readonly rules: Rules,
    widths: number[],
  ) {
    this.columns = Math.round((bounds.maxX - bounds.minX) / rules.step) + 1
    this.rows = Math.round((bounds.maxY - bounds.minY) / rules.step) + 1
    this.area = this.columns * this.rows
    this.radii = [...widths.map((width) => width / 2), rules.viaDiameter / 2]
    this.owner = this.radii.map(() => new Int16Array(2 * this.area))
    this.crowd = this.radii.map(() => new Uint8Array(2 * this.area))
    this.stamp = new Int32Array(2 * this.area)
    this.radii.forEach((radius, i) => {
      this.blockEdge(this.owner[i], rules.edge + radius)
    })
  }

  get viaClass(): number {
    return this.radii.length - 1
  }

  cell(x: number, y: number): number {
    const { bounds, rules, columns } = this
    const column = Math.round((x - bounds.minX) / rules.step)
    const row = Math.round((y - bounds.minY) / rules.step)
    return row * columns + column
  }
  x(cell: number): number {
    return this.bounds.minX + ((cell % this.area) % this.columns) * this.rules.step
  }
  y(cell: number): number {
    return this.bounds.minY + Math.floor((cell % this.area) / this.columns) * this.rules.step
  }

  isFree(radius: number, cell: number, net: number): boolean {
    const owner = this.owner[radius][cell]
    return owner === NOBODY || owner === net
  }

  addPad(pad: Pad, net: number): void {
    const { clearance } = this.rules
    for (const layer of pad.layers)
      this.radii.forEach((radius, i) => {
        const isVia = i === this.viaClass
        if (pad.viasOnly && !isVia) return
        if (isVia) this.own(i, layer, pad, radius + VIA_TO_PAD_mm, EVERYBODY)
        this.own(i, layer, pad, radius + clearance, net === 0 ? EVERYBODY : net)
      })
  }

  private own(radius: number, layer: number, pad: Pad, reach: number, net: number): void {
    const owner = this.owner[radius]
    this.eachNear(pad, reach, (at) => {
      const cell = layer * this.area + at
      const before = owner[cell]
      owner[cell] = before === NOBODY || before === net ? net : EVERYBODY
    })
  }

  private blockEdge(owner: Int16Array, reach: number): void {
    const cells = Math.ceil(reach / this.rules.step - 1e-9)
    for (let row = 0; row < this.rows; ++row)
      for (let column = 0; column < this.columns; ++column) {
        const inside = Math.min(row, column, this.rows - 1 - row, this.columns - 1 - column)
        if (inside >= cells) continue
        owner[row * this.columns + column] = EVERYBODY
        owner[this.area + row * this.columns + column] = EVERYBODY
      }
  }

  private eachNear(pad: Pad, reach: number, visit: (cell: number) => void): void {
    const { step } = this.rules
    const [halfWidth, halfHeight] = [pad.width / 2, pad.height / 2]
    const corner = pad.isRound ? Math.min(halfWidth, halfHeight) : 0
    const left = Math.ceil((pad.x - halfWidth - reach - this.bounds.minX) / step)
    const right = Math.floor((pad.x + halfWidth + reach - this.bounds.minX) / step)
    const low = Math.ceil((pad.y - halfHeight - reach - this.bounds.minY) / step)
    const high = Math.floor((pad.y + halfHeight + reach - this.bounds.minY) / step)
    for (let row = Math.max(0, low); row <= Math.min(this.rows - 1, high); ++row)
      for (let column = Math.max(0, left); column <= Math.min(this.columns - 1, right); ++column) {
        const dx = Math.abs(this.bounds.minX + column * step - pad.x) - halfWidth + corner
        const dy = Math.abs(this.bounds.minY + row * step - pad.y) - halfHeight + corner
        const away = Math.hypot(Math.max(0, dx), Math.max(0, dy)) - corner
        if (away < reach - 1e-6) visit(row * this.columns + column)
      }
  }

  /**
   * Cells, by radius, that a net's copper makes too near for others. `path` holds cells with their layers.
   * @param halfWidth of the copper at each of the path's cells
   */
  shadow(path: { cell: number; halfWidth: number }[]): Int32Array[] {
    return this.radii.map((radius) => {
      const cells: number[] = []
      const epoch = ++this.epoch
      for (const { cell, halfWidth } of path) {
        const layer = cell >= this.area ? this.area : 0
        // A track between two cells bulges a little beyond the circles around them.
        const reach = halfWidth + this.rules.clearance + radius + 0.006
        const disc = this.disc(reach)
        const column = (cell - layer) % this.columns
        const row = Math.floor((cell - layer) / this.columns)
        for (const [dx, dy] of disc) {
          const c = column + dx
          const r = row + dy
          if (c < 0 || r < 0 || c >= this.columns || r >= this.rows) continue
          const at = layer + r * this.columns + c
          if (this.stamp[at] === epoch) continue
          this.stamp[at] = epoch
          cells.push(at)
        }
      }
      return Int32Array.from(cells)
    })
  }

  private readonly discs = new Map<number, [number, number][]>()
  private disc(reach: number): [number, number][] {
    let disc = this.discs.get(reach)
    if (disc) return disc
    disc = []
    const cells = Math.ceil(reach / this.rules.step)
    for (let dy = -cells; dy <= cells; ++dy)
      for (let dx = -cells; dx <= cells; ++dx)
        if (Math.hypot(dx, dy) * this.rules.step < reach) disc.push([dx, dy])
    this.discs.set(reach, disc)
    return disc
  }

  crowdBy(shadow: Int32Array[], change: 1 | -1): void {
    shadow.forEach((cells, i) => {
      const crowd = this.crowd[i]
      for (const cell of cells) crowd[cell] += change
    })
  }
}
