import type { Cell } from "../../sim/cells/cell"
import { rootOf } from "../../sim/cells/root"

/** Parts of the expected duration in which a cutoff is looked for. */
const LOOKS = 8

/**
 * An ideal current source with an ideal voltmeter, on a bare cell: no tester, no noise, and as few steps
 * as the cell's exactness allows.
 */
export class IdealCycler {
  constructor(
    readonly cell: Cell,
    readonly area_cm2: number,
  ) {}

  /** Lets a current density flow until so much charge has passed; the sign is the current's. */
  pass(current_mA_per_cm2: number, capacity_mAh_per_cm2: number): void {
    const hours = capacity_mAh_per_cm2 / Math.abs(current_mA_per_cm2)
    this.cell.advance(this.current_A(current_mA_per_cm2), hours * 3600)
  }

  rest(hours: number): void {
    this.cell.advance(0, hours * 3600)
  }

  /** Mean |V| in mV over the middle half of a half-cycle. */
  overpotential_mV(current_mA_per_cm2: number, capacity_mAh_per_cm2: number): number {
    const parts = 5
    let sum_V = 0
    this.pass(current_mA_per_cm2, capacity_mAh_per_cm2 / 4)
    for (let k = 0; k < parts; k++) {
      this.pass(current_mA_per_cm2, capacity_mAh_per_cm2 / 4 / parts)
      sum_V += Math.abs(this.cell.voltage_V(this.current_A(current_mA_per_cm2)))
      this.pass(current_mA_per_cm2, capacity_mAh_per_cm2 / 4 / parts)
    }
    this.pass(current_mA_per_cm2, capacity_mAh_per_cm2 / 4)
    return (sum_V / parts) * 1000
  }

  /** Overpotential of one whole cycle, in mV: the mean of its half-cycles. */
  cycle_mV(current_mA_per_cm2: number, capacity_mAh_per_cm2: number): number {
    const first_mV = this.overpotential_mV(current_mA_per_cm2, capacity_mAh_per_cm2)
    return (first_mV + this.overpotential_mV(-current_mA_per_cm2, capacity_mAh_per_cm2)) / 2
  }

  /**
   * Lets a current flow until the voltage is at or beyond `cutoff_V`.
   * @returns the charge in mAh, counted upward
   * @throws Error when that takes over ten times `expected_mAh`
   */
  until_V(current_A: number, cutoff_V: number, expected_mAh: number): number {
    const sign = Math.sign(current_A)
    const beyond_V = () => sign * (this.cell.voltage_V(current_A) - cutoff_V)
    const look_s = (expected_mAh * 3.6) / Math.abs(current_A) / LOOKS
    const before_C = this.cell.charge_C
    for (let looks = 0; looks < 10 * LOOKS; looks++) {
      const restore = snapshot(this.cell)
      this.cell.advance(current_A, look_s)
      if (beyond_V() < 0) continue
      const beyondAfter_V = (duration_s: number) => {
        restore()
        this.cell.advance(current_A, duration_s)
        return beyond_V()
      }
      beyondAfter_V(Math.max(0, rootOf(beyondAfter_V, 0, look_s, 1e-7)))
      return Math.abs(this.cell.charge_C - before_C) / 3.6
    }
    throw new Error(`${cutoff_V} V is not met.`)
  }

  private current_A(current_mA_per_cm2: number): number {
    return current_mA_per_cm2 * 1e-3 * this.area_cm2
  }
}

/** Remembers a cell with all its pieces; parameters, which are plain objects, never change. */
function snapshot(cell: object): () => void {
  const fields = cell as Record<string, unknown>
  const values: [key: string, value: unknown][] = []
  const restores: (() => void)[] = []
  for (const [key, value] of Object.entries(fields))
    if (value instanceof Float64Array) {
      const kept = value.slice()
      restores.push(() => value.set(kept))
    } else if (isPiece(value)) restores.push(snapshot(value))
    else if (typeof value === "number") values.push([key, value])
    else if (Array.isArray(value)) values.push([key, value.slice()])
  return () => {
    for (const [key, value] of values) fields[key] = value
    for (const restore of restores) restore()
  }
}

function isPiece(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false
  return Object.getPrototypeOf(value) !== Object.prototype
}
