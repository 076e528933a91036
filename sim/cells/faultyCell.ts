import type { Cell } from "./cell"
import type { FullCell } from "./fullCell"
import { rootOf } from "./root"

/** What can happen to a cell in its holder. */
export type CellChange =
  /** A resistance across the cell from now on: 1 … 5 Ω is a hard short, 10 … 200 Ω a soft one. */
  | { kind: "shorted"; resistance_ohm: number }
  /** A soft short within the full cell, which goes on exactly and unstepped. */
  | { kind: "leaking"; cell: FullCell; resistance_ohm: number }
  /** A contact or a tab has let go. */
  | { kind: "opened" }
  /** The cell as it was, neither shorted nor open. */
  | { kind: "mended" }
  /** Somebody has put in another one. */
  | { kind: "replaced"; cell: Cell }

/** When a change comes: since the cell was made, in s, or in C of throughput, both directions counted. */
export type PlannedChange = CellChange & ({ at_s: number } | { atThroughput_C: number })

/** Through an open contact. Enough for any output stage to meet its limit at a nanoampere. */
const OPEN_ohm = 1e9
/** How long the current through a short is held before it is worked out again. */
const HOLD_s = 0.01

/**
 * A cell to which something happens in mid-test: told through `change`, or planned. Plans are met to
 * the instant, within a stretch of `advance` too, in the order in which they are given.
 *
 * The current through a short is solved from the cell's voltage and then held for 10 ms, so charge is
 * balanced exactly, and a cell that changes over seconds is followed. Give a symmetric cell that will
 * be shorted no double layer (`doubleLayer_uF_per_cm2: 0`): a millisecond is too short for that.
 */
export class FaultyCell implements Cell {
  charge_C = 0
  elapsed_s = 0
  /** Charge that has flowed in either direction, counted upward. A witness, as `charge_C`. */
  throughput_C = 0
  /** Charge that flowed past the cell, through its short, with the current's sign. A witness. */
  shortCharge_C = 0

  private short_ohm = Number.POSITIVE_INFINITY
  private isOpen = false
  private readonly plan: PlannedChange[]
  private terminal_A = Number.NaN
  private inner_A = 0
  private hold_s = 0

  constructor(
    public cell: Cell,
    plan: readonly PlannedChange[] = [],
  ) {
    this.plan = [...plan]
    this.advance(0, 0)
  }

  change(change: CellChange): void {
    this.hold_s = 0
    switch (change.kind) {
      case "shorted":
        this.short_ohm = change.resistance_ohm
        break
      case "leaking":
        change.cell.leak(change.resistance_ohm)
        break
      case "opened":
        this.isOpen = true
        break
      case "mended":
        this.short_ohm = Number.POSITIVE_INFINITY
        this.isOpen = false
        break
      case "replaced":
        this.cell = change.cell
    }
  }

  voltage_V(current_A: number): number {
    const contact_V = this.isOpen ? OPEN_ohm * current_A : 0
    return contact_V + this.cell.voltage_V(this.throughCell_A(current_A))
  }

  advance(current_A: number, duration_s: number): void {
    let left_s = duration_s
    while (this.plan.length > 0) {
      const next_s = this.untilNext_s(current_A)
      if (next_s > left_s) break
      this.run(current_A, next_s)
      left_s -= next_s
      this.change(this.plan[0])
      this.plan.shift()
    }
    this.run(current_A, left_s)
  }

  private untilNext_s(current_A: number): number {
    const [next] = this.plan
    if ("at_s" in next) return Math.max(0, next.at_s - this.elapsed_s)
    const left_C = next.atThroughput_C - this.throughput_C
    return left_C <= 0 ? 0 : left_C / Math.abs(current_A)
  }

  private run(current_A: number, duration_s: number): void {
    if (duration_s <= 0) return
    this.elapsed_s += duration_s
    this.charge_C += current_A * duration_s
    this.throughput_C += Math.abs(current_A * duration_s)
    if (this.short_ohm === Number.POSITIVE_INFINITY) {
      this.cell.advance(current_A, duration_s)
      return
    }
    if (current_A !== this.terminal_A) this.hold_s = 0
    this.terminal_A = current_A
    let left_s = duration_s
    while (left_s > 0) {
      if (this.hold_s <= 0) {
        this.inner_A = this.throughCell_A(current_A)
        this.hold_s = HOLD_s
      }
      const step_s = Math.min(left_s, this.hold_s)
      this.cell.advance(this.inner_A, step_s)
      this.shortCharge_C += (current_A - this.inner_A) * step_s
      this.hold_s -= step_s
      left_s -= step_s
    }
  }

  /**
   * How much of the terminal current the cell itself carries beside the short: the root of
   * R·i + V(i) − R·I, which rises at least as steeply as R·i.
   */
  private throughCell_A(current_A: number): number {
    const { cell, short_ohm } = this
    if (short_ohm === Number.POSITIVE_INFINITY) return current_A
    const excess_V = (inner_A: number) =>
      short_ohm * (inner_A - current_A) + cell.voltage_V(inner_A)
    const other_A = current_A - excess_V(current_A) / short_ohm
    return rootOf(excess_V, current_A, other_A, 1e-12)
  }
}
