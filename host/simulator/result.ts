import type { WindowEfficiency } from "../analysis/coulombicEfficiency"
import type { HalfCycle } from "../analysis/halfCycles"
import type { Cell } from "../cell"
import type { Gap, TestEnd, TestEvent } from "../log/testAbout"
import type { Records } from "../records"
import type { RecordColumns } from "./columns"
import type { CycleValues } from "./cycleValues"

/** A test that ran on a simulated board: what its downloaded log says, and what follows from that alone. */
export interface SimulatorResult {
  /** The test as the store names it, such as `KX42-0-1`. */
  id: string
  channel: number
  /** What the lab knows of the cell, with the area and mass that follow from it. */
  cell: Cell
  /** What `check` warns of. */
  warnings: string[]
  /** Its log as the board wrote it: pages of 256 bytes, `firmware/LOG_FORMAT.md`. */
  log: Uint8Array
  /** Every record, in columns. */
  records: RecordColumns
  /** The same in batches of one step each, which the functions of analysis take. */
  batches: readonly Records[]
  /** Each step that drove a current. */
  halfCycles: HalfCycle[]
  /** The table that `analyse` prints, row by row. */
  cycles: CycleValues[]
  /** Over all cycles, if each of them has one. */
  coulombicEfficiency: WindowEfficiency | undefined
  /** Faults that opened the relay. A test that one stopped has an end of kind `fault`. */
  faults: Fault[]
  /** How it ended; undefined when it did not. */
  end: TestEnd | undefined
  /** Where it did not go on. */
  gaps: Gap[]
  /** All that the board noted besides records. */
  events: TestEvent[]
  /** What a reader of the numbers should know, in sentences; the last one tells how it ended. */
  remarks: string[]
  /** What `analyse` prints. */
  text: string
}

/** A fault, by its name in `firmware/services/coincell.md`, and in words. */
export interface Fault {
  name: string
  time_s: number
  what: string
  toDo: string
}
