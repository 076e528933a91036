import type { SimulatedBoard } from "./board"
import type { Cell } from "./cells/cell"
import { Resistor } from "./cells/resistor"
import { Random } from "./random"

/** The bench's own errors, typical and maximum: the budget's "calibration standard". */
const METER_GAIN = [35e-6, 60e-6] as const
const METER_OFFSET_V = [5e-6, 20e-6] as const
const STANDARD_TOLERANCE = [50e-6, 100e-6] as const

/**
 * A bench multimeter and a 100 Ω 0.01 % standard, wired to a simulated board in place of a cell. They see
 * its terminals, as real ones would, and are as imperfect.
 */
export class SimulatedBench {
  readonly standard_ohm = 100
  private readonly removed = new Map<number, Cell | undefined>()
  private readonly gain: number
  private readonly offset_V: number
  private readonly standard: Resistor

  constructor(
    private readonly board: SimulatedBoard,
    seed: number,
  ) {
    const random = new Random(seed, "bench")
    this.gain = random.toleranced(...METER_GAIN)
    this.offset_V = random.toleranced(...METER_OFFSET_V)
    this.standard = new Resistor(100 * (1 + random.toleranced(...STANDARD_TOLERANCE)))
  }

  async connect(channel: number): Promise<void> {
    const frontEnd = this.board.channels[channel]
    this.removed.set(channel, this.board.cells[channel])
    frontEnd.attach(this.standard, this.board.clock.now_us)
  }

  async disconnect(channel: number): Promise<void> {
    const cell = this.removed.get(channel)
    this.board.channels[channel].attach(cell, this.board.clock.now_us)
  }

  async read_V(channel: number): Promise<number> {
    const actual_V = this.board.channels[channel].cell_V ?? 0
    return actual_V * (1 + this.gain) + this.offset_V
  }
}
