import type { CellInput } from "../cell"
import type { Protocol } from "../protocol/schema"
import type { AnalogErrorSwitches, CellAbout, CellModel } from "../transport/simulatedCells"

/** A test to be run on one channel of a simulated board. */
export interface SimulatedTest {
  /**
   * What to do: the path of a YAML or JSON file, `example:NAME` of a ready one, or such a file's text, or what it
   * would hold.
   */
  protocol: string | URL | Protocol
  /**
   * What is in the holder: a model, used up by the run, or the name of one of the papers' cells, as
   * `coincell sim --cells` lists them. Nothing but its two terminals is seen of it.
   */
  model: string | (CellModel & { readonly about?: CellAbout })
  /**
   * What the lab knows of it, with the same choice as of the protocol: its type decides which columns the table
   * has, its area makes mA cm⁻² of mA. Unless given, what the model or the ready protocol says of its cell.
   */
  cell?: string | URL | CellInput
  /** 0 to 3; the test's place in the list unless given. No two channels are alike. */
  channel?: number
}

export interface SimulatorOptions {
  /** Which board and bench: all their errors, and all noise, follow from it. 1 unless given. */
  seed?: number
  /**
   * How the firmware runs: `vm`, the compiled program in DeviceScript's virtual machine, unless `native` is given:
   * its sources in Node, several times as fast.
   */
  engine?: "vm" | "native"
  /** Which errors of the circuit to leave out, such as `{ adcNoise: false }`, or all: "none". */
  errors?: AnalogErrorSwitches
  /** Hours of board time after which a test that has not ended is given up; 1000 unless given. */
  maxHours?: number
  /**
   * A folder in which the tests stay, for `coincell serve --data` and other commands; a board of the same seed must
   * not have been run in it. Without one nothing stays.
   */
  data?: string
  /** Ends the run early, with its reason as the error. */
  signal?: AbortSignal
}
