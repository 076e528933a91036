import type { CycleRow } from "../analysis/cycles"
import type { Cell, CellInput } from "../cell"
import type { TestAbout } from "../log/testAbout"
import type { Protocol } from "../protocol/schema"
import type { Records } from "../records"

/** One of the papers from which the tester grew, and how each of its electrical tests is run here. */
export interface Paper {
  /** How the command line calls it. */
  key: string
  /** Authors, journal, year. */
  citation: string
  doi: string
  runs: readonly Run[]
  rows: readonly Row[]
}

/** One test of one simulated cell: what the tester is given, and nothing more. */
export interface Run {
  /** Unique among all papers, such as `Ma2024/bare-Li-1`. */
  key: string
  /** In the simulator's catalogue of cells. */
  simulatedCell: string
  /** What the lab would write of the cell. */
  cell: CellInput
  protocol: Protocol
}

/** A run that was done, as the host reads it from its store. */
export interface RunResult {
  run: Run
  cell: Cell
  /** How it went: its end, gaps, faults. */
  about: TestAbout
  /** All of its records; each call reads them again. */
  records(): Iterable<Records>
  /** Its cycles, read once. */
  cycles(): readonly CycleRow[]
}

/** A: a galvanostat does it. B: with a held or swept voltage. C: needs AC. D: too large. E: no cycler's. */
export type TestClass = "A" | "B" | "C" | "D" | "E"

/** One test as the paper has it: a row of the table, or as many as it prints numbers. */
export interface Row {
  /** As our list of the papers' tests counts them: `P0-T01`. */
  id: string
  class: TestClass
  technique: string
  /** As printed: current density, areal capacity, window, cycles. */
  conditions: string
  /** Keys of the runs that it reads; none where nothing can be run. */
  runs: readonly string[]
  printed: readonly Printed[]
  /** What is done instead of what the tester cannot: of classes C to E. */
  substitute?: string
  /** Inconsistencies of the paper, and what was assumed. */
  notes: readonly string[]
  /** What its plot shows. */
  plot?: PlotKind
}

export type PlotKind =
  | "voltage"
  | "hysteresis"
  | "capacity"
  | "rate"
  | "nucleation"
  | "scan"
  | "resistance"

export interface Printed {
  /** Such as "overpotential η" or "capacity retention, cycle 500 ÷ cycle 4". */
  quantity: string
  /** Undefined where the paper shows a curve or an order, but prints no number. */
  value: number | undefined
  /** What stands before it: equal, about, above, below, at least, at most. */
  qualifier: "=" | "≈" | ">" | "<" | "≥" | "≤"
  unit: string
  /** Where in the test: "cycle 100". */
  at?: string
  /** Section, figure or table. */
  source: string
  bar: Bar
  /**
   * The tester's number, in `unit`, from the row's runs by their keys; undefined when the records do not
   * tell.
   */
  measure(results: ReadonlyMap<string, RunResult>): number | undefined
  /** Beside the number: what is fitted, what another definition would give. */
  note?: string
}

/**
 * How near the tester must come: overpotentials 1 mV or 5 %, whichever is larger; Coulombic efficiencies 0.1 %
 * absolute; lives 2 cycles or 1 %; capacities and retentions 1 %. `none` where nothing printed can be met.
 */
export type Bar = "overpotential" | "efficiency" | "life" | "capacity" | "none"
