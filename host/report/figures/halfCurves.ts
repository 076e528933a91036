import { differentialCapacity } from "../../analysis/differentialCapacity"
import type { HalfCycle } from "../../analysis/halfCycles"
import { type Point, range, thinned } from "./points"

/** Resolution of dQ/dV: 20 µV of noise make an error of 0.6 % of each point. */
export const DQDV_STEP_V = 0.005

/** What one step of a chosen cycle looks like. */
export interface HalfCurve {
  cycle: number
  sign: 1 | -1
  /** Of a scan current against voltage, V and A; of others voltage against charge, Ah and V. */
  kind: "scan" | "profile"
  points: Point[]
  /** dQ/dV at constant current: V and Ah V⁻¹, below zero where the current is. */
  differential: Point[]
}

/** Pixels within which curves need to be exact. */
const SHARP = { width: 500, height: 240 }

/** Gathers the curves of some cycles, thinned to what can be seen. */
export class HalfCurves {
  readonly all: HalfCurve[] = []
  /** Charge that the steps before have passed, of this cycle and direction. */
  private before = { cycle: 0, sign: 0, charge_Ah: 0 }

  constructor(
    private readonly cycles: ReadonlySet<number>,
    private readonly hasDifferential: boolean,
  ) {}

  add(half: HalfCycle): void {
    const { cycle, sign, stepType } = half
    if (!this.cycles.has(cycle)) return
    const kind = stepType === "scan" ? "scan" : "profile"
    const points = kind === "scan" ? scan(half) : this.profile(half)
    const differential = this.hasDifferential ? ofDifferential(half) : []
    this.all.push({ cycle, sign, kind, points: sharp(points), differential: sharp(differential) })
  }

  /** Charge goes on from step to step as long as the current's direction does. */
  private profile({ cycle, sign, charge_Ah, records }: HalfCycle): XY[] {
    const { before } = this
    const goesOn = before.cycle === cycle && before.sign === sign
    const offset_Ah = goesOn ? before.charge_Ah : 0
    this.before = { cycle, sign, charge_Ah: offset_Ah + charge_Ah }
    return Array.from({ length: records.length }, (_, i) => ({
      x: offset_Ah + sign * records.stepCharge_Ah[i],
      y: records.voltage_V[i],
    }))
  }
}

interface XY {
  x: number
  y: number
}

function scan({ records }: HalfCycle): XY[] {
  return Array.from({ length: records.length }, (_, i) => ({
    x: records.voltage_V[i],
    y: records.current_A[i],
  }))
}

function ofDifferential(half: HalfCycle): XY[] {
  return (differentialCapacity(half, DQDV_STEP_V) ?? []).map(
    ({ voltage_V, capacity_Ah_per_V }) => ({ x: voltage_V, y: half.sign * capacity_Ah_per_V }),
  )
}

/** Points say in which order they come: a curve may turn back. */
function sharp(points: readonly XY[]): Point[] {
  const span = (key: "x" | "y") => {
    const [low, high] = range(points, key)
    return high - low || 1
  }
  const perPixel = { x: span("x") / SHARP.width, y: span("y") / SHARP.height }
  return thinned(points, perPixel).map((point, at) => ({ ...point, at }))
}
